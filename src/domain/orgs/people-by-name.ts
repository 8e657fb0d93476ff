import { fold } from '../../shared/fold.js';
import type { MemberId } from '../ids.js';
import { nearestNamed } from './orgs-service.js';

/** Somebody in an org, as far as finding them goes. */
export interface NamedPerson {
  memberId: MemberId;
  name: string;
}

/** Who was meant by a text: one, several to choose from, or nobody, with those whose names come close. */
export type Meant<Person extends NamedPerson> =
  | { kind: 'one'; person: Person }
  | { kind: 'several'; people: Person[] }
  | { kind: 'none'; nearest: Person[] };

/**
 * Whom a text means among these people: by id, as suggestions send it; else by the whole name; else by beginnings of
 * its words. Accents and case aside, and an `@` before it too, as people type those out of habit.
 */
export function personMeant<Person extends NamedPerson>(people: readonly Person[], text: string): Meant<Person> {
  const byId = people.find(({ memberId }) => memberId === text);
  if (byId) return { kind: 'one', person: byId };
  const asked = fold(text).replace(/^@/u, '');
  const whole = people.filter(({ name }) => fold(name) === asked);
  const found = whole.length > 0 ? whole : people.filter(({ name }) => hasWords(name, asked));
  const [first, ...others] = found;
  if (first && others.length === 0) return { kind: 'one', person: first };
  if (first) return { kind: 'several', people: found };
  return { kind: 'none', nearest: nearestNamed(asked, people) };
}

/** Whether every word of the text begins some word of the name. */
export function hasWords(name: string, text: string): boolean {
  const words = fold(name).split(' ');
  const asked = fold(text)
    .split(' ')
    .filter((word) => word !== '');
  return asked.length > 0 && asked.every((word) => words.some((one) => one.startsWith(word)));
}
