import type { DateTime } from 'luxon';
import type { MemberId, OrgId } from '../ids.js';
import { type City, cityName } from '../places/city.js';

export const ORG_TYPES = [
  'reading_group',
  'research_hub',
  'university_group',
  'chapter',
  'coworking',
  'network',
  'other',
] as const;
export type OrgType = (typeof ORG_TYPES)[number];

export const JOIN_POLICIES = ['open', 'approval'] as const;
export type JoinPolicy = (typeof JOIN_POLICIES)[number];

/** An organisation. */
export interface Org {
  id: OrgId;
  slug: string;
  name: string;
  type: OrgType;
  description: string;
  website: string | undefined;
  city: City | undefined;
  /** ISO 639-1 codes of the languages its meetings are held in. */
  languages: string[];
  /** Open to people everywhere; set by operators only. */
  isGlobal: boolean;
  /** Shown in the directory; an unlisted org is found by its exact name or slug only. */
  isListed: boolean;
  /** What becomes of `isListed` at an operator's yes; undefined unless one is awaited, and until then it is off. */
  listedAfterReview: boolean | undefined;
  /** Taken out of sight by an operator, for everybody. */
  isHidden: boolean;
  joinPolicy: JoinPolicy;
  createdAt: DateTime;
}

export const MEMBERSHIP_ROLES = ['member', 'admin'] as const;
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

export const MEMBERSHIP_STATUSES = ['pending', 'active', 'left', 'removed'] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

/** A member in an org; one row for life, so that history survives leaving and rejoining. */
export interface Membership {
  orgId: OrgId;
  memberId: MemberId;
  role: MembershipRole;
  status: MembershipStatus;
  /** When they last became active; when they asked, for a first request that is pending. */
  joinedAt: DateTime;
  /** When they last left; kept while they ask to come back. */
  leftAt: DateTime | undefined;
}

/** An org as a reader meets it: with its size and where the reader stands. */
export interface OrgSummary {
  org: Org;
  activeMembers: number;
  /** The reader's own standing, or nothing for a stranger or a visitor. */
  standing: Membership['status'] | undefined;
  role: MembershipRole | undefined;
}

/** What `/orgs browse` filters by, as it was written; everything given must hold. */
export interface OrgFilter {
  query: string | undefined;
  city: string | undefined;
  /** ISO 3166-1 alpha-2. */
  country: string | undefined;
  type: OrgType | undefined;
  /** Around this place, the nearest first. */
  near: string | undefined;
}

/** An org that was found, with how far it is from where the reader looks: the place they named, else their own. */
export interface FoundOrg extends OrgSummary {
  distanceKm: number | undefined;
}

/** One page of a longer list. `page` counts from 0 and is always one that exists. */
export interface Page<Item> {
  items: Item[];
  page: number;
  pages: number;
  total: number;
}

/** "Lisbon, Portugal", or "Online, worldwide". */
export function placeName(org: Pick<Org, 'city' | 'isGlobal'>): string {
  if (!org.city) return org.isGlobal ? 'Worldwide' : 'No city yet';
  return cityName(org.city);
}
