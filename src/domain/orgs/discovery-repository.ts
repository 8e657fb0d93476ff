import type { MemberId } from '../ids.js';
import type { Bounds, Point } from '../places/distance.js';
import type { OrgSummary, OrgType } from './org.js';

/** What listed orgs are searched for; texts are folded, and everything given must hold. */
export interface OrgSearch {
  /** All of them occur in the org's name, place, languages or description. */
  words: readonly string[];
  city: CityFilter | undefined;
  /** ISO 3166-1 alpha-2. */
  country: string | undefined;
  type: OrgType | undefined;
}

/** Orgs in cities of this name, or whose name begins so. */
export interface CityFilter {
  name: string;
  isWhole: boolean;
  country: string | undefined;
}

/** The name of a city in which there are listed orgs. */
export interface NamedCity {
  name: string;
  country: string;
  /** How many orgs. */
  orgs: number;
}

/** A city in which there are listed orgs, and where it is. */
export interface OrgCity extends NamedCity, Point {}

/** How much of a longer list, for whom. */
export interface Slice {
  limit: number;
  offset: number;
  reader: MemberId | undefined;
}

/** Storage as those who look for an org see it: what is listed and not hidden. */
export interface DiscoveryRepository {
  /** The orgs whose name fits the words best first, of equals the largest; and how many there are in all. */
  list(search: OrgSearch, slice: Slice): Promise<{ items: OrgSummary[]; total: number }>;
  /** Orgs that share letters with the words in name or place, the most alike first. */
  listAlike(search: OrgSearch, slice: Slice): Promise<OrgSummary[]>;

  /** Cities with orgs that pass, within the box. */
  listCitiesWithin(bounds: Bounds, search: OrgSearch): Promise<OrgCity[]>;
  /** The orgs of one city that pass, the largest first. */
  listAt(point: Point, search: OrgSearch, slice: Slice): Promise<OrgSummary[]>;
  /** Cities whose name begins so, the one with most orgs first. */
  listCitiesNamed(beginning: string, most: number): Promise<NamedCity[]>;

  /** Cities with orgs for this member to join, within the box. */
  listCitiesToJoin(memberId: MemberId, bounds: Bounds): Promise<OrgCity[]>;
  /** The orgs of one city that this member could join, the largest first. */
  listToJoinAt(memberId: MemberId, point: Point, most: number): Promise<OrgSummary[]>;
  /** Global orgs that this member could join, the largest first. */
  listGlobalToJoin(memberId: MemberId, most: number): Promise<OrgSummary[]>;
}
