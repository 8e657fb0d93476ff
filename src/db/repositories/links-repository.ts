import type { Selectable } from 'kysely';
import { type EventId, IdentityId, LinkId, MemberId } from '../../domain/ids.js';
import type { LinkCode, MemberLink } from '../../domain/members/link.js';
import type { LinksRepository, Merger } from '../../domain/members/links-repository.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import { recountActiveMembers } from '../active-members.js';
import type { Connection } from '../database.js';
import type { Cells } from '../personal-data/fold-rows.js';
import { readJournal } from '../personal-data/link-journal.js';
import { linkMembers, unlinkMembers } from '../personal-data/link-members.js';
import type { Row } from '../personal-data/rows-of-person.js';
import type { LinkCodesTable, MemberLinksTable, Schema } from '../schema.js';
import { attendanceColumns, feedbackColumns } from './attendance-repository.js';
import { memberColumns } from './members-repository.js';
import { membershipColumns } from './orgs-repository.js';
import { heardColumns } from './responses-repository.js';

/** Codes and links in the database. */
export function linksRepository(db: Connection): LinksRepository {
  return {
    async saveCode({ memberId, identityId, hash, expiresAt, typedBy }) {
      const changing = {
        identity_id: identityId,
        code_hash: hash,
        expires_at: toInstantText(expiresAt),
        typed_by: typedBy ?? null,
      };
      await db
        .insertInto('link_codes')
        .values({ member_id: memberId, ...changing })
        .onConflict((conflict) => conflict.column('member_id').doUpdateSet(changing))
        .execute();
    },

    async findCode(hash) {
      const row = await db.selectFrom('link_codes').selectAll().where('code_hash', '=', hash).executeTakeFirst();
      return row && toCode(row);
    },

    async findCodeOf(memberId) {
      const row = await db.selectFrom('link_codes').selectAll().where('member_id', '=', memberId).executeTakeFirst();
      return row && toCode(row);
    },

    async noteTyped(hash, typedBy) {
      await db.updateTable('link_codes').set({ typed_by: typedBy }).where('code_hash', '=', hash).execute();
    },

    async dropCode(memberId) {
      await db.deleteFrom('link_codes').where('member_id', '=', memberId).execute();
    },

    async dropExpired(before) {
      await db.deleteFrom('link_codes').where('expires_at', '<', toInstantText(before)).execute();
    },

    merge: (merger) => merge(db, merger),

    async find(id) {
      const row = await db.selectFrom('member_links').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toLink(row);
    },

    async findLatest(memberId) {
      const row = await db
        .selectFrom('member_links')
        .selectAll()
        .where('member_id', '=', memberId)
        .orderBy('linked_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toLink(row);
    },

    async split({ id, memberId, absorbedId }) {
      const { journal } = await db
        .selectFrom('member_links')
        .select('journal')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      await db.deleteFrom('member_links').where('id', '=', id).execute();
      await unlinkMembers(db, { keptId: memberId, absorbedId }, readJournal(journal));
      await recountOrgsOf(db, [memberId, absorbedId]);
    },
  };
}

async function merge(db: Connection, merger: Merger): Promise<void> {
  const { link } = merger;
  const linked = { keptId: link.memberId, absorbedId: link.absorbedId };
  const journal = await linkMembers(db, linked, (table, row, absorbedRow) =>
    mergedCells(merger, table.name, row, absorbedRow),
  );
  await db
    .insertInto('member_links')
    .values({
      id: link.id,
      member_id: link.memberId,
      absorbed_id: link.absorbedId,
      asked_identity_id: link.asked.identityId ?? null,
      asked_name: link.asked.name,
      confirmed_identity_id: link.confirmed.identityId ?? null,
      confirmed_name: link.confirmed.name,
      linked_at: toInstantText(link.linkedAt),
      journal: JSON.stringify(journal),
    })
    .execute();
  await recountOrgsOf(db, [link.memberId]);
}

/** What the kept one's row takes over, where there can be only one of the two. */
function mergedCells(
  { member, memberships, heard, attendance, feedback }: Merger,
  table: keyof Schema,
  row: Row,
  absorbedRow: Row,
): Cells {
  const isOfEvent = ({ eventId }: { eventId: EventId }) => eventId === row.event_id;
  switch (table) {
    case 'members':
      return memberColumns(member);
    case 'memberships': {
      const membership = memberships.find(({ orgId }) => orgId === row.org_id);
      // What either muted stays muted.
      return membership ? { ...membershipColumns(membership), muted_at: row.muted_at ?? absorbedRow.muted_at } : {};
    }
    case 'responses': {
      const told = heard.find(({ response }) => isOfEvent(response));
      return told ? heardColumns(told) : {};
    }
    case 'attendance': {
      const known = attendance.find(isOfEvent);
      return known ? attendanceColumns(known) : {};
    }
    case 'feedback': {
      const said = feedback.find(isOfEvent);
      return said ? feedbackColumns(said) : {};
    }
    default:
      return {};
  }
}

async function recountOrgsOf(db: Connection, memberIds: readonly MemberId[]): Promise<void> {
  const rows = await db.selectFrom('memberships').select('org_id').where('member_id', 'in', memberIds).execute();
  await recountActiveMembers(db, [...new Set(rows.map(({ org_id }) => org_id))]);
}

function toCode(row: Selectable<LinkCodesTable>): LinkCode {
  return {
    hash: row.code_hash,
    memberId: MemberId.parse(row.member_id),
    identityId: IdentityId.parse(row.identity_id),
    expiresAt: fromInstantText(row.expires_at),
    typedBy: row.typed_by === null ? undefined : IdentityId.parse(row.typed_by),
  };
}

function toLink(row: Selectable<MemberLinksTable>): MemberLink {
  const identityId = (stored: string | null) => (stored === null ? undefined : IdentityId.parse(stored));
  return {
    id: LinkId.parse(row.id),
    memberId: MemberId.parse(row.member_id),
    absorbedId: MemberId.parse(row.absorbed_id),
    asked: { identityId: identityId(row.asked_identity_id), name: row.asked_name },
    confirmed: { identityId: identityId(row.confirmed_identity_id), name: row.confirmed_name },
    linkedAt: fromInstantText(row.linked_at),
  };
}
