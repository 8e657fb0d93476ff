import type { Selectable } from 'kysely';
import { MemberId, OrgId, RequestId } from '../../domain/ids.js';
import type { JoinRequest, RequestState } from '../../domain/orgs/join-request.js';
import type { RequestsRepository } from '../../domain/orgs/requests-repository.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { JoinRequestsTable } from '../schema.js';
import { pageAt } from './page-at.js';

/** Requests to join in the database. */
export function requestsRepository(db: Connection): RequestsRepository {
  return {
    async add(request) {
      await db
        .insertInto('join_requests')
        .values({
          id: request.id,
          org_id: request.orgId,
          member_id: request.memberId,
          asked_at: toInstantText(request.askedAt),
          state: request.state,
          decided_at: request.decidedAt ? toInstantText(request.decidedAt) : null,
          decided_by: request.decidedBy ?? null,
        })
        .execute();
    },

    async find(id) {
      const row = await db.selectFrom('join_requests').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRequest(row);
    },

    async findPending(orgId, memberId) {
      const row = await db
        .selectFrom('join_requests')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('member_id', '=', memberId)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      return row && toRequest(row);
    },

    async listLatest(orgId, memberId, most) {
      const rows = await db
        .selectFrom('join_requests')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('member_id', '=', memberId)
        .orderBy('asked_at', 'desc')
        .limit(most)
        .execute();
      return rows.map(toRequest);
    },

    async listPending(orgId, { page, pageSize }) {
      // Who is in with another account, linked since they asked, waits no more.
      const pending = db
        .selectFrom('join_requests')
        .innerJoin('memberships', (on) =>
          on
            .onRef('memberships.org_id', '=', 'join_requests.org_id')
            .onRef('memberships.member_id', '=', 'join_requests.member_id')
            .on('memberships.status', '=', 'pending'),
        )
        .where('join_requests.org_id', '=', orgId)
        .where('join_requests.state', '=', 'pending');
      const { total } = await pending
        .select((select) => select.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const at = pageAt({ page, pageSize, total });
      const rows = await pending
        .selectAll('join_requests')
        .orderBy('join_requests.asked_at')
        .orderBy('join_requests.id')
        .limit(pageSize)
        .offset(at.page * pageSize)
        .execute();
      return { ...at, items: rows.map(toRequest) };
    },

    async close(id, { state, at, by }) {
      const { numUpdatedRows } = await db
        .updateTable('join_requests')
        .set({ state, decided_at: toInstantText(at), decided_by: by ?? null })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function toRequest(row: Selectable<JoinRequestsTable>): JoinRequest {
  return {
    id: RequestId.parse(row.id),
    orgId: OrgId.parse(row.org_id),
    memberId: MemberId.parse(row.member_id),
    askedAt: fromInstantText(row.asked_at),
    // The CHECK constraint refuses anything else.
    state: row.state as RequestState,
    decidedAt: row.decided_at ? fromInstantText(row.decided_at) : undefined,
    decidedBy: row.decided_by === null ? undefined : MemberId.parse(row.decided_by),
  };
}
