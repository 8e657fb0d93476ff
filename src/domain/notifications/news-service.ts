import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import { type Clock, fromInstantText } from '../../shared/clock.js';
import { phaseOf } from '../events/event-phase.js';
import type { ListedEvent } from '../events/listed-event.js';
import type { MemberId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { InTransaction, Repositories } from '../repositories.js';
import {
  type AboutDigest,
  MOST_NEW_AN_HOUR,
  NEW_EVENTS,
  type News,
  type NewsItem,
  type NewsOfOrg,
  pickShown,
  rhythmOf,
} from './digest.js';
import { nextDigestAt } from './digest-times.js';

/** For how long after an event began it is known who was told of it, in days: it may have been put off. */
const REMEMBERED_DAYS = 90;

/** Events that are forgotten in one transaction; each may have been told to thousands. */
const EVENTS_AT_ONCE = 1;

export type NewsService = ReturnType<typeof createNewsService>;

/**
 * What messages about new events tell. It is found out when one is sent: everything that is news to the member by then,
 * noted as told before it goes out, so that of several messages due the first tells all and the others find nothing.
 */
export function createNewsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const tell = (
    memberId: MemberId,
    occasion: string,
    isWanted: (repositories: Repositories, now: DateTime, isBegun: boolean) => Promise<boolean>,
  ): Promise<News | undefined> =>
    inTransaction(async (repositories) => {
      const now = clock.now();
      const { news } = repositories;
      // A try before this one may have got through: the same again is known for a copy, more than that would be lost.
      const isBegun = await news.hasTold(memberId, occasion);
      if (!(await isWanted(repositories, now, isBegun))) return undefined;
      const items = isBegun ? await news.listTold(memberId, occasion, now) : await news.list(memberId, now);
      if (items.length === 0) return undefined;
      if (!isBegun) await news.markTold(memberId, occasion, now);
      const shown = await listShown(repositories, pickShown(items), memberId, now);
      return newsOf(items, shown, await news.countFollowed(memberId));
    });

  return {
    /**
     * What a digest tells; nothing when there is nothing, when the member chose another rhythm since, and once the next
     * regular one is due, which carries all of it, unless a try may have got through.
     */
    forDigest(memberId: MemberId, { rhythm, slot }: AboutDigest, occasion: string) {
      return tell(memberId, occasion, async ({ members, choices }, now, isBegun) => {
        const { frequency } = await choices.get(memberId);
        if (rhythmOf(frequency) !== rhythm) return false;
        if (isBegun) return true;
        const next = nextDigestAt(frequency, zoneOfMember(await members.get(memberId)), fromInstantText(slot));
        return next !== undefined && next > now;
      });
    },

    /**
     * What a message about events just found tells; nothing when there is nothing, to whoever wants digests by now, and
     * beyond so many an hour: what is not told stays for the next daily digest.
     */
    forNewEvents(memberId: MemberId, occasion: string) {
      return tell(memberId, occasion, async ({ choices, deliveries }, now, isBegun) => {
        if ((await choices.get(memberId)).frequency !== 'all') return false;
        if (isBegun) return true;
        const sent = await deliveries.listSentTo(memberId, now.minus({ hours: 1 }));
        return sent.filter(({ kind }) => kind === NEW_EVENTS).length < MOST_NEW_AN_HOUR;
      });
    },

    /** Forgets who was told of events that are long over. */
    async prune(now: DateTime): Promise<void> {
      const before = now.minus({ days: REMEMBERED_DAYS });
      while ((await inTransaction(({ news }) => news.dropToldBefore(before, EVENTS_AT_ONCE))) > 0) await takeBreath();
    },

    /** Follows up how a message ended, in the transaction that notes it: what did not go out was told to nobody. */
    async settle({ news }: Repositories, occasion: string, state: string): Promise<void> {
      if (state !== 'sent') await news.forgetTold(occasion);
    },
  };
}

async function listShown(
  { eventListing }: Repositories,
  picked: readonly NewsItem[],
  memberId: MemberId,
  now: DateTime,
): Promise<ListedEvent[]> {
  const shown: ListedEvent[] = [];
  for (const { id } of picked) {
    const row = await eventListing.find(id, { memberId, managedOrgId: undefined });
    if (row) shown.push({ ...row, phase: phaseOf(row.event, now) });
  }
  return shown;
}

function newsOf(items: readonly NewsItem[], shown: readonly ListedEvent[], followed: number): News {
  const groups = new Map<string, NewsOfOrg>();
  for (const listed of shown) {
    const group = groups.get(listed.org.id) ?? { org: listed.org, events: [], more: 0 };
    group.events.push(listed);
    groups.set(listed.org.id, group);
  }
  let moreElsewhere = 0;
  for (const { orgId } of items) {
    const group = groups.get(orgId);
    if (group) group.more += 1;
    else moreElsewhere += 1;
  }
  for (const group of groups.values()) group.more -= group.events.length;
  return { groups: [...groups.values()], total: items.length, moreElsewhere, followed };
}
