import type { Selectable } from 'kysely';
import { InviteId, MemberId, OrgId } from '../../domain/ids.js';
import type { Invite } from '../../domain/orgs/invite.js';
import type { InvitesRepository } from '../../domain/orgs/invites-repository.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { InvitesTable } from '../schema.js';
import { pageAt } from './page-at.js';

/** Invites in the database. */
export function invitesRepository(db: Connection): InvitesRepository {
  return {
    async add(invite) {
      await db.insertInto('invites').values(toRow(invite)).execute();
    },

    async find(id) {
      const row = await db.selectFrom('invites').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toInvite(row);
    },

    async findByCode(code) {
      const row = await db.selectFrom('invites').selectAll().where('code', '=', code).executeTakeFirst();
      return row && toInvite(row);
    },

    async list(orgId, { page, pageSize }) {
      const all = db.selectFrom('invites').where('org_id', '=', orgId);
      const { total } = await all
        .select((select) => select.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const at = pageAt({ page, pageSize, total });
      const rows = await all
        .selectAll()
        .orderBy((order) => order.case().when('revoked_at', 'is', null).then(0).else(1).end())
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(pageSize)
        .offset(at.page * pageSize)
        .execute();
      return { ...at, items: rows.map(toInvite) };
    },

    async listOfAdmin(memberId, most) {
      const rows = await db
        .selectFrom('invites')
        .innerJoin('memberships', 'memberships.org_id', 'invites.org_id')
        .innerJoin('orgs', 'orgs.id', 'invites.org_id')
        .selectAll('invites')
        .where('memberships.member_id', '=', memberId)
        .where('memberships.status', '=', 'active')
        .where('memberships.role', '=', 'admin')
        .where('orgs.is_hidden', '=', 0)
        .where('invites.revoked_at', 'is', null)
        .orderBy('invites.created_at', 'desc')
        .limit(most)
        .execute();
      return rows.map(toInvite);
    },

    async addUse(id) {
      await db
        .updateTable('invites')
        .set((set) => ({ uses: set('uses', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },

    async revoke(id, at) {
      const { numUpdatedRows } = await db
        .updateTable('invites')
        .set({ revoked_at: toInstantText(at) })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function toRow(invite: Invite): Selectable<InvitesTable> {
  return {
    id: invite.id,
    org_id: invite.orgId,
    code: invite.code,
    most_uses: invite.mostUses ?? null,
    uses: invite.uses,
    expires_at: invite.expiresAt ? toInstantText(invite.expiresAt) : null,
    revoked_at: invite.revokedAt ? toInstantText(invite.revokedAt) : null,
    created_at: toInstantText(invite.createdAt),
    created_by: invite.createdBy ?? null,
  };
}

function toInvite(row: Selectable<InvitesTable>): Invite {
  return {
    id: InviteId.parse(row.id),
    orgId: OrgId.parse(row.org_id),
    code: row.code,
    mostUses: row.most_uses ?? undefined,
    uses: row.uses,
    expiresAt: row.expires_at ? fromInstantText(row.expires_at) : undefined,
    revokedAt: row.revoked_at ? fromInstantText(row.revoked_at) : undefined,
    createdAt: fromInstantText(row.created_at),
    createdBy: row.created_by === null ? undefined : MemberId.parse(row.created_by),
  };
}
