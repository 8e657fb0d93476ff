import type { CareerStage, Member } from './member.js';

/**
 * Who is looking at a member: themselves; an admin of an org that they are in or ask to join; or anybody else whom a
 * feature shows them to.
 */
export type Viewer = 'self' | 'org-admin' | 'other';

/** What a viewer may see of a member. Whatever is hidden is missing, as if it had never been told. */
export interface SeenMember {
  name: string;
  headline: string;
  careerStage: CareerStage | undefined;
  skills: string[];
  lookingFor: string;
  /** City and country; coordinates are shown to nobody. */
  city: { name: string; country: string } | undefined;
  /** Whether the member shows this viewer their profile, so that an empty one can be told from a hidden one. */
  isProfileShown: boolean;
}

/**
 * The one privacy filter: every surface that shows a member to somebody passes them through it. The name is always
 * seen; an org's admins see the profile and the city as far as the member allows it; others see the name alone.
 *
 * @see product.md sections 3 (`/profile privacy`), 9 and 12 ("Location")
 */
export function seenBy(viewer: Viewer, { profile, privacy, city }: SeenPart): SeenMember {
  const { name, headline, careerStage, skills, lookingFor } = profile;
  const isProfileShown = viewer === 'self' || (viewer === 'org-admin' && privacy.isProfileShared);
  const isCityShown = viewer === 'self' || (viewer === 'org-admin' && privacy.isLocationDiscoverable);
  const told = isProfileShown
    ? { headline, careerStage, skills, lookingFor }
    : { headline: '', careerStage: undefined, skills: [], lookingFor: '' };
  const shownCity = isCityShown && city ? { name: city.name, country: city.country } : undefined;
  return { name, ...told, city: shownCity, isProfileShown };
}

/** What of a member the filter looks at. */
export type SeenPart = Pick<Member, 'profile' | 'privacy' | 'city'>;

/**
 * Whether an org's admins see that the member came to an event: always at their own events, at others' only if the
 * member shares it.
 *
 * @see product.md section 7
 */
export function isAttendanceSeen({ privacy }: Pick<Member, 'privacy'>, { isHost }: { isHost: boolean }): boolean {
  return isHost || privacy.isAttendanceShared;
}
