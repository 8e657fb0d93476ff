import type { DateTime } from 'luxon';
import type { Bot } from '../bot/bot.js';
import { DomainError } from '../domain/errors.js';
import type { ClaimedDelivery, DeliveryOutcome } from '../domain/notifications/delivery.js';
import type { InTransaction } from '../domain/repositories.js';
import type { Held } from '../platforms/platform.js';
import { createAlarm } from '../shared/alarm.js';
import { createBackground } from '../shared/background.js';
import type { Clock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { createTurns } from '../shared/turns.js';
import { createClaiming } from './claiming.js';
import { later } from './delivery-outcome.js';
import { createGate } from './gate.js';
import { createLanes, type Lane, sortOfLane } from './lanes.js';
import { createNoting } from './noting.js';
import { type Addressed, conversationOf, createSending, type SendingPlatform } from './sending.js';
import { createSpacing } from './spacing.js';

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
  /** Told what came of each try. */
  onOutcome?: (state: DeliveryOutcome['state']) => void;
}) {
  const { inTransaction, bot, platforms, clock, logger, random = Math.random } = parts;
  const gate = createGate({ inTransaction, bot, clock });
  const sending = createSending({ bot, gate, platforms, clock, random });
  const lanes = createLanes({ platforms, clock });
  const claiming = createClaiming({ inTransaction, addressOf: sending.address, lanes, clock });
  const note = createNoting({ inTransaction, bot, logger });
  const turns = createTurns();
  const running = createBackground(logger);
  const stopping = new AbortController();
  const filling = new Map<Lane, { isAskedAgain: boolean }>();
  const takeTurn = createSpacing();
  const counts = { steps: 0, sent: 0 };
  let looking: NodeJS.Timeout | undefined;
  let isWaiting = false;

  const deliver = async (addressed: Addressed, lane: Lane): Promise<void> => {
    const { delivery } = addressed;
    const { outcome, holds } = await tryToSend(addressed, lane);
    await note(addressed, outcome);
    if (outcome.state === 'pending' && holds) hold(lane, holds, outcome.nextTryAt);
    if (outcome.state === 'sent') counts.sent += 1;
    const facts = { delivery: delivery.id, kind: delivery.kind, state: outcome.state, attempts: delivery.claim };
    if (outcome.state !== 'pending' && outcome.state !== 'undeliverable' && outcome.state !== 'rejected') {
      logger.info(facts, 'delivery');
    } else logger.warn({ ...facts, why: outcome.error }, 'delivery');
    parts.onOutcome?.(outcome.state);
  };

  const tryToSend = async (addressed: Addressed, lane: Lane) => {
    // Between the claim and its turn the lane may have been stopped, or the process.
    if (stopping.signal.aborted || lanes.isHeld(lane)) return { outcome: handedBack(addressed, lane) };
    await takeTurn(conversationOf(addressed.address), lanes.conversationMs(lane.key));
    return sending.send(addressed).catch((error: unknown) => ({ outcome: failed(addressed.delivery, error) }));
  };

  /** Surely not sent, and free for whoever looks next. */
  const handedBack = ({ delivery }: Addressed, { heldUntil }: Lane): DeliveryOutcome => ({
    state: 'pending',
    nextTryAt: delivery.dueAt,
    account: 'same',
    mayBeThere: false,
    isFailure: false,
    error: heldUntil ? 'retry-after' : 'stopped',
  });

  const failed = (delivery: ClaimedDelivery, error: unknown): DeliveryOutcome => {
    // What the message is about has gone: an org was hidden, a member left.
    if (error instanceof DomainError) return { state: 'cancelled', error: error.problem.code };
    logger.error({ delivery: delivery.id, kind: delivery.kind, error: errorFacts(error) }, 'a delivery failed');
    return later(delivery, { now: clock.now(), random: random() }, { error: 'failed', mayBeThere: true });
  };

  const hold = (lane: Lane, holds: Held, until: DateTime): void => {
    const longer = lanes.hold(lane.key, holds, until).map(({ key }) => sortOfLane(key));
    alarm.setFor(until.diff(clock.now()).toMillis());
    if (longer.length > 0) logger.warn({ lanes: longer, until: until.toISO() }, 'deliveries are held back');
  };

  /** Claims of a lane, a few ahead of its queue, for as long as anything in it may be sent. */
  const fill = async (lane: Lane): Promise<void> => {
    while (!stopping.signal.aborted && !lanes.isHeld(lane)) {
      const { claimed, moved } = await claiming.claimFrom(lane.key, lane.most);
      for (const one of claimed) running.run('delivery', () => enqueue(one, lane));
      if (moved > 0) noteStep();
      if (claimed.length + moved === 0) return;
      await lane.queue.onSizeLessThan(lane.most);
    }
  };

  const enqueue = async (one: Addressed, lane: Lane): Promise<void> => {
    await lane.queue.add(() => deliver(one, lane));
    keepFilled(lane);
    noteStep();
  };

  /** Something has changed for which a delivery in another lane may have waited. */
  const noteStep = (): void => {
    counts.steps += 1;
    alarm.setFor(LOOK_AGAIN_MS);
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
    for (let isMore = true; isMore && !stopping.signal.aborted; ) {
      isMore = await claiming.sortSome();
      for (const key of await claiming.listLanes()) keepFilled(lanes.open(key));
    }
    const now = clock.now();
    const next = await inTransaction(({ deliveries }) => deliveries.nextTryAfter(now), { isReadOnly: true });
    const inMs = next?.diff(now).toMillis() ?? LOOK_EVERY_MS;
    if (inMs < LOOK_EVERY_MS) alarm.setFor(inMs);
  };

  const wake = (): void => {
    if (isWaiting || stopping.signal.aborted) return;
    isWaiting = true;
    running.run('dispatch', () =>
      turns.take(async () => {
        isWaiting = false;
        await look();
      }),
    );
  };

  const alarm = createAlarm(wake);

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
      for (let steps = -1; steps !== counts.steps && !stopping.signal.aborted; ) {
        steps = counts.steps;
        await turns.take(look);
        await running.settled();
      }
      return counts.sent - before;
    },

    /** When the next delivery falls due, claimed ones counted by the end of their claim. */
    nextDueAt: (): Promise<DateTime | undefined> =>
      inTransaction(({ deliveries }) => deliveries.nextTryAt(), { isReadOnly: true }),

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
    },
  };
}
