import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { MailingId, MemberId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import type { PlannedDelivery } from './delivery.js';
import type { Audience, Mailing } from './mailing.js';

/** Members whose deliveries are made in one transaction. */
const MEMBERS_AT_ONCE = 500;

/** How many mailings are looked up at once. */
const MAILINGS_AT_ONCE = 100;

/** For how long a mailing is kept once it reached everybody, in days: for as long its occasion is planned once. */
const KEPT_DAYS = 90;

export type MailingService = ReturnType<typeof createMailingService>;

/**
 * Makes deliveries of mailings that are due, in portions, so that neither a fact nor anybody's tap waits for thousands
 * of rows. It may be cut off anywhere, and run by several processes: what was reached is noted with each portion.
 *
 * @param audiences who each kind goes to. A mailing of another kind, left by another version, goes to nobody.
 */
export function createMailingService({
  inTransaction,
  audiences,
  membersAtOnce = MEMBERS_AT_ONCE,
}: {
  inTransaction: InTransaction;
  audiences: Readonly<Record<string, Audience>>;
  membersAtOnce?: number;
}) {
  /** The next portion; nothing when it has reached everybody. */
  const makePortion = (id: MailingId, now: DateTime): Promise<number | undefined> =>
    inTransaction(async (repositories) => {
      const { deliveries, mailings } = repositories;
      const mailing = await mailings.findOpen(id);
      if (!mailing) return undefined;
      const portion = { after: mailing.reached, most: membersAtOnce, now };
      const memberIds = (await audiences[mailing.kind]?.(repositories, mailing, portion)) ?? [];
      await deliveries.planAll(memberIds.map((memberId) => deliveryOf(mailing, memberId)));
      const last = memberIds.at(-1);
      if (last === undefined || memberIds.length < membersAtOnce) await mailings.noteFinished(id, now);
      else await mailings.noteReached(id, last);
      return memberIds.length;
    });

  const fanOutOne = async (id: MailingId, now: DateTime, signal: AbortSignal | undefined): Promise<number> => {
    let planned = 0;
    for (;;) {
      signal?.throwIfAborted();
      const some = await makePortion(id, now);
      if (some === undefined) return planned;
      planned += some;
      await takeBreath();
    }
  };

  return {
    /** When the next mailing is due; overdue ones included. */
    nextDueAt: (): Promise<DateTime | undefined> =>
      inTransaction(({ mailings }) => mailings.nextDueAt(), { isReadOnly: true }),

    /**
     * Makes the deliveries of everything due; says how many.
     *
     * @throws the signal's reason when it is aborted in between, or else whatever went wrong with one of the mailings,
     * after the others had their turn.
     */
    async fanOut(now: DateTime, signal?: AbortSignal): Promise<number> {
      const seen = new Set<MailingId>();
      const failures: unknown[] = [];
      let planned = 0;
      for (;;) {
        const due = await inTransaction(({ mailings }) => mailings.listDue(now, MAILINGS_AT_ONCE + failures.length), {
          isReadOnly: true,
        });
        const fresh = due.filter((id) => !seen.has(id));
        if (fresh.length === 0) break;
        for (const id of fresh) {
          seen.add(id);
          try {
            planned += await fanOutOne(id, now, signal);
          } catch (error) {
            signal?.throwIfAborted();
            failures.push(error);
          }
        }
      }
      if (failures.length > 0) throw failures[0];
      return planned;
    },

    /** Drops mailings that reached everybody long ago; says how many. */
    prune: (now: DateTime): Promise<number> =>
      inTransaction(({ mailings }) => mailings.dropFinished(now.minus({ days: KEPT_DAYS }))),
  };
}

function deliveryOf({ occasion, kind, payload, dueAt }: Mailing, memberId: MemberId): PlannedDelivery {
  return { dedupeKey: `${occasion}:${memberId}`, memberId, kind, payload, dueAt };
}
