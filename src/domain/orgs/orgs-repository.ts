import type { DateTime } from 'luxon';
import type { MemberId, OrgId } from '../ids.js';
import type { OrgPerson } from './admins-service.js';
import type { Membership, Org, OrgSummary } from './org.js';
import type { MapCity } from './org-map.js';
import type { SpaceRef } from './rights.js';

/** Storage of orgs and memberships. What an operator has hidden is returned by `find` and `get` only. */
export interface OrgsRepository {
  find(id: OrgId): Promise<Org | undefined>;
  /** @throws DomainError `orgs.gone` if it is hidden or was deleted. */
  getVisible(id: OrgId): Promise<Org>;
  /** The org of that very slug, hidden ones too. */
  findIdBySlug(slug: string): Promise<OrgId | undefined>;
  findSummary(id: OrgId, reader: MemberId | undefined): Promise<OrgSummary | undefined>;
  /** Visible orgs whose slug or name, accents and case aside, is exactly this. */
  listByNameOrSlug(text: string): Promise<Org[]>;
  /** Listed orgs whose name, slug or city begins with, else contains, the text; the largest first. */
  suggest(text: string, most: number): Promise<Org[]>;
  /** Names and slugs of all listed orgs, for finding the one that somebody misspelt. */
  listNames(): Promise<{ id: OrgId; name: string; slug: string }[]>;
  /** Where the listed orgs are, the city with most orgs first. */
  listMapCities(): Promise<MapCity[]>;
  /** Listed orgs that meet in no city. */
  countWithoutCity(): Promise<number>;
  /** The orgs a member is in or has asked to join, by name. */
  listOfMember(memberId: MemberId): Promise<OrgSummary[]>;
  /** Whether there is no org at all, hidden ones counted. */
  isEmpty(): Promise<boolean>;
  add(org: Org): Promise<void>;
  /** False, and nothing written, if another org has the slug. */
  addUnlessTaken(org: Org): Promise<boolean>;
  /** Writes the org over what it was. */
  update(org: Org): Promise<void>;
  /** Every org with its size, hidden ones counted, by name; for operators. */
  listAll(): Promise<OrgSummary[]>;

  /** The org that a server or workspace is connected to. */
  findOrgOfSpace(space: SpaceRef): Promise<Org | undefined>;
  addSpace(space: SpaceRef, orgId: OrgId, at: DateTime): Promise<void>;

  findMembership(orgId: OrgId, memberId: MemberId): Promise<Membership | undefined>;
  /** All memberships of a member, those that ended included. */
  listMemberships(memberId: MemberId): Promise<Membership[]>;
  /** The orgs in which this member is the only active admin. */
  listSoleAdminOf(memberId: MemberId): Promise<Org[]>;
  countActiveAdmins(orgId: OrgId): Promise<number>;
  listActiveAdmins(orgId: OrgId): Promise<MemberId[]>;
  /** Everybody who is in, by name. */
  listActiveMembers(orgId: OrgId): Promise<OrgPerson[]>;
  /** Writes the membership, over the one that member had in that org. */
  saveMembership(membership: Membership): Promise<void>;
  /** Takes away what never became a stay: a request that came to nothing. */
  removeMembership(orgId: OrgId, memberId: MemberId): Promise<void>;
}
