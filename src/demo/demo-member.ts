import type { DemoCity } from './demo-cities.js';
import type { DemoProfile } from './demo-profiles.js';

/** A stay in an org; `joinedAt` is when they asked, for a pending one. */
export interface DemoMembership {
  /** The org's key. */
  org: string;
  role: 'member' | 'admin';
  status: 'active' | 'pending' | 'left';
  /** ISO instant in UTC. */
  joinedAt: string;
}

/** An invented member of the playground. Nothing but `name` is filled in for about one in seven. */
export interface DemoMember extends DemoProfile {
  key: string;
  name: string;
  city: DemoCity | undefined;
  /** IANA zone, known even where the city is not. */
  zone: string;
  /** BCP 47. */
  locale: string;
  isLocationDiscoverable: boolean;
  isAttendanceShared: boolean;
  isProfileShared: boolean;
  /** Local ones first. */
  memberships: DemoMembership[];
  /** ISO instant in UTC, that of the first membership. */
  joinedAt: string;
}

/** The address that they register with for events; `example` is no domain of anybody's (RFC 2606). */
export function demoEmail(key: string): string {
  return `${key}@people.example`;
}
