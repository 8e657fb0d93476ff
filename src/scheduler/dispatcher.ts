import type { DateTime } from 'luxon';
import type { Bot } from '../bot/bot.js';
import { DomainError } from '../domain/errors.js';
import type { MemberId } from '../domain/ids.js';
import type { Identity, Member } from '../domain/members/member.js';
import { type ClaimedDelivery, type DeliveryOutcome, nonceOf, pickIdentity } from '../domain/notifications/delivery.js';
import type { InTransaction } from '../domain/repositories.js';
import type { Platform } from '../platforms/platform.js';
import { createBackground } from '../shared/background.js';
import type { Clock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { createTurns } from '../shared/turns.js';
import { later, outcomeOf } from './delivery-outcome.js';

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

/** A claimed delivery with whom it goes to, and all accounts that are on a running platform. */
interface Addressed {
  delivery: ClaimedDelivery;
  member: Member;
  identity: Identity | undefined;
  reachable: Identity[];
}

/**
 * Sends what the outbox holds. It claims what is due, makes the words, sends to one of the member's accounts and notes
 * the outcome; whatever stops it in between, the claim runs out and the next run tries again with the same nonce.
 */
export function createDispatcher(parts: {
  inTransaction: InTransaction;
  bot: Pick<Bot, 'wordDelivery'>;
  platforms: readonly Pick<Platform, 'name' | 'sendDirect'>[];
  clock: Clock;
  logger: Logger;
  random?: () => number;
  /** Told what came of each try. */
  onOutcome?: (state: DeliveryOutcome['state']) => void;
}) {
  const { inTransaction, bot, platforms, clock, logger, random = Math.random } = parts;
  const turns = createTurns();
  const running = createBackground(logger);
  let timer: NodeJS.Timeout | undefined;
  let isWaiting = false;
  let isStopped = false;

  const findPlatform = (identity: Identity) => platforms.find(({ name }) => name === identity.account.platform);

  const claim = async (dueBy: DateTime): Promise<Addressed[]> => {
    const now = clock.now();
    const nextTryAt = await inTransaction(({ deliveries }) => deliveries.nextTryAt(), { isReadOnly: true });
    if (!nextTryAt || nextTryAt > dueBy) return [];
    return inTransaction(async ({ deliveries, members }) => {
      const addressed: Addressed[] = [];
      const until = now.plus({ seconds: CLAIM_SECONDS });
      for (const delivery of await deliveries.claimDue({ now: dueBy, until, most: AT_ONCE })) {
        const member = await members.get(delivery.memberId);
        const reachable = (await members.listIdentities(member.id)).filter(findPlatform);
        const identity = pickIdentity(delivery, reachable);
        if (identity && identity.id !== delivery.identityId) await deliveries.noteIdentity(delivery.id, identity.id);
        addressed.push({ delivery, member, identity, reachable });
      }
      return addressed;
    });
  };

  const send = async ({ delivery, member, identity, reachable }: Addressed): Promise<DeliveryOutcome> => {
    const platform = identity && findPlatform(identity);
    const around = { now: clock.now(), random: random() };
    if (!identity || !platform) return later(delivery, around, { error: 'no-platform', mayBeThere: false, leastMs: 0 });
    const worded = await bot.wordDelivery({ member, identity }, delivery);
    if (worded.kind === 'no-longer') return { state: 'cancelled', error: undefined };
    if (worded.kind === 'unknown') return { state: 'rejected', error: 'no-words' };
    const triedMsAgo = delivery.unsureSince && clock.now().diff(delivery.unsureSince).toMillis();
    const delivered = await platform.sendDirect(identity, worded.view, nonceOf(delivery.id), triedMsAgo);
    const hasOtherAccount = reachable.some(({ id, reach }) => id !== identity.id && reach !== 'closed');
    return outcomeOf(delivered, delivery, { now: clock.now(), hasOtherAccount, random: around.random });
  };

  const deliver = async (addressed: Addressed): Promise<DeliveryOutcome['state']> => {
    const { delivery, identity } = addressed;
    const outcome = await send(addressed).catch((error: unknown) => failed(delivery, error));
    await inTransaction(async ({ deliveries, members }) => {
      const isOurs = await deliveries.noteOutcome(delivery, outcome);
      const learnt = identity && isOurs ? reachAfter(outcome, identity) : undefined;
      if (identity && learnt) await members.updateReach(identity.id, learnt);
    });
    const facts = { delivery: delivery.id, kind: delivery.kind, state: outcome.state, attempts: delivery.attempts };
    if (outcome.state === 'sent' || outcome.state === 'cancelled') logger.info(facts, 'delivery');
    else logger.warn({ ...facts, why: outcome.error }, 'delivery');
    parts.onOutcome?.(outcome.state);
    return outcome.state;
  };

  const failed = (delivery: ClaimedDelivery, error: unknown): DeliveryOutcome => {
    // What the message is about has gone: an org was hidden, a member left.
    if (error instanceof DomainError) return { state: 'cancelled', error: error.problem.code };
    logger.error({ delivery: delivery.id, kind: delivery.kind, error: errorFacts(error) }, 'a delivery failed');
    return later(delivery, { now: clock.now(), random: random() }, { error: 'failed', mayBeThere: true, leastMs: 0 });
  };

  const runDue = async (dueBy?: DateTime): Promise<number> => {
    let sent = 0;
    while (!isStopped) {
      const claimed = await claim(dueBy ?? clock.now());
      if (claimed.length === 0) break;
      const states = await Promise.all(byMember(claimed).map((ofOne) => inOrder(ofOne, deliver)));
      sent += states.flat().filter((state) => state === 'sent').length;
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

    /** Sends everything due now, or at an earlier moment, and says how many messages went out. */
    run: (dueBy?: DateTime): Promise<number> => turns.take(() => runDue(dueBy)),

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

/** One member's messages go out one after another, so that they arrive in the order in which they were due. */
function byMember(claimed: readonly Addressed[]): Addressed[][] {
  const lists = new Map<MemberId, Addressed[]>();
  for (const one of claimed) lists.set(one.member.id, [...(lists.get(one.member.id) ?? []), one]);
  return [...lists.values()];
}

async function inOrder<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function reachAfter(outcome: DeliveryOutcome, { directChannelId }: Identity) {
  if (outcome.state === 'sent') return { reach: 'open', directChannelId: outcome.channelId } as const;
  return outcome.error === 'unreachable' ? ({ reach: 'closed', directChannelId } as const) : undefined;
}
