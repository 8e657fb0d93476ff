import type { DateTime } from 'luxon';
import type { Bot } from '../bot/bot.js';
import { DomainError } from '../domain/errors.js';
import type { Identity } from '../domain/members/member.js';
import { type ClaimedDelivery, type DeliveryOutcome, settledBy } from '../domain/notifications/delivery.js';
import type { InTransaction, Repositories } from '../domain/repositories.js';
import { createBackground } from '../shared/background.js';
import type { Clock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { createTurns } from '../shared/turns.js';
import { later } from './delivery-outcome.js';
import { type Addressed, createSending, plannedTarget, type SendingPlatform } from './sending.js';

/** How many deliveries are under way at once. */
const AT_ONCE = 10;

/**
 * How long a claim lasts, in seconds: longer than a platform's slowest answer, and short enough that a copy sent after
 * a crash still falls into the few minutes in which Discord knows a nonce again.
 */
const CLAIM_SECONDS = 90;

/** Time between two looks when nothing wakes it, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

/** How long stopping waits for what is being sent, in milliseconds. */
const STOP_WITHIN_MS = 10_000;

export type Dispatcher = ReturnType<typeof createDispatcher>;

/**
 * Sends what the outbox holds. It claims what is due, makes the words, sends to one of the member's accounts and notes
 * the outcome; whatever stops it in between, the claim runs out and the next run tries again with the same nonce.
 */
export function createDispatcher(parts: {
  inTransaction: InTransaction;
  bot: Pick<Bot, 'wordDelivery' | 'wordPost' | 'wordEvent' | 'settle'>;
  platforms: readonly SendingPlatform[];
  clock: Clock;
  logger: Logger;
  random?: () => number;
}) {
  const { inTransaction, bot, platforms, clock, logger, random = Math.random } = parts;
  const sending = createSending({ bot, platforms, clock, random });
  const turns = createTurns();
  const running = createBackground(logger);
  let timer: NodeJS.Timeout | undefined;
  let isWaiting = false;
  let isStopped = false;

  const claim = async (): Promise<Addressed[]> => {
    const now = clock.now();
    const nextTryAt = await inTransaction(({ deliveries }) => deliveries.nextTryAt(), { isReadOnly: true });
    if (!nextTryAt || nextTryAt > now) return [];
    return inTransaction(async (repositories) => {
      const addressed: Addressed[] = [];
      const until = now.plus({ seconds: CLAIM_SECONDS });
      for (const delivery of await repositories.deliveries.claimDue({ now, until, most: AT_ONCE })) {
        const one = await sending.address(delivery, repositories);
        await noteIdentity(one, repositories);
        addressed.push(one);
      }
      return addressed;
    });
  };

  const deliver = async (addressed: Addressed): Promise<DeliveryOutcome['state']> => {
    const { delivery } = addressed;
    const outcome = await sending.send(addressed).catch((error: unknown) => failed(delivery, error));
    await noteOutcome(addressed, outcome);
    const facts = { delivery: delivery.id, kind: delivery.kind, state: outcome.state, attempts: delivery.attempts };
    if (outcome.state === 'sent' || outcome.state === 'cancelled') logger.info(facts, 'delivery');
    else logger.warn({ ...facts, why: outcome.error }, 'delivery');
    return outcome.state;
  };

  const noteOutcome = async ({ delivery, address }: Addressed, outcome: DeliveryOutcome): Promise<void> => {
    const settled = settledBy(outcome);
    const note = (settle: (repositories: Repositories) => Promise<void>) =>
      inTransaction(async (repositories) => {
        const isOurs = await repositories.deliveries.noteOutcome(delivery, outcome);
        if (!isOurs) return;
        if (address.to === 'member') await learnReach(repositories, outcome, address.identity);
        await settle(repositories);
      });
    try {
      await note(async (repositories) => {
        if (settled) await bot.settle(repositories, delivery, settled, plannedTarget(delivery.target));
      });
    } catch (error) {
      // A mistake in what follows from the outcome must not send the message once more.
      logger.error({ delivery: delivery.id, kind: delivery.kind, error: errorFacts(error) }, 'settling failed');
      await note(async () => undefined);
    }
  };

  const failed = (delivery: ClaimedDelivery, error: unknown): DeliveryOutcome => {
    // What the message is about has gone: an org was hidden, a member left.
    if (error instanceof DomainError) return { state: 'cancelled', error: error.problem.code };
    logger.error({ delivery: delivery.id, kind: delivery.kind, error: errorFacts(error) }, 'a delivery failed');
    return later(delivery, { now: clock.now(), random: random() }, { error: 'failed', mayBeThere: true });
  };

  const runDue = async (): Promise<number> => {
    let sent = 0;
    while (!isStopped) {
      const claimed = await claim();
      if (claimed.length === 0) break;
      const states = await Promise.all(claimed.map(deliver));
      sent += states.filter((state) => state === 'sent').length;
    }
    return sent;
  };

  const wake = (): void => {
    if (isWaiting || isStopped) return;
    isWaiting = true;
    const look = async () => {
      isWaiting = false;
      await runDue();
    };
    running.run('dispatch', () => turns.take(look));
  };

  return {
    /** Starts looking every few seconds, and once right away. */
    start(): void {
      timer = setInterval(wake, LOOK_EVERY_MS).unref();
      wake();
    },

    /** Looks as soon as it can; for right after something was planned. */
    wake,

    /** Sends everything due now, and says how many messages went out. */
    run: (): Promise<number> => turns.take(runDue),

    /** When the next delivery falls due, claimed ones counted by the end of their claim. */
    nextDueAt: (): Promise<DateTime | undefined> =>
      inTransaction(({ deliveries }) => deliveries.nextTryAt(), { isReadOnly: true }),

    /** Claims nothing more, and lets what is being sent finish; the rest stays in the outbox. */
    async stop(): Promise<void> {
      isStopped = true;
      clearInterval(timer);
      await running.drain(STOP_WITHIN_MS);
    },
  };
}

async function noteIdentity({ delivery, address }: Addressed, { deliveries }: Repositories): Promise<void> {
  if (address.to !== 'member' || delivery.target.to !== 'member') return;
  const { identity } = address;
  if (identity && identity.id !== delivery.target.identityId) await deliveries.noteIdentity(delivery.id, identity.id);
}

/** What sending told about the account: that its messages are open, or closed. */
async function learnReach({ members }: Repositories, outcome: DeliveryOutcome, identity: Identity | undefined) {
  if (!identity) return;
  if (outcome.state === 'sent') {
    await members.updateReach(identity.id, { reach: 'open', directChannelId: outcome.channelId });
  } else if (outcome.error === 'unreachable') {
    await members.updateReach(identity.id, { reach: 'closed', directChannelId: identity.directChannelId });
  }
}
