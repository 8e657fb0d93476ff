import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../tests/builders/members.js';
import { aMembership } from '../../../tests/builders/orgs.js';
import { anyMember, anyMembership, anyProfile } from '../../../tests/builders/random-members.js';
import type { Membership } from '../orgs/org.js';
import { fullerOf, keptAndAbsorbed, mergeMembers, mergeMemberships, mergeProfiles } from './merge-members.js';
import { PROFILE_LIMITS, tidyProfile } from './profile.js';

const day = (text: string) => DateTime.fromISO(`${text}T00:00:00Z`, { zone: 'utc' });
const inOneOrg = (one: Partial<Membership>, other: Partial<Membership>): [Membership, Membership] => {
  const kept = aMembership(one);
  return [kept, aMembership({ orgId: kept.orgId, ...other })];
};

describe('two members made one', () => {
  it('have the stricter of each privacy choice, and stay stopped, whoever is preferred', () => {
    fc.assert(
      fc.property(anyMember(), anyMember(), fc.boolean(), (one, other, isFirst) => {
        const { kept, absorbed } = keptAndAbsorbed(one, other);
        const merged = mergeMembers(kept, absorbed, isFirst ? one : other);
        for (const choice of ['isLocationDiscoverable', 'isAttendanceShared', 'isProfileShared'] as const) {
          expect(merged.privacy[choice]).toBe(one.privacy[choice] && other.privacy[choice]);
        }
        expect(merged.stoppedAt !== undefined).toBe(one.stoppedAt !== undefined || other.stoppedAt !== undefined);
        expect(merged.consentedAt.toMillis()).toBe(Math.min(one.consentedAt.toMillis(), other.consentedAt.toMillis()));
        expect([one.id, other.id]).toContain(merged.id);
      }),
    );
  });

  it('are the same one whichever side linked, and it is who agreed first', () => {
    fc.assert(
      fc.property(anyMember(), anyMember(), (one, other) => {
        const { kept, absorbed } = keptAndAbsorbed(one, other);
        expect(keptAndAbsorbed(other, one)).toEqual({ kept, absorbed });
        expect(kept.consentedAt.toMillis()).toBeLessThanOrEqual(absorbed.consentedAt.toMillis());
      }),
    );
  });
});

describe('two profiles made one', () => {
  it('lose nothing unsaid: what does not stand in it is said to be left out', () => {
    fc.assert(
      fc.property(anyProfile(), anyProfile(), (preferred, other) => {
        const { profile, leftOut } = mergeProfiles(preferred, other);
        const kept = `${JSON.stringify(profile)} ${JSON.stringify(leftOut.map(({ text }) => text))}`;
        for (const told of [preferred, other]) {
          for (const text of [told.name, told.headline, told.careerStage ?? '', ...told.skills]) {
            expect(kept).toContain(JSON.stringify(text).slice(1, -1));
          }
          expect(`${profile.lookingFor}\n${leftOut.map(({ text }) => text).join('\n')}`).toContain(told.lookingFor);
        }
        expect(tidyProfile(profile)).toEqual(profile);
        expect(mergeProfiles(preferred, preferred)).toEqual({ profile: preferred, leftOut: [] });
      }),
    );
  });

  it('put both texts of what they look for together as long as there is room', () => {
    const [one, other] = [
      { ...aMember().profile, lookingFor: 'Peers' },
      { ...aMember().profile, lookingFor: 'A job' },
    ];
    expect(mergeProfiles(one, other)).toMatchObject({ profile: { lookingFor: 'Peers\n\nA job' }, leftOut: [] });
    const long = { ...one, lookingFor: 'x'.repeat(PROFILE_LIMITS.lookingFor - 3) };
    expect(mergeProfiles(long, other).leftOut).toEqual([{ field: 'lookingFor', text: 'A job' }]);
  });

  it('are led by the one that says more, else by who agreed first', () => {
    const old = aMember({ consentedAt: day('2026-01-01') });
    const young = aMember({ consentedAt: day('2026-02-01') });
    expect(fullerOf(young, old)).toBe(old);
    const told = { ...young, profile: { ...young.profile, headline: 'Biologist' } };
    expect(fullerOf(old, told)).toBe(told);
    expect(fullerOf(told, old)).toBe(told);
  });

  it('fill what one of them left open', () => {
    const bare = aMember().profile;
    const told = { ...bare, headline: 'Biologist', careerStage: 'senior' as const, skills: ['python'] };
    expect(mergeProfiles(bare, told)).toEqual({ profile: told, leftOut: [] });
  });
});

describe('two memberships made one', () => {
  it('keep an active one active, an admin an admin, and the first time they came in', () => {
    fc.assert(
      fc.property(anyMembership(), anyMembership(), (one, other) => {
        const merged = mergeMemberships(one, { ...other, orgId: one.orgId });
        const both = [one, other];
        if (both.some(({ status }) => status === 'active')) expect(merged.status).toBe('active');
        const wasAdmin = both.some(({ status, role }) => status === 'active' && role === 'admin');
        if (merged.status === 'active') expect(merged.role === 'admin').toBe(wasAdmin);
        const times = both.map(({ joinedAt }) => joinedAt.toMillis());
        expect(times).toContain(merged.joinedAt.toMillis());
        expect(merged.memberId).toBe(one.memberId);
        expect(mergeMemberships(one, one)).toMatchObject({ status: one.status, role: one.role });
      }),
    );
  });

  it('come to the same in whatever order three are put together', () => {
    fc.assert(
      fc.property(anyMembership(), anyMembership(), anyMembership(), (one, two, three) => {
        const standing = ({ status, role }: Membership) => ({ status, role });
        const left = mergeMemberships(mergeMemberships(one, two), three);
        const right = mergeMemberships(one, mergeMemberships(two, three));
        expect(standing(left)).toEqual(standing(right));
        expect(standing(mergeMemberships(one, two))).toEqual(standing(mergeMemberships(two, one)));
      }),
    );
  });

  it('let nobody whom an admin removed back in by a second account that only asks, or left', () => {
    for (const status of ['pending', 'left'] as const) {
      expect(mergeMemberships(...inOneOrg({ status }, { status: 'removed' })).status).toBe('removed');
    }
    expect(mergeMemberships(...inOneOrg({ status: 'active' }, { status: 'removed' })).status).toBe('active');
  });

  it('take since when they are in from when they were, not from when they asked', () => {
    const [kept, absorbed] = inOneOrg(
      { status: 'active', joinedAt: day('2026-02-01') },
      { status: 'pending', joinedAt: day('2026-01-01') },
    );
    expect(mergeMemberships(kept, absorbed).joinedAt).toEqual(day('2026-02-01'));
    const before = { ...absorbed, status: 'left' as const, leftAt: day('2026-01-20') };
    expect(mergeMemberships(kept, before)).toMatchObject({ joinedAt: day('2026-01-01'), leftAt: undefined });
  });
});
