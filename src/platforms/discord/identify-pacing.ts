import { setTimeout as wait } from 'node:timers/promises';
import type { IIdentifyThrottler } from 'discord.js';
import { z } from 'zod';
import type { Facts } from '../../shared/facts.js';

/** What may be used at once after a quiet time, and how fast it comes back: well below 1,000 a day. */
const MOST_AT_ONCE = 20;
const REFILL_MS = 100_000;
/** Discord takes one identify in 5 s for each of its `max_concurrency` lanes; this bot has one shard. */
const GAP_MS = 5_200;

const FACT = 'discord.identifies';
const Budget = z.object({ left: z.number(), atMs: z.number() });
type Budget = z.infer<typeof Budget>;

/**
 * Paces identifies, over restarts too: with the 1,001st in a day Discord ends all sessions and resets the bot's token,
 * and a process that a supervisor restarts every few seconds would get there in an hour.
 *
 * @see https://docs.discord.com/developers/events/gateway#session-start-limit-object
 */
export function createIdentifyPacing({ facts, gapMs = GAP_MS }: { facts: Facts; gapMs?: number }): IIdentifyThrottler {
  let turn: Promise<void> = Promise.resolve();
  let lastAtMs = 0;

  const waitForTurn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const budget = refilled(await readBudget(facts), Date.now());
    const shortageMs = budget.left >= 1 ? 0 : (1 - budget.left) * REFILL_MS;
    const gapLeftMs = Math.max(0, lastAtMs + gapMs - Date.now());
    const waitMs = Math.max(shortageMs, gapLeftMs);
    if (waitMs > 0) await wait(waitMs, undefined, { signal });
    const now = refilled(budget, Date.now());
    lastAtMs = now.atMs;
    const spent: Budget = { ...now, left: Math.max(0, now.left - 1) };
    // A database that falters must not keep the bot out.
    await facts.save(FACT, JSON.stringify(spent)).catch(() => undefined);
  };

  return {
    waitForIdentify(_shardId, signal) {
      const mine = turn.then(() => waitForTurn(signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function refilled({ left, atMs }: Budget, nowMs: number): Budget {
  // A clock that was set back must not lock the bot out.
  const passedMs = Math.max(0, nowMs - atMs);
  return { left: Math.min(MOST_AT_ONCE, left + passedMs / REFILL_MS), atMs: nowMs };
}

async function readBudget(facts: Facts): Promise<Budget> {
  const full = { left: MOST_AT_ONCE, atMs: Date.now() };
  try {
    const text = await facts.find(FACT);
    return text === undefined ? full : Budget.parse(JSON.parse(text));
  } catch {
    return full;
  }
}
