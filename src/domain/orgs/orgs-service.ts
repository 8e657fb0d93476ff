import { distance } from 'fastest-levenshtein';
import { fold } from '../../shared/fold.js';
import { DomainError, type OrgChoice } from '../errors.js';
import type { MemberId, OrgId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Org, type OrgSummary, placeName } from './org.js';
import type { Rights, SpaceRef } from './rights.js';

export type OrgsService = ReturnType<typeof createOrgsService>;

/** Orgs by name. */
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
  };
}

/** The org that a command names, if it does, and the space in which it was given. */
export interface AskedOrg {
  org: string | undefined;
  space: SpaceRef | undefined;
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
  const near = nearestNamed(text, await orgs.listNames());
  const found = await Promise.all(near.map(({ id }) => orgs.find(id)));
  return found.filter((org) => org !== undefined);
}

/** Up to three of these whose name or slug is a few slips of the finger away from the text, the nearest first. */
export function nearestNamed<Named extends { name: string; slug?: string }>(
  text: string,
  list: readonly Named[],
): Named[] {
  const asked = fold(text).slice(0, 60);
  const most = Math.ceil(asked.length / 3);
  return list
    .map((one) => {
      const names = one.slug === undefined ? [fold(one.name)] : [fold(one.name), one.slug];
      return { one, slips: Math.min(...names.map((name) => distance(asked, name))) };
    })
    .filter(({ slips }) => slips <= most)
    .sort((first, second) => first.slips - second.slips)
    .slice(0, 3)
    .map(({ one }) => one);
}

/** An org as an answer may name it. */
export function toChoice(org: Org): OrgChoice {
  return { id: org.id, name: org.name, slug: org.slug, place: placeName(org) };
}
