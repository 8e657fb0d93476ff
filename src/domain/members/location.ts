import type { City } from '../places/city.js';
import type { Member } from './member.js';

/** A member's city as it may be used: nothing at all while location is off (product.md section 12, "Location"). */
export function usableCity(member: Pick<Member, 'city' | 'privacy'> | undefined): City | undefined {
  return member?.privacy.isLocationDiscoverable ? member.city : undefined;
}

/**
 * The zone in which a member's days are reckoned: the one they or their platform told, else their city's, else UTC.
 * An IANA name.
 */
export function zoneOfMember(member: Pick<Member, 'zone' | 'city' | 'privacy'>): string {
  return member.zone ?? usableCity(member)?.zone ?? 'utc';
}

/** What of a member's location changes. */
export interface LocationChange {
  /** `null` clears it. */
  city?: City | null;
  isDiscoverable?: boolean;
}

/** The member after the change. Clearing the city turns its use off as well. */
export function changeLocation(member: Member, { city, isDiscoverable }: LocationChange): Member {
  const isLocationDiscoverable = city === null ? false : (isDiscoverable ?? member.privacy.isLocationDiscoverable);
  return {
    ...member,
    city: city === undefined ? member.city : (city ?? undefined),
    privacy: { ...member.privacy, isLocationDiscoverable },
  };
}
