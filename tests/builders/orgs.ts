import { DateTime } from 'luxon';
import { newInviteId, newMemberId, newOrgId } from '../../src/domain/ids.js';
import { type Invite, newInviteCode } from '../../src/domain/orgs/invite.js';
import type { Membership, Org } from '../../src/domain/orgs/org.js';
import type { City } from '../../src/domain/places/city.js';

/** A valid city. */
export function aCity(overrides: Partial<City> = {}): City {
  return {
    name: 'Lisbon',
    region: 'Lisbon',
    country: 'PT',
    latitude: 38.72,
    longitude: -9.14,
    zone: 'Europe/Lisbon',
    ...overrides,
  };
}

/** A valid, listed, open org. */
export function anOrg(overrides: Partial<Org> = {}): Org {
  const id = overrides.id ?? newOrgId();
  return {
    id,
    slug: `org-${id}`,
    name: 'Lisbon Reading Group',
    type: 'reading_group',
    description: 'We read a paper a week. Everyone is welcome.',
    website: undefined,
    city: aCity(),
    languages: ['en'],
    isGlobal: false,
    isListed: true,
    listedAfterReview: undefined,
    isHidden: false,
    joinPolicy: 'open',
    createdAt: DateTime.fromISO('2026-01-01T00:00:00Z', { zone: 'utc' }),
    ...overrides,
  };
}

/** A valid active membership. */
export function aMembership(overrides: Partial<Membership> = {}): Membership {
  return {
    orgId: newOrgId(),
    memberId: newMemberId(),
    role: 'member',
    status: 'active',
    joinedAt: DateTime.fromISO('2026-01-15T12:00:00Z', { zone: 'utc' }),
    leftAt: undefined,
    ...overrides,
  };
}

/** A valid invite without an end. */
export function anInvite(overrides: Partial<Invite> = {}): Invite {
  return {
    id: newInviteId(),
    orgId: newOrgId(),
    code: newInviteCode(),
    mostUses: undefined,
    uses: 0,
    expiresAt: undefined,
    revokedAt: undefined,
    createdAt: DateTime.fromISO('2026-02-01T00:00:00Z', { zone: 'utc' }),
    createdBy: undefined,
    ...overrides,
  };
}
