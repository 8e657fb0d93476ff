import { DateTime } from 'luxon';
import type { Membership, MembershipStatus } from '../orgs/org.js';
import type { Member, Privacy, Profile } from './member.js';
import { PROFILE_LIMITS } from './profile.js';

/** Which of two members goes on after they are linked: the one who agreed first, so that most history keeps its place. */
export function keptAndAbsorbed(one: Member, other: Member): { kept: Member; absorbed: Member } {
  const isOlder = one.consentedAt.toMillis() - other.consentedAt.toMillis() || (one.id < other.id ? -1 : 1);
  return isOlder < 0 ? { kept: one, absorbed: other } : { kept: other, absorbed: one };
}

/**
 * Two members made one. What `preferred` told goes first, and what only the other told is kept as well; of privacy
 * choices the stricter holds: off stays off, and `stop` stays `stop`.
 *
 * @param preferred the one of the two whose words win where both told something else.
 */
export function mergeMembers(kept: Member, absorbed: Member, preferred: Member): Member {
  const other = preferred.id === kept.id ? absorbed : kept;
  return {
    id: kept.id,
    profile: mergeProfiles(preferred.profile, other.profile).profile,
    privacy: stricterPrivacy(kept.privacy, absorbed.privacy),
    city: preferred.city ?? other.city,
    zone: preferred.zone ?? other.zone,
    locale: preferred.locale,
    consentedAt: earliest(kept.consentedAt, absorbed.consentedAt),
    stoppedAt: earliestOf([kept.stoppedAt, absorbed.stoppedAt]),
  };
}

/** The member whose profile says more, by the fields filled in; of two alike the one who agreed first. */
export function fullerOf(one: Member, other: Member): Member {
  const more = countTold(one.profile) - countTold(other.profile);
  if (more === 0) return keptAndAbsorbed(one, other).kept;
  return more > 0 ? one : other;
}

function countTold({ headline, careerStage, skills, lookingFor }: Profile): number {
  return [headline !== '', careerStage !== undefined, skills.length > 0, lookingFor !== ''].filter(Boolean).length;
}

/** Something that was told on one side and does not stand in the merged profile. */
export interface LeftOut {
  field: keyof Profile;
  text: string;
}

/**
 * One profile of two, and what of the other is left out because both told something else or it is too much. Empty
 * fields are filled in, skills are put together, and so is what they look for, as far as there is room.
 */
export function mergeProfiles(preferred: Profile, other: Profile): { profile: Profile; leftOut: LeftOut[] } {
  const skills = [...new Set([...preferred.skills, ...other.skills])];
  const lookingFor = bothTexts(preferred.lookingFor, other.lookingFor, PROFILE_LIMITS.lookingFor);
  const profile: Profile = {
    name: preferred.name,
    headline: preferred.headline || other.headline,
    careerStage: preferred.careerStage ?? other.careerStage,
    skills: skills.slice(0, PROFILE_LIMITS.skills),
    lookingFor,
  };
  const leftOut: LeftOut[] = [
    { field: 'name', text: other.name === profile.name ? '' : other.name },
    { field: 'headline', text: other.headline === profile.headline ? '' : other.headline },
    { field: 'careerStage', text: other.careerStage === profile.careerStage ? '' : (other.careerStage ?? '') },
    { field: 'skills', text: skills.slice(PROFILE_LIMITS.skills).join(', ') },
    { field: 'lookingFor', text: lookingFor.includes(other.lookingFor) ? '' : other.lookingFor },
  ];
  return { profile, leftOut: leftOut.filter(({ text }) => text !== '') };
}

/** What somebody may do goes by the better of the two, but whom an admin removed does not come back by asking again. */
const STRONGEST_FIRST: readonly MembershipStatus[] = ['active', 'removed', 'pending', 'left'];

/**
 * Two memberships in the same org made one: an active one stays active and an admin's stays an admin's; of the times
 * they came in the first, of the times they left the last.
 */
export function mergeMemberships(kept: Membership, absorbed: Membership): Membership {
  const both = [kept, absorbed];
  const status = STRONGEST_FIRST.find((one) => both.some((membership) => membership.status === one)) ?? kept.status;
  const strongest = both.filter((membership) => membership.status === status);
  const isAdmin = strongest.some(({ role }) => role === 'admin');
  // The date of a request says when somebody asked, not since when they are in.
  const dated = status === 'pending' ? strongest : both.filter((membership) => membership.status !== 'pending');
  return {
    orgId: kept.orgId,
    memberId: kept.memberId,
    status,
    role: isAdmin ? 'admin' : 'member',
    joinedAt: DateTime.min(...dated.map(({ joinedAt }) => joinedAt)) ?? kept.joinedAt,
    leftAt: status === 'left' || status === 'removed' ? latestOf(both.map(({ leftAt }) => leftAt)) : undefined,
  };
}

function stricterPrivacy(one: Privacy, other: Privacy): Privacy {
  return {
    isLocationDiscoverable: one.isLocationDiscoverable && other.isLocationDiscoverable,
    isAttendanceShared: one.isAttendanceShared && other.isAttendanceShared,
    isProfileShared: one.isProfileShared && other.isProfileShared,
  };
}

/** Both texts with an empty line between, or the first alone where that would be too long. */
function bothTexts(first: string, second: string, most: number): string {
  if (first === '' || second === '' || first.includes(second)) return first || second;
  const both = `${first}\n\n${second}`;
  return [...both].length <= most ? both : first;
}

function earliest(one: DateTime, other: DateTime): DateTime {
  return one <= other ? one : other;
}

function earliestOf(instants: readonly (DateTime | undefined)[]): DateTime | undefined {
  return DateTime.min(...instants.filter((instant) => instant !== undefined));
}

function latestOf(instants: readonly (DateTime | undefined)[]): DateTime | undefined {
  return DateTime.max(...instants.filter((instant) => instant !== undefined));
}
