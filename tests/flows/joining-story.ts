import type { Database } from '../../src/db/database.js';
import type { MemberId } from '../../src/domain/ids.js';
import type { Membership, MembershipRole, Org } from '../../src/domain/orgs/org.js';
import { anOrg } from '../builders/orgs.js';

/** An org of the test's own that approves its members. */
export async function addApprovalOrg(database: Database): Promise<Org> {
  const org = anOrg({ slug: 'studio', name: 'The Studio', joinPolicy: 'approval' });
  await database.inTransaction(({ orgs }) => orgs.add(org));
  return org;
}

/** Makes a member an admin of the org. */
export function makeAdmin(database: Database, org: Org, memberId: MemberId): Promise<void> {
  return joinsAs('admin', { database, org, memberId });
}

/** Puts a member into the org. */
export async function joinsAs(
  role: MembershipRole,
  { database, org, memberId }: { database: Database; org: Org; memberId: MemberId },
): Promise<void> {
  const membership: Membership = {
    orgId: org.id,
    memberId,
    role,
    status: 'active',
    joinedAt: org.createdAt,
    leftAt: undefined,
  };
  await database.inTransaction(({ orgs }) => orgs.saveMembership(membership));
}

/** An invite code as it stands in a message. */
export function codeIn(text: string): string {
  const [code] = /[2-9B-Z]{5}-[2-9B-Z]{5}/.exec(text) ?? [];
  if (code === undefined) throw new Error(`No invite code in: ${text}`);
  return code;
}
