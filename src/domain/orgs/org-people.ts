import { distance } from 'fastest-levenshtein';
import { fold } from '../../shared/fold.js';
import { DomainError, type MemberChoice } from '../errors.js';
import { MemberId } from '../ids.js';
import { seenBy } from '../members/privacy-filter.js';
import type { Repositories } from '../repositories.js';
import type { Org } from './org.js';
import { toChoice } from './orgs-service.js';

/** Somebody in an org, by name. */
export interface OrgPerson {
  memberId: MemberId;
  name: string;
}

const MOST_NEAREST = 3;

/**
 * The active member of an org that one of its admins means, by id or by name, accents and case aside.
 *
 * @throws DomainError `admins.not-in-org` with up to three near names, `admins.ambiguous` when several bear that name.
 */
export async function findPerson(
  repositories: Repositories,
  org: Org,
  { text, wants }: { text: string; wants: 'add' | 'remove' },
): Promise<OrgPerson> {
  const people = await repositories.orgs.listActiveNames(org.id);
  const id = MemberId.safeParse(text.trim());
  const byId = people.find(({ memberId }) => id.success && memberId === id.data);
  if (byId) return byId;
  const asked = nameKey(text);
  const [first, ...others] = people.filter(({ name }) => nameKey(name) === asked);
  if (first && others.length === 0) return first;
  const where = { asked: text, org: toChoice(org), wants };
  if (first) {
    const candidates = await choices(repositories, [first, ...others].slice(0, 5));
    throw new DomainError({ code: 'admins.ambiguous', ...where, candidates });
  }
  throw new DomainError({
    code: 'admins.not-in-org',
    ...where,
    nearest: await choices(repositories, nearest(people, asked)),
  });
}

/** People whose name has a word that begins with the text; those whose whole name does come first. */
export function peopleLike(people: readonly OrgPerson[], text: string): OrgPerson[] {
  const asked = nameKey(text);
  const keyed = people.map((person) => ({ person, key: nameKey(person.name) }));
  const begins = keyed.filter(({ key }) => key.startsWith(asked));
  const holds = keyed.filter(({ key }) => !key.startsWith(asked) && key.includes(` ${asked}`));
  return [...begins, ...holds].map(({ person }) => person);
}

/** People put an @ before a name where it would be a mention. */
function nameKey(name: string): string {
  return fold(name.replace(/^\s*@/u, ''));
}

function nearest(people: readonly OrgPerson[], asked: string): OrgPerson[] {
  const like = asked === '' ? [] : peopleLike(people, asked);
  if (like.length > 0) return like.slice(0, MOST_NEAREST);
  return people
    .map((person) => ({ person, slips: distance(asked.slice(0, 80), nameKey(person.name)) }))
    .filter(({ slips }) => slips <= Math.ceil(asked.length / 3))
    .sort((one, other) => one.slips - other.slips)
    .slice(0, MOST_NEAREST)
    .map(({ person }) => person);
}

/** What else an admin may see of each tells namesakes apart. */
async function choices({ members }: Repositories, people: readonly OrgPerson[]): Promise<MemberChoice[]> {
  const found = await members.list(people.map(({ memberId }) => memberId));
  return people.flatMap(({ memberId }) => {
    const member = found.find(({ id }) => id === memberId);
    const seen = member && seenBy('org-admin', member);
    return seen ? [{ id: memberId, name: seen.name, detail: seen.headline }] : [];
  });
}
