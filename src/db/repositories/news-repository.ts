import { type RawBuilder, sql } from 'kysely';
import { EventId, MemberId, OrgId } from '../../domain/ids.js';
import { zoneOfMember } from '../../domain/members/location.js';
import type { DueDigest, NewsItem } from '../../domain/notifications/digest.js';
import type { NewsRepository } from '../../domain/notifications/news-repository.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import { toMember } from './members-repository.js';

/** Before every member's id. */
const NONE = '';

const untold = sql`not exists (select 1 from told_events as told
  where told.member_id = own.member_id and told.event_id = events.id)`;

const toldBy = (occasion: string) => sql`exists (select 1 from told_events as told
  where told.member_id = own.member_id and told.event_id = events.id and told.occasion = ${occasion})`;

/**
 * The one rule of what is news, from a row of `notification_choices` called `chosen`; see the port. Led by the few orgs
 * of the member to their events ahead.
 */
function newsOf(now: string, isWanted: RawBuilder<unknown> = untold): RawBuilder<unknown> {
  return sql`memberships as own
    inner join orgs on orgs.id = own.org_id
    inner join events on events.org_id = own.org_id
    where own.member_id = chosen.member_id and own.status = 'active' and own.muted_at is null and orgs.is_hidden = 0
      and events.starts_at > ${now} and events.state = 'on' and events.visibility in ('public', 'members-only')
      and (chosen.types is null
        or ',' || chosen.types || ',' like '%,' || coalesce(events.chosen_type, events.type) || ',%')
      and ${isWanted}
      and not exists (select 1 from responses as said
        where said.event_id = events.id and said.member_id = own.member_id)`;
}

const firstDigest = prepared((db, after: string) =>
  db
    .selectFrom('notification_choices')
    .select('next_digest_at')
    .where('next_digest_at', 'is not', null)
    .where('next_digest_at', '>', after)
    .orderBy('next_digest_at')
    .limit(1),
);

const dueDigests = prepared((db, now: string, most: number) =>
  db
    .selectFrom('notification_choices as chosen')
    .innerJoin('members', 'members.id', 'chosen.member_id')
    .selectAll('members')
    .select(['chosen.frequency', 'chosen.next_digest_at'])
    .select(sql<number>`exists (select 1 from ${newsOf(now)})`.as('has_news'))
    .where('chosen.next_digest_at', 'is not', null)
    .where('chosen.next_digest_at', '<=', now)
    .orderBy('chosen.next_digest_at')
    .orderBy('chosen.member_id')
    .limit(most),
);

const hearingAll = prepared((db, orgId: string, after: string, most: number) =>
  db
    .selectFrom('memberships as own')
    .innerJoin('notification_choices as chosen', 'chosen.member_id', 'own.member_id')
    .innerJoin('members', 'members.id', 'own.member_id')
    .select('own.member_id')
    .where('own.org_id', '=', orgId)
    .where('own.member_id', '>', after)
    .where('own.status', '=', 'active')
    .where('own.muted_at', 'is', null)
    .where('chosen.frequency', '=', 'all')
    .where('members.stopped_at', 'is', null)
    .orderBy('own.member_id')
    .limit(most),
);

/** News in the database. */
export function newsRepository(db: Connection): NewsRepository {
  return {
    async nextDigestAt() {
      const [row] = await firstDigest(db, NONE);
      return row?.next_digest_at ? fromInstantText(row.next_digest_at) : undefined;
    },

    async listDueDigests(now, most) {
      const rows = await dueDigests(db, toInstantText(now), most);
      return rows.map((row): DueDigest => {
        const member = toMember(row);
        return {
          memberId: member.id,
          // The table's own check holds it to the known ones; the query, the moment to one that is there.
          frequency: row.frequency as DueDigest['frequency'],
          dueAt: fromInstantText(row.next_digest_at ?? toInstantText(now)),
          zone: zoneOfMember(member),
          isStopped: member.stoppedAt !== undefined,
          hasNews: row.has_news === 1,
        };
      });
    },

    async setNextDigestAt(memberIds, at) {
      if (memberIds.length === 0) return;
      await db
        .updateTable('notification_choices')
        .set({ next_digest_at: at ? toInstantText(at) : null })
        .where('member_id', 'in', memberIds)
        .execute();
    },

    list: (memberId, now) => listNews(db, memberId, newsOf(toInstantText(now))),

    async hasTold(memberId, occasion) {
      const row = await db
        .selectFrom('told_events')
        .select('event_id')
        .where('occasion', '=', occasion)
        .where('member_id', '=', memberId)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    listTold: (memberId, occasion, now) => listNews(db, memberId, newsOf(toInstantText(now), toldBy(occasion))),

    async count(memberId, after) {
      const { rows } = await sql<{ events: number }>`
        select count(*) as events
        from notification_choices as chosen, ${newsOf(toInstantText(after))}
          and chosen.member_id = ${memberId}
      `.execute(db);
      return Number(rows[0]?.events ?? 0);
    },

    async markTold(memberId, occasion, now) {
      await sql`
        insert into told_events (member_id, event_id, occasion)
        select chosen.member_id, events.id, ${occasion}
        from notification_choices as chosen, ${newsOf(toInstantText(now))}
          and chosen.member_id = ${memberId}
        on conflict (member_id, event_id) do nothing
      `.execute(db);
    },

    async forgetTold(occasion) {
      await db.deleteFrom('told_events').where('occasion', '=', occasion).execute();
    },

    async countFollowed(memberId) {
      const { orgs } = await db
        .selectFrom('memberships as own')
        .innerJoin('orgs', 'orgs.id', 'own.org_id')
        .select((select) => select.fn.countAll<number>().as('orgs'))
        .where('own.member_id', '=', memberId)
        .where('own.status', '=', 'active')
        .where('own.muted_at', 'is', null)
        .where('orgs.is_hidden', '=', 0)
        .executeTakeFirstOrThrow();
      return Number(orgs);
    },

    async listHearingAll(orgId, { after, most }) {
      const rows = await hearingAll(db, orgId, after ?? NONE, most);
      return rows.map(({ member_id }) => MemberId.parse(member_id));
    },

    async dropToldBefore(before, mostEvents) {
      const rows = await db
        .selectFrom('events')
        .select('id')
        .where('starts_at', '<', toInstantText(before))
        .where((where) =>
          where.exists(where.selectFrom('told_events').select('event_id').whereRef('event_id', '=', 'events.id')),
        )
        .limit(mostEvents)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await db.deleteFrom('told_events').where('event_id', 'in', ids).execute();
      return ids.length;
    },
  };
}

async function listNews(db: Connection, memberId: MemberId, news: RawBuilder<unknown>): Promise<NewsItem[]> {
  const { rows } = await sql<{ id: string; org_id: string }>`
    select events.id, events.org_id
    from notification_choices as chosen, ${news}
      and chosen.member_id = ${memberId}
    order by events.starts_at, events.id
  `.execute(db);
  return rows.map(({ id, org_id }) => ({ id: EventId.parse(id), orgId: OrgId.parse(org_id) }));
}
