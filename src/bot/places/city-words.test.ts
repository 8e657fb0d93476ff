import { expect, it } from 'vitest';
import { createPlaces } from '../../db/places/sqlite-places.js';
import { DomainError } from '../../domain/errors.js';
import { requireCity } from '../../domain/places/places.js';
import { errorView } from '../error-view.js';
import { plainText } from '../text.js';
import { textsOf } from '../views.js';

const places = createPlaces();

/** What a person reads when a form or command needs one city and this is what they wrote. */
async function wordsFor(text: string): Promise<string> {
  const error = await requireCity(places, text).catch((problem: unknown) => problem);
  if (!(error instanceof DomainError)) throw new Error(`"${text}" means one place.`);
  return textsOf(errorView(error.problem)).map(plainText).join('\n');
}

it('one city is given as it is', async () => {
  expect(await requireCity(places, 'Lisboa')).toMatchObject({ name: 'Lisbon', country: 'PT' });
});

it('says which cities a name could be, and how to say which', async () => {
  expect(await wordsFor('Birmingham')).toBe(
    '“Birmingham” could be Birmingham, United Kingdom or Birmingham, United States. Say which one, such as “Birmingham, England, GB”.',
  );
  expect(await wordsFor('Cordoba')).toContain('Córdoba, Argentina; Córdoba, Spain; or Córdoba, Mexico.');
});

it('names the nearest of one that it does not know, and quotes no more than fits', async () => {
  expect(await wordsFor('barcelonna')).toContain('Did you mean Barcelona, Spain');
  expect(await wordsFor('x'.repeat(4_000))).toMatch(/^I don’t know a place called “x{79}…”\. A larger city/);
});
