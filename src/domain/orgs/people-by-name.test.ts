import { expect, it } from 'vitest';
import { newMemberId } from '../ids.js';
import { personMeant } from './people-by-name.js';

const person = (name: string) => ({ memberId: newMemberId(), name });
const ana = person('Ana Souza');
const otherAna = person('Ana Lima');
const tomas = person('Tomás Pereira');
const people = [ana, otherAna, tomas];

it('finds one person by id, whole name or the beginnings of its words, accents and an @ aside', () => {
  for (const text of [tomas.memberId, 'tomas pereira', 'Tom', 'pereira', '@tomas', 'per tom', ' TOMÁS ']) {
    expect(personMeant(people, text)).toEqual({ kind: 'one', person: tomas });
  }
});

it('leaves the choice among several, unless one has exactly that name', () => {
  expect(personMeant(people, 'ana')).toEqual({ kind: 'several', people: [ana, otherAna] });
  const short = person('Ana');
  expect(personMeant([...people, short], 'ana')).toEqual({ kind: 'one', person: short });
});

it('offers those who come close when nobody has that name', () => {
  expect(personMeant(people, 'Anna Sousa')).toEqual({ kind: 'none', nearest: [ana] });
});

it('finds nobody by nothing, by marks alone or by an id of somebody else', () => {
  for (const text of ['', ' ', '@', '%', '.*', newMemberId(), 'x'.repeat(4_000)]) {
    expect(personMeant(people, text)).toEqual({ kind: 'none', nearest: [] });
  }
});
