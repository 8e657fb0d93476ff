import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { MailingId, MemberId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { PlannedDelivery } from './delivery.js';
import type { Audience, Mailing } from './mailing.js';

/** Members whose deliveries are made in one transaction. */
const MEMBERS_AT_ONCE = 500;

/** So many small mailings go into one transaction. */
const MAILINGS_TOGETHER = 25;

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
  /** The next members of one mailing, and whether they were the last. */
  const makePart = async (
    repositories: Repositories,
    id: MailingId,
    { most, now }: { most: number; now: DateTime },
  ): Promise<{ planned: number; isLast: boolean }> => {
    const { deliveries, mailings } = repositories;
    const mailing = await mailings.findOpen(id);
    if (!mailing) return { planned: 0, isLast: true };
    const memberIds =
      (await audiences[mailing.kind]?.(repositories, mailing, { after: mailing.reached, most, now })) ?? [];
    await deliveries.planAll(memberIds.map((memberId) => deliveryOf(mailing, memberId)));
    const last = memberIds.at(-1);
    const isLast = last === undefined || memberIds.length < most;
    if (isLast) await mailings.noteFinished(id, now);
    else await mailings.noteReached(id, last);
    return { planned: memberIds.length, isLast };
  };

  /** A portion: as much of these mailings as goes into one transaction; says how many of them are done with. */
  const makePortion = (ids: readonly MailingId[], now: DateTime): Promise<{ planned: number; finished: number }> =>
    inTransaction(async (repositories) => {
      let [planned, finished] = [0, 0];
      for (const id of ids.slice(0, MAILINGS_TOGETHER)) {
        const part = await makePart(repositories, id, { most: membersAtOnce - planned, now });
        planned += part.planned;
        if (!part.isLast) break;
        finished += 1;
        if (planned === membersAtOnce) break;
      }
      return { planned, finished };
    });

  const fanOutAll = async (
    ids: readonly MailingId[],
    now: DateTime,
    { signal, onPlanned }: { signal: AbortSignal | undefined; onPlanned: (planned: number) => void },
  ): Promise<void> => {
    for (let from = 0; from < ids.length; ) {
      signal?.throwIfAborted();
      const { planned, finished } = await makePortion(ids.slice(from), now);
      onPlanned(planned);
      from += finished;
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
      const onPlanned = (some: number) => {
        planned += some;
      };
      const settings = { signal, onPlanned };
      for (;;) {
        const due = await inTransaction(({ mailings }) => mailings.listDue(now, MAILINGS_AT_ONCE + failures.length), {
          isReadOnly: true,
        });
        const fresh = due.filter((id) => !seen.has(id));
        if (fresh.length === 0) break;
        for (const id of fresh) seen.add(id);
        try {
          await fanOutAll(fresh, now, settings);
        } catch (error) {
          signal?.throwIfAborted();
          if (fresh.length === 1) failures.push(error);
          // One that fails took others with it: each by itself, so that they have their turn.
          for (const id of fresh.length === 1 ? [] : fresh) {
            await fanOutAll([id], now, settings).catch((error: unknown) => failures.push(error));
            signal?.throwIfAborted();
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
