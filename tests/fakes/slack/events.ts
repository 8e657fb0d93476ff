import type { Delivery } from './envelopes.js';
import type { Dict } from './json.js';
import { enterpriseEventPayload, eventPayload } from './payloads.js';
import { receivesEvent } from './scopes.js';
import type { Stage } from './stage.js';
import type { EnterpriseRecord, TeamRecord } from './world.js';

interface Pending {
  payload: Dict;
  attempt: number;
  timer: NodeJS.Timeout;
}

/** Events on their way; those nobody acknowledged are sent again, with the same event id, up to three times. */
export class EventQueue {
  readonly #stage: Stage;
  readonly #delaysMs: readonly number[];
  readonly #pending = new Set<Pending>();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#delaysMs = stage.settings.eventRetryDelaysMs;
  }

  /** Events waiting for another attempt. */
  get waiting(): number {
    return this.#pending.size;
  }

  send(payload: Dict, attempt = 0): Delivery {
    const retry = attempt > 0 ? { retryAttempt: attempt, retryReason: 'timeout' } : {};
    const delivery = this.#stage.carrier.send({ type: 'events_api', payload, ...retry });
    void delivery.outcome.then(({ kind }) => {
      if (kind !== 'acked') this.#later(payload, attempt);
    });
    return delivery;
  }

  #later(payload: Dict, attempt: number): void {
    const delay = this.#delaysMs[attempt];
    if (delay === undefined) return;
    const pending: Pending = { payload, attempt: attempt + 1, timer: setTimeout(() => this.#again(pending), delay) };
    pending.timer.unref();
    this.#pending.add(pending);
  }

  #again(pending: Pending): void {
    clearTimeout(pending.timer);
    this.#pending.delete(pending);
    this.send(pending.payload, pending.attempt);
  }

  /** Sends everything that waits at once instead of in a minute. */
  retryNow(): void {
    for (const pending of [...this.#pending]) this.#again(pending);
  }

  stop(): void {
    for (const { timer } of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}

/** Sends an event if the app may have it; `kind` tells messages in public, private and direct conversations apart. */
export function sendEvent(
  stage: Stage,
  events: EventQueue,
  team: TeamRecord,
  event: Dict,
  kind = String(event.type),
): Delivery | undefined {
  if (!receivesEvent(team, kind)) return undefined;
  return events.send(eventPayload(stage, team, event));
}

/** In which order the two events of a removal come; Slack promises none. */
export type RemovalOrder = 'revoked-first' | 'uninstalled-first';

/** Tells that the app was removed, from a workspace or a whole enterprise. */
export async function tellTakenBack(
  stage: Stage,
  events: EventQueue,
  from: { team: TeamRecord; botUserId: string } | { enterprise: EnterpriseRecord; botUserId: string },
  order: RemovalOrder = 'revoked-first',
): Promise<void> {
  const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: [from.botUserId] } };
  const both = [revoked, { type: 'app_uninstalled' }];
  for (const event of order === 'revoked-first' ? both : both.reverse()) {
    const stamped = { ...event, event_ts: stage.world.nextTs() };
    const payload =
      'team' in from
        ? eventPayload(stage, from.team, stamped)
        : enterpriseEventPayload(stage, from.enterprise, stamped);
    await events.send(payload).outcome;
  }
}
