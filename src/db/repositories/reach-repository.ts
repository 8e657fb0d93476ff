import { sql } from 'kysely';
import type { ReachRepository } from '../../domain/notifications/reach-repository.js';
import { toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';

/** Whether messages get through, in the database. */
export function reachRepository(db: Connection): ReachRepository {
  return {
    async noteTold(memberId, now, since) {
      const { numUpdatedRows } = await db
        .updateTable('notification_choices')
        .set({ reach_told_at: toInstantText(now) })
        .where('member_id', '=', memberId)
        .where((where) =>
          where.or([where('reach_told_at', 'is', null), where('reach_told_at', '<=', toInstantText(since))]),
        )
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async countMissed(memberId) {
      const { missed } = await db
        .selectFrom('deliveries')
        .select((select) => select.fn.countAll<number>().as('missed'))
        .where('member_id', '=', memberId)
        .where('state', '=', 'undeliverable')
        .where('due_at', '>', (from) =>
          from
            .selectFrom('deliveries as through')
            .select((select) => select.fn.coalesce(select.fn.max('through.due_at'), sql<string>`''`).as('last'))
            .where('through.member_id', '=', memberId)
            .where('through.state', '=', 'sent'),
        )
        .executeTakeFirstOrThrow();
      return Number(missed);
    },

    async countOfOrg(orgId) {
      const isReachable = sql`exists (select 1 from identities
        where identities.member_id = memberships.member_id and identities.reach <> 'closed')`;
      const counted = await db
        .selectFrom('memberships')
        .innerJoin('members', 'members.id', 'memberships.member_id')
        .where('memberships.org_id', '=', orgId)
        .where('memberships.status', '=', 'active')
        .select((select) => select.fn.countAll<number>().as('members'))
        .select([
          sql<number>`count(case when ${isReachable} then 1 end)`.as('reachable'),
          sql<number>`count(case when members.stopped_at is not null and ${isReachable} then 1 end)`.as('stopped'),
        ])
        .executeTakeFirstOrThrow();
      return {
        members: Number(counted.members),
        reachable: Number(counted.reachable),
        stopped: Number(counted.stopped),
      };
    },
  };
}
