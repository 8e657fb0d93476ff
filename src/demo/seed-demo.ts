import { DateTime } from 'luxon';
import { emailHash } from '../domain/events/email-hash.js';
import { type MemberId, newIdentityId, newMemberId, newOrgId, type OrgId } from '../domain/ids.js';
import { newRequest } from '../domain/orgs/join-request.js';
import type { InTransaction, Repositories } from '../domain/repositories.js';
import { type DemoMember, demoEmail } from './demo-member.js';
import { demoMembers } from './demo-members.js';
import type { DemoOrg } from './demo-org.js';
import { DEMO_ORGS } from './demo-orgs.js';
import { DEMO_PERSONAS } from './demo-personas.js';

/** When the demo's orgs were set up. */
const SET_UP_AT = DateTime.fromISO('2025-04-01T09:00:00Z', { zone: 'utc' });

/**
 * Fills an empty database with the demo's orgs, members and servers, all or nothing. A database that holds an org
 * already is left as it is: demo data never mixes with a community's own.
 */
export async function seedDemo(inTransaction: InTransaction): Promise<'seeded' | 'not-empty'> {
  return inTransaction(async (repositories) => {
    if (!(await repositories.orgs.isEmpty())) return 'not-empty';
    const orgIds = new Map<string, OrgId>();
    for (const org of DEMO_ORGS) orgIds.set(org.key, await addOrg(repositories, org));
    for (const member of demoMembers()) await addMember(repositories, member, orgIds);
    return 'seeded';
  });
}

async function addOrg({ orgs }: Repositories, org: DemoOrg): Promise<OrgId> {
  const id = newOrgId();
  const { key, name, type, description, website, city, languages, isGlobal, isListed, joinPolicy } = org;
  const facts = { name, type, description, website, city, languages, isGlobal, isListed, joinPolicy };
  await orgs.add({ id, slug: key, ...facts, isHidden: false, listedAfterReview: undefined, createdAt: SET_UP_AT });
  await orgs.addSpace({ platform: 'playground', externalId: key }, id, SET_UP_AT);
  return id;
}

async function addMember(repositories: Repositories, demo: DemoMember, orgIds: Map<string, OrgId>): Promise<void> {
  const id = newMemberId();
  const { name, headline, careerStage, skills, lookingFor, city, zone, locale } = demo;
  const { isLocationDiscoverable, isAttendanceShared, isProfileShared } = demo;
  const joinedAt = DateTime.fromISO(demo.joinedAt, { zone: 'utc' });
  await repositories.members.add({
    id,
    profile: { name, headline, careerStage, skills, lookingFor },
    privacy: { isLocationDiscoverable, isAttendanceShared, isProfileShared },
    city,
    zone,
    locale,
    consentedAt: joinedAt,
    stoppedAt: undefined,
  });
  await repositories.members.addIdentity({
    id: newIdentityId(),
    memberId: id,
    account: { platform: 'playground', teamId: '', accountId: demo.key },
    directChannelId: demo.key,
    reach: 'open',
  });
  await addMemberships(repositories, id, demo, orgIds);
  if (isKnownByEmail(demo)) await vouch(repositories, id, demo);
}

/** Most are known by the address that they register with, so that guest lists tell of them; the others are walk-ins. */
function isKnownByEmail({ key, joinedAt }: DemoMember): boolean {
  const isActedAs = DEMO_PERSONAS.some((persona) => persona.key === key);
  return !isActedAs && (key.length + Number(joinedAt.slice(8, 10))) % 4 !== 0;
}

async function vouch({ guestProofs }: Repositories, memberId: MemberId, demo: DemoMember): Promise<void> {
  const hash = emailHash(await guestProofs.emailKey(), demoEmail(demo.key));
  const learntAt = DateTime.fromISO(demo.joinedAt, { zone: 'utc' });
  await guestProofs.saveEmail({ memberId, emailHash: hash, by: 'slack' }, learntAt);
}

async function addMemberships(
  { orgs, requests }: Repositories,
  memberId: MemberId,
  { memberships }: DemoMember,
  orgIds: Map<string, OrgId>,
): Promise<void> {
  for (const { org, role, status, joinedAt } of memberships) {
    const orgId = orgIds.get(org);
    if (!orgId) throw new Error(`The demo has no org "${org}".`);
    const since = DateTime.fromISO(joinedAt, { zone: 'utc' });
    const leftAt = status === 'left' ? since.plus({ days: 90 }) : undefined;
    await orgs.saveMembership({ orgId, memberId, role, status, joinedAt: since, leftAt });
    if (status === 'pending') await requests.add(newRequest(orgId, memberId, since));
  }
}
