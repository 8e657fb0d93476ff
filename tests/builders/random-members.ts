import fc from 'fast-check';
import { DateTime } from 'luxon';
import { newMemberId } from '../../src/domain/ids.js';
import { CAREER_STAGES, type Member, type Profile } from '../../src/domain/members/member.js';
import { tidyProfile } from '../../src/domain/members/profile.js';
import { MEMBERSHIP_ROLES, MEMBERSHIP_STATUSES, type Membership } from '../../src/domain/orgs/org.js';
import { aMember } from './members.js';
import { aMembership } from './orgs.js';

const START_MS = Date.parse('2025-01-01T00:00:00Z');

/** Any instant of 2025. */
export const anyInstant = (): fc.Arbitrary<DateTime> =>
  fc.integer({ min: 0, max: 365 * 24 * 3600 }).map((s) => DateTime.fromMillis(START_MS + s * 1000, { zone: 'utc' }));

const anyWords = (maxLength: number) => fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength }));

/** Any profile as it is kept. */
export const anyProfile = (): fc.Arbitrary<Profile> =>
  fc
    .record({
      name: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => `N${text}`),
      headline: anyWords(120),
      careerStage: fc.constantFrom(undefined, ...CAREER_STAGES),
      skills: fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 12 }),
      lookingFor: anyWords(400),
    })
    .map(tidyProfile);

/** Any member. */
export const anyMember = (): fc.Arbitrary<Member> =>
  fc
    .record({
      profile: anyProfile(),
      privacy: fc.record({
        isLocationDiscoverable: fc.boolean(),
        isAttendanceShared: fc.boolean(),
        isProfileShared: fc.boolean(),
      }),
      zone: fc.constantFrom(undefined, 'Europe/Lisbon', 'Asia/Kolkata'),
      locale: fc.constantFrom('en-GB', 'pt-BR'),
      consentedAt: anyInstant(),
      stoppedAt: fc.option(anyInstant(), { nil: undefined }),
    })
    .map((told) => aMember({ ...told, id: newMemberId() }));

/** Any membership, in an org and of a member of its own. */
export const anyMembership = (): fc.Arbitrary<Membership> =>
  fc
    .record({
      role: fc.constantFrom(...MEMBERSHIP_ROLES),
      status: fc.constantFrom(...MEMBERSHIP_STATUSES),
      joinedAt: anyInstant(),
      away: anyInstant(),
    })
    .map(({ role, status, joinedAt, away }) => {
      const hasEnded = status === 'left' || status === 'removed';
      return aMembership({
        role: status === 'active' ? role : 'member',
        status,
        joinedAt,
        leftAt: hasEnded ? DateTime.max(joinedAt, away) : undefined,
      });
    });
