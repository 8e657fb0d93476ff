import { type SqlBool, sql } from 'kysely';
import type { EndedEvent, PromptsRepository } from '../../domain/attendance/attendance-repository.js';
import { endOf, USUAL_HOURS } from '../../domain/events/event.js';
import { EventId, MemberId, OrgId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { preparedBy } from '../prepared.js';

const NOBODY = '' as MemberId;

/**
 * Of those who said they would come, who is still to be asked: not whoever is known to have come or not, was asked
 * twice or wants to be left alone, by one event, by the org or altogether.
 */
const toAsk = preparedBy((db, asked: { event: string; after: string; most: number }) =>
  db
    .selectFrom('responses')
    .innerJoin('events', 'events.id', 'responses.event_id')
    .innerJoin('members', 'members.id', 'responses.member_id')
    .leftJoin('attendance', (on) =>
      on
        .onRef('attendance.event_id', '=', 'responses.event_id')
        .onRef('attendance.member_id', '=', 'responses.member_id'),
    )
    .leftJoin('unasked_orgs', (on) =>
      on.onRef('unasked_orgs.org_id', '=', 'events.org_id').onRef('unasked_orgs.member_id', '=', 'responses.member_id'),
    )
    .select('responses.member_id')
    .where('responses.event_id', '=', asked.event)
    .where('responses.member_id', '>', asked.after)
    .where('responses.response', 'in', [sql.lit('going'), sql.lit('interested')])
    .where('members.stopped_at', 'is', null)
    .where('unasked_orgs.since', 'is', null)
    .where(
      sql<SqlBool>`(attendance.status is null
        or (attendance.status = 'unknown' and attendance.prompts < 2 and attendance.declined_at is null))`,
    )
    .orderBy('responses.member_id')
    .limit(asked.most),
);

/** Who is asked whether they came, in the database. */
export function promptsRepository(db: Connection): PromptsRepository {
  return {
    async listEnding({ after, until }) {
      const [from, to] = [toInstantText(after), toInstantText(until)];
      const [begunFrom, begunTo] = [after, until].map((at) => toInstantText(at.minus({ hours: USUAL_HOURS })));
      const rows = await db
        .selectFrom('events')
        .innerJoin('orgs', 'orgs.id', 'events.org_id')
        .leftJoin('prompt_rounds', 'prompt_rounds.event_id', 'events.id')
        .select([
          'events.id',
          'events.org_id',
          'events.starts_at',
          'events.ends_at',
          'orgs.prompt_after_hours',
          'prompt_rounds.asked_at',
        ])
        .where(
          sql<SqlBool>`(events.ends_at > ${from} and events.ends_at <= ${to}
            or events.ends_at is null and events.starts_at > ${begunFrom} and events.starts_at <= ${begunTo})`,
        )
        .where('events.state', '=', 'on')
        .where('orgs.is_hidden', '=', 0)
        .orderBy('events.id')
        .execute();
      return rows.map(
        (row): EndedEvent => ({
          event: {
            id: EventId.parse(row.id),
            orgId: OrgId.parse(row.org_id),
            startsAt: fromInstantText(row.starts_at),
            endsAt: row.ends_at === null ? undefined : fromInstantText(row.ends_at),
          },
          promptAfterHours: row.prompt_after_hours,
          askedAt: row.asked_at === null ? undefined : fromInstantText(row.asked_at),
        }),
      );
    },

    async nextEndAfter(moment) {
      const on = () => db.selectFrom('events').select(['starts_at', 'ends_at']).where('state', '=', 'on').limit(1);
      const told = await on().where('ends_at', '>', toInstantText(moment)).orderBy('ends_at').executeTakeFirst();
      const taken = await on()
        .where('ends_at', 'is', null)
        .where('starts_at', '>', toInstantText(moment.minus({ hours: USUAL_HOURS })))
        .orderBy('starts_at')
        .executeTakeFirst();
      const ends = [told, taken].flatMap((row) =>
        row
          ? [
              endOf({
                startsAt: fromInstantText(row.starts_at),
                endsAt: row.ends_at === null ? undefined : fromInstantText(row.ends_at),
              }),
            ]
          : [],
      );
      return ends.sort((one, other) => one.toMillis() - other.toMillis())[0];
    },

    async findRound(eventId) {
      const row = await db
        .selectFrom('prompt_rounds')
        .select('asked_at')
        .where('event_id', '=', eventId)
        .executeTakeFirst();
      return row && fromInstantText(row.asked_at);
    },

    async noteRound(eventId, askedAt) {
      const asked_at = toInstantText(askedAt);
      await db
        .insertInto('prompt_rounds')
        .values({ event_id: eventId, asked_at })
        .onConflict((conflict) => conflict.column('event_id').doUpdateSet({ asked_at }))
        .execute();
    },

    async listToAsk(eventId, { after, most }) {
      const rows = await toAsk(db, { event: eventId, after: after ?? NOBODY, most });
      return rows.map(({ member_id }) => MemberId.parse(member_id));
    },

    async isUnasked(memberId, orgId) {
      const row = await db
        .selectFrom('unasked_orgs')
        .select('since')
        .where('member_id', '=', memberId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async setUnasked(memberId, orgId, since) {
      if (!since) {
        await db.deleteFrom('unasked_orgs').where('member_id', '=', memberId).where('org_id', '=', orgId).execute();
        return;
      }
      await db
        .insertInto('unasked_orgs')
        .values({ member_id: memberId, org_id: orgId, since: toInstantText(since) })
        .onConflict((conflict) => conflict.columns(['member_id', 'org_id']).doNothing())
        .execute();
    },

    async listUnasked(memberId) {
      const rows = await db
        .selectFrom('unasked_orgs')
        .innerJoin('orgs', 'orgs.id', 'unasked_orgs.org_id')
        .select(['orgs.id', 'orgs.name', 'orgs.slug'])
        .where('unasked_orgs.member_id', '=', memberId)
        .where('orgs.is_hidden', '=', 0)
        .orderBy('orgs.name')
        .execute();
      return rows.map(({ id, name, slug }) => ({ id: OrgId.parse(id), name, slug }));
    },
  };
}
