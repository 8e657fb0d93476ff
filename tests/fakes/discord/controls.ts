import { setTimeout as wait } from 'node:timers/promises';
import type { FakeDiscord } from './api.js';
import type { createFaults } from './faults.js';
import type { Interaction } from './interactions.js';
import type { DmRules } from './message-routes.js';
import type { Platform } from './platform.js';

/** What tests may do to interactions. */
export function interactionControls({ interactions }: Platform, listeners: Set<(interaction: Interaction) => void>) {
  return {
    send: interactions.send,
    onCallback(listener: (interaction: Interaction) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    replayLastInteraction: interactions.replayLast,
    deliverTwice: (on: boolean) => interactions.deliverTimes(on ? 2 : 1),
    expireTokens: interactions.expireAll,
  };
}

/** What tests may do to the gateway and the network. */
export function gatewayControls({ gateway }: Platform, network: { isDown: boolean }) {
  return {
    dropSockets: gateway.dropSockets,
    requestReconnect: gateway.requestReconnect,
    invalidateSession: gateway.invalidateSessions,
    closeAll: gateway.closeAll,
    answerHeartbeats: gateway.answerHeartbeats,
    refuseConnections(on: boolean) {
      network.isDown = on;
    },
  };
}

/** What tests may plan to go wrong. */
export function faultControls(
  faults: ReturnType<typeof createFaults>,
  dmRules: DmRules,
): Pick<
  FakeDiscord,
  'failNext' | 'rateLimitNext' | 'dropConnectionNext' | 'delayNext' | 'limitDmOpenings' | 'quarantine'
> {
  return {
    failNext: (times, { status = 500, route } = {}) => faults.plan(times, { kind: 'fail', status }, route),
    rateLimitNext: (times, { retryAfterMs = 50, scope = 'user', route } = {}) =>
      faults.plan(times, { kind: 'rate-limit', retryAfterMs, scope }, route),
    dropConnectionNext: (times, { isHandled = true, isReset = false, route } = {}) =>
      faults.plan(times, { kind: 'drop', isHandled, isReset }, route),
    delayNext: (delayMs, { times = 1, route } = {}) => faults.plan(times, { kind: 'delay', delayMs }, route),
    limitDmOpenings(count) {
      dmRules.openingsLeft = count;
    },
    quarantine(on) {
      dmRules.isQuarantined = on;
    },
  };
}

/** A patient look: every few milliseconds until the condition holds. */
export function createWaitFor(): FakeDiscord['waitFor'] {
  return async (condition, { timeoutMs = 5_000, what = 'what the test waits for' } = {}) => {
    const endsAt = Date.now() + timeoutMs;
    while (!condition()) {
      if (Date.now() > endsAt) throw new Error(`${what} did not happen in ${timeoutMs} ms`);
      await wait(5);
    }
  };
}
