import type { DateTime } from 'luxon';
import type { Bot } from '../bot/bot.js';
import type { DeliveryOutcome } from '../domain/notifications/delivery.js';
import type { InTransaction } from '../domain/repositories.js';
import { createAlarm } from '../shared/alarm.js';
import { createBackground } from '../shared/background.js';
import type { Clock } from '../shared/clock.js';
import type { Logger } from '../shared/logger.js';
import { createTurns } from '../shared/turns.js';
import { createClaiming, RENEW_EVERY_MS } from './claiming.js';
import { createDelivering } from './delivering.js';
import { createGate } from './gate.js';
import { createLanes, type Lane, sortOfLane, takePlace } from './lanes.js';
import { createNoting } from './noting.js';
import { type Addressed, createSending, type SendingPlatform } from './sending.js';

/** Time between two looks when nothing wakes it, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

/** How soon after a delivery has gone out it looks at everything again, in milliseconds. */
const LOOK_AGAIN_MS = 250;

/** How long stopping waits for what is being sent, in milliseconds. */
const STOP_WITHIN_MS = 10_000;

export type Dispatcher = ReturnType<typeof createDispatcher>;

/**
 * Sends what the outbox holds. What is due is put into lanes, one for all that a platform counts together; of each lane
 * it claims as much as can begin soon, makes the words, sends them and notes the outcome. Whatever stops it in between,
 * the claim runs out and the next try is made with the same nonce.
 */
export function createDispatcher(parts: {
  inTransaction: InTransaction;
  bot: Pick<Bot, 'wordDelivery' | 'urgencyOf' | 'wordPost' | 'wordEvent' | 'settle'>;
  platforms: readonly SendingPlatform[];
  clock: Clock;
  logger: Logger;
  random?: () => number;
  /** Tests shorten it. */
  renewEveryMs?: number;
  /** Told what came of each try. */
  onOutcome?: (state: DeliveryOutcome['state']) => void;
}) {
  const { inTransaction, bot, platforms, clock, logger, random = Math.random, renewEveryMs = RENEW_EVERY_MS } = parts;
  const gate = createGate({ inTransaction, bot, clock });
  const sending = createSending({ bot, gate, platforms, clock, random });
  const lanes = createLanes({ platforms, clock });
  const claiming = createClaiming({ inTransaction, addressOf: sending.address, lanes, clock, renewEveryMs });
  const isStopping = () => stopping.signal.aborted;
  const turns = createTurns();
  const running = createBackground(logger);
  const stopping = new AbortController();
  const filling = new Map<Lane, { isAskedAgain: boolean }>();
  const counts = { steps: 0, sent: 0 };
  const renewing = setInterval(() => running.run('renew', claiming.renew), renewEveryMs).unref();
  let looking: NodeJS.Timeout | undefined;
  let isWaiting = false;

  /** Claims of a lane, a few ahead of its queue, for as long as anything in it may be sent. */
  const fill = async (lane: Lane): Promise<void> => {
    while (!isStopping() && !lanes.isHeld(lane)) {
      const { claimed, moved } = await claiming.claimFrom(lane.key, lane.ahead);
      for (const one of claimed) running.run('delivery', () => enqueue(one, lane));
      if (moved > 0) noteStep();
      if (claimed.length + moved === 0) return;
      await lane.queue.onSizeLessThan(lane.ahead);
    }
  };

  const enqueue = async (one: Addressed, lane: Lane): Promise<void> => {
    const outcome = await takePlace(lane, (onAnswered) => deliver(one, lane, onAnswered)).finally(() =>
      claiming.finish(one.delivery),
    );
    if (outcome.state === 'sent') counts.sent += 1;
    parts.onOutcome?.(outcome.state);
    keepFilled(lane);
    noteStep();
  };

  /** Something has changed for which a delivery in another lane may have waited. */
  const noteStep = (): void => {
    counts.steps += 1;
    lookIn(LOOK_AGAIN_MS);
  };

  const keepFilled = (lane: Lane): void => {
    const current = filling.get(lane);
    if (current) current.isAskedAgain = true;
    else running.run('dispatch', () => filled(lane));
  };

  const filled = async (lane: Lane): Promise<void> => {
    const state = { isAskedAgain: true };
    filling.set(lane, state);
    try {
      while (state.isAskedAgain) {
        state.isAskedAgain = false;
        await fill(lane);
      }
    } finally {
      filling.delete(lane);
    }
  };

  const look = async (): Promise<void> => {
    for (let isMore = true; isMore && !isStopping(); ) {
      isMore = await claiming.sortSome();
      for (const key of await claiming.listLanes()) keepFilled(lanes.open(key));
    }
    const now = clock.now();
    const next = await inTransaction(({ deliveries }) => deliveries.nextTryAfter(now), { isReadOnly: true });
    if (next) lookIn(next.diff(now).toMillis());
  };

  const wake = (): void => {
    if (isWaiting || isStopping()) return;
    isWaiting = true;
    running.run('dispatch', () =>
      turns.take(async () => {
        isWaiting = false;
        await look();
      }),
    );
  };

  const alarm = createAlarm(wake);

  /** Looks in so many milliseconds, if it looks by itself at all, and not soon enough anyway. */
  const lookIn = (afterMs: number): void => {
    if (looking && afterMs < LOOK_EVERY_MS) alarm.setFor(afterMs);
  };

  const deliver = createDelivering({
    send: sending.send,
    note: createNoting({ inTransaction, bot, logger }),
    lanes,
    isStopping,
    onHeld: (until) => lookIn(until.diff(clock.now()).toMillis()),
    clock,
    logger,
    random,
  });

  return {
    /** Starts looking every few seconds, and once right away. */
    start(): void {
      looking = setInterval(wake, LOOK_EVERY_MS).unref();
      wake();
    },

    /** Looks as soon as it can; for right after something was planned. */
    wake,

    /** Sends everything due now that is not held back, at the pace of each platform; says how many went out. */
    async run(): Promise<number> {
      const before = counts.sent;
      for (let steps = -1; steps !== counts.steps && !isStopping(); ) {
        steps = counts.steps;
        await turns.take(look);
        await running.settled();
      }
      return counts.sent - before;
    },

    /** When the first delivery falls due after a moment, claimed ones counted by the end of their claim. */
    nextDueAfter: (now: DateTime): Promise<DateTime | undefined> =>
      inTransaction(({ deliveries }) => deliveries.nextTryAfter(now), { isReadOnly: true }),

    /** What is held back because a platform asked for it, and until when. */
    held: () =>
      lanes
        .all()
        .filter(lanes.isHeld)
        .map(({ key, heldUntil }) => ({ ...sortOfLane(key), until: heldUntil })),

    /** Claims nothing more, and lets what is being sent finish; the rest stays in the outbox. */
    async stop(): Promise<void> {
      stopping.abort();
      clearInterval(looking);
      alarm.clear();
      await running.drain(STOP_WITHIN_MS);
      clearInterval(renewing);
    },
  };
}
