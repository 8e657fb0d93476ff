import type { MemberId } from '../ids.js';
import { seenBy } from '../members/privacy-filter.js';
import type { Org, Page } from '../orgs/org.js';
import { type OrgAsked, orgForAdmin } from '../orgs/org-for-admin.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction } from '../repositories.js';
import type { AuditEntry } from './audit.js';

/** A member in the log as a reader meets them: by name; no name once they were erased. */
export interface NamedMember {
  kind: 'member';
  name: string | undefined;
}

/** One change with the names of those in it, as they are called now. */
export interface AuditLine extends Omit<AuditEntry, 'actor' | 'subject'> {
  actor: NamedMember | { kind: 'manager' } | { kind: 'operator' };
  subject: NamedMember | { kind: 'text'; text: string } | undefined;
}

export type AuditService = ReturnType<typeof createAuditService>;

/** Reading who changed what. */
export function createAuditService({ inTransaction }: { inTransaction: InTransaction }) {
  return {
    /**
     * One page of an org's log for its admins, newest first.
     *
     * @throws DomainError as `orgForAdmin` does.
     */
    async list(
      asked: OrgAsked,
      rights: Rights,
      at: { page: number; pageSize: number },
    ): Promise<{ org: Org; page: Page<AuditLine> }> {
      return inTransaction(
        async ({ orgs, audit, members }) => {
          const org = await orgForAdmin(orgs, asked, rights);
          const page = await audit.list(org.id, at);
          const people = await members.list([...new Set(page.items.flatMap(membersIn))]);
          const names = new Map(people.map((member) => [member.id, seenBy('org-admin', member).name]));
          return { org, page: { ...page, items: page.items.map((entry) => named(entry, names)) } };
        },
        { isReadOnly: true },
      );
    },
  };
}

function membersIn({ actor, subject }: AuditEntry): MemberId[] {
  return [actor, subject].flatMap((one) => (one?.kind === 'member' && one.memberId ? [one.memberId] : []));
}

function named(entry: AuditEntry, names: ReadonlyMap<MemberId, string>): AuditLine {
  const nameOf = (id: MemberId | undefined): NamedMember => ({ kind: 'member', name: id && names.get(id) });
  const { actor, subject, ...rest } = entry;
  return {
    ...rest,
    actor: actor.kind === 'member' ? nameOf(actor.memberId) : actor,
    subject: subject?.kind === 'member' ? nameOf(subject.memberId) : subject,
  };
}
