import { distance } from 'fastest-levenshtein';
import { fold } from '../../shared/fold.js';
import { DomainError, type OrgChoice } from '../errors.js';
import type { MemberId, OrgId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Org, type OrgSummary, placeName } from './org.js';
import { type Rights, requireOrgAdmin, type SpaceRef } from './rights.js';

export type OrgsService = ReturnType<typeof createOrgsService>;

/** Orgs by name, and their settings. */
export function createOrgsService({ inTransaction }: { inTransaction: InTransaction }) {
  return {
    /**
     * The org that a person means by a name or slug they typed.
     *
     * @throws DomainError `orgs.unknown` with up to three near names, `orgs.ambiguous` when several bear that name.
     */
    async resolve(text: string): Promise<Org> {
      return inTransaction(({ orgs }) => resolveOrg(orgs, text), { isReadOnly: true });
    },

    /**
     * An org with its size and the reader's standing.
     *
     * @throws DomainError `orgs.gone` if it is hidden or was deleted.
     */
    async summary(orgId: OrgId, reader: MemberId | undefined): Promise<OrgSummary> {
      return inTransaction(({ orgs }) => visibleSummary(orgs, orgId, reader), { isReadOnly: true });
    },

    /** The orgs a member is in or has asked to join, by name. */
    async listOfMember(memberId: MemberId): Promise<OrgSummary[]> {
      return inTransaction(({ orgs }) => orgs.listOfMember(memberId), { isReadOnly: true });
    },

    /** Orgs to offer while somebody types, at most so many. */
    async suggest(text: string, most: number): Promise<OrgChoice[]> {
      const found = await inTransaction(({ orgs }) => orgs.suggest(text, most), { isReadOnly: true });
      return found.map(toChoice);
    },

    /**
     * An org's settings, for its admins: of the org named, else of the one whose space they are in, else of the only
     * one they are admin of.
     *
     * @throws DomainError `orgs.unknown`, `orgs.ambiguous`, `orgs.none-here`, `rights.org-admin`.
     */
    async settings(asked: AskedOrg, rights: Rights): Promise<OrgSettings> {
      return inTransaction(
        async ({ orgs }) => {
          const org = await orgToManage(orgs, asked, rights);
          await requireOrgAdmin(orgs, org, rights);
          const summary = await visibleSummary(orgs, org.id, rights.memberId);
          return { ...summary, admins: await orgs.countActiveAdmins(org.id), spaces: await orgs.listSpaces(org.id) };
        },
        { isReadOnly: true },
      );
    },
  };
}

/** The org that a command names, if it does, and the space in which it was given. */
export interface AskedOrg {
  org: string | undefined;
  space: SpaceRef | undefined;
}

/** An org as its admins see it. */
export interface OrgSettings extends OrgSummary {
  admins: number;
  spaces: SpaceRef[];
}

/**
 * The org that somebody means to look after: the one named, else that of the space they are in, else the only one they
 * are admin of. Whether they may is for the caller to ask.
 *
 * @throws DomainError `orgs.unknown`, `orgs.ambiguous`, `orgs.which-one`, `orgs.none-here`.
 */
export async function orgToManage(
  orgs: Repositories['orgs'],
  { org, space }: AskedOrg,
  { memberId }: Rights,
): Promise<Org> {
  if (org !== undefined) return resolveOrg(orgs, org);
  const here = space && (await orgs.findOrgOfSpace(space));
  if (here) return here;
  const own = memberId
    ? (await orgs.listOfMember(memberId)).filter(({ role, standing }) => role === 'admin' && standing === 'active')
    : [];
  if (own.length > 1) {
    throw new DomainError({ code: 'orgs.which-one', candidates: own.map((summary) => toChoice(summary.org)) });
  }
  const [only] = own;
  if (!only) throw new DomainError({ code: 'orgs.none-here' });
  return only.org;
}

/**
 * An org with its size and the reader's standing.
 *
 * @throws DomainError `orgs.gone` if it is hidden or was deleted.
 */
export async function visibleSummary(
  orgs: Repositories['orgs'],
  orgId: OrgId,
  reader: MemberId | undefined,
): Promise<OrgSummary> {
  const summary = await orgs.findSummary(orgId, reader);
  if (!summary || summary.org.isHidden) throw new DomainError({ code: 'orgs.gone' });
  return summary;
}

/** @throws DomainError `orgs.unknown` with up to three near names, `orgs.ambiguous` when several bear that name. */
export async function resolveOrg(orgs: Repositories['orgs'], text: string): Promise<Org> {
  const [first, ...others] = await orgs.listByNameOrSlug(text);
  if (first && others.length === 0) return first;
  if (first) {
    const bySlug = [first, ...others].find((org) => org.slug === fold(text));
    if (bySlug) return bySlug;
    throw new DomainError({ code: 'orgs.ambiguous', asked: text, candidates: [first, ...others].map(toChoice) });
  }
  throw new DomainError({ code: 'orgs.unknown', asked: text, nearest: await nearestOrgs(orgs, text) });
}

/** Up to three listed orgs that a text may have meant. */
export async function nearestOrgs(orgs: Repositories['orgs'], text: string): Promise<OrgChoice[]> {
  const found = await orgs.suggest(text, 3);
  const nearest = found.length > 0 ? found : await misspelt(orgs, text);
  return nearest.map(toChoice);
}

/** Up to three listed orgs whose name or slug is a few slips of the finger away. */
async function misspelt(orgs: Repositories['orgs'], text: string): Promise<Org[]> {
  const asked = fold(text).slice(0, 60);
  const slips = Math.ceil(asked.length / 3);
  const scored = (await orgs.listNames())
    .map(({ id, name, slug }) => ({ id, slips: Math.min(distance(asked, fold(name)), distance(asked, slug)) }))
    .filter((candidate) => candidate.slips <= slips)
    .sort((one, other) => one.slips - other.slips)
    .slice(0, 3);
  const found = await Promise.all(scored.map(({ id }) => orgs.find(id)));
  return found.filter((org) => org !== undefined);
}

/** An org as an answer may name it. */
export function toChoice(org: Org): OrgChoice {
  return { id: org.id, name: org.name, slug: org.slug, place: placeName(org) };
}
