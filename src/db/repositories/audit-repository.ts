import type { Selectable } from 'kysely';
import { AUDIT_ACTIONS, type AuditEntry, type NewAuditEntry } from '../../domain/audit/audit.js';
import type { AuditRepository } from '../../domain/audit/audit-repository.js';
import { MemberId, OrgId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { AuditEntriesTable } from '../schema.js';
import { pageAt } from './page-at.js';

/** The audit log in the database. */
export function auditRepository(db: Connection): AuditRepository {
  return {
    async add(entry) {
      await db.insertInto('audit_entries').values(toRow(entry)).execute();
    },

    async list(orgId, { page, pageSize }) {
      const ofOrg = db.selectFrom('audit_entries').where('org_id', '=', orgId);
      const { total } = await ofOrg
        .select((select) => select.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const at = pageAt({ page, pageSize, total });
      const rows = await ofOrg
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(pageSize)
        .offset(at.page * pageSize)
        .execute();
      return { ...at, items: rows.map(toEntry) };
    },
  };
}

function toRow({ orgId, actor, action, subject, before, after, at }: NewAuditEntry) {
  return {
    org_id: orgId,
    actor_kind: actor.kind,
    actor_id: actor.kind === 'member' ? actor.memberId : null,
    action,
    subject_kind: subject?.kind ?? null,
    subject_member_id: subject?.kind === 'member' ? subject.memberId : null,
    subject_text: subject?.kind === 'text' ? subject.text : null,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
    at: toInstantText(at),
  };
}

function toEntry(row: Selectable<AuditEntriesTable>): AuditEntry {
  return {
    id: row.id,
    orgId: OrgId.parse(row.org_id),
    actor: toActor(row),
    action: AUDIT_ACTIONS.find((action) => action === row.action),
    subject: toSubject(row),
    before: row.before === null ? undefined : JSON.parse(row.before),
    after: row.after === null ? undefined : JSON.parse(row.after),
    at: fromInstantText(row.at),
  };
}

function toActor({ actor_kind, actor_id }: Selectable<AuditEntriesTable>): AuditEntry['actor'] {
  if (actor_kind === 'operator' || actor_kind === 'manager') return { kind: actor_kind };
  return { kind: 'member', memberId: memberOf(actor_id) };
}

function toSubject(row: Selectable<AuditEntriesTable>): AuditEntry['subject'] {
  if (row.subject_kind === 'member') return { kind: 'member', memberId: memberOf(row.subject_member_id) };
  return row.subject_text === null ? undefined : { kind: 'text', text: row.subject_text };
}

function memberOf(id: string | null): MemberId | undefined {
  return id === null ? undefined : MemberId.parse(id);
}
