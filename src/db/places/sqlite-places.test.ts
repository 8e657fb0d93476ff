import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { cityName, cityNames, cityText } from '../../domain/places/city.js';
import { ALIASES } from './aliases.js';
import { openPlacesFile } from './places-file.js';
import { createPlaces } from './sqlite-places.js';

const places = createPlaces();

/** What a text means: one name, or the names that are asked about. */
async function meant(text: string): Promise<string | string[]> {
  const match = await places.resolve(text);
  if (match.kind === 'found') return cityName(match.city);
  if (match.kind === 'ambiguous') return cityNames(match.candidates);
  return `unknown: ${cityNames(match.nearest).join('; ')}`;
}

describe('the packaged places', () => {
  it('are many, each with a zone that exists and coordinates on the globe', async () => {
    const sqlite = await openPlacesFile();
    expect(sqlite.prepare('select count(*) from places').pluck().get()).toBeGreaterThan(100_000);
    const zones = sqlite.prepare('select distinct zone from places').pluck().all() as string[];
    expect(zones.filter((zone) => !IANAZone.isValidZone(zone))).toEqual([]);
    const astray = sqlite.prepare('select name from places where abs(latitude) > 90 or abs(longitude) > 180').all();
    expect(astray).toEqual([]);
    sqlite.close();
  });
});

describe('a place’s name', () => {
  it.each([
    ['Lisboa', 'Lisbon, Portugal'],
    ['Roma', 'Rome, Italy'],
    ['München', 'Munich, Germany'],
    ['muenchen', 'Munich, Germany'],
    ['Kiev', 'Kyiv, Ukraine'],
    ['Kyiv', 'Kyiv, Ukraine'],
    ['SF', 'San Francisco, United States'],
    ['NYC', 'New York City, United States'],
    ['New York', 'New York City, United States'],
    ['LA', 'Los Angeles, United States'],
    ['DC', 'Washington, D.C., United States'],
    ['Washington D.C.', 'Washington, D.C., United States'],
    ['CABA', 'Buenos Aires, Argentina'],
    ['Bombay', 'Mumbai, India'],
    ['Saigon', 'Ho Chi Minh City, Vietnam'],
    ['Peking', 'Beijing, China'],
    ['北京', 'Beijing, China'],
    ['São Paulo', 'São Paulo, Brazil'],
    ['sao paulo', 'São Paulo, Brazil'],
    ['lodz', 'Łódź, Poland'],
    ['st petersburg, russia', 'Saint Petersburg, Russia'],
    ['  LISBON  ', 'Lisbon, Portugal'],
  ])('%s means %s', async (text, city) => {
    expect(await meant(text)).toBe(city);
  });

  it.each([
    ['Cambridge, US', 'Cambridge, United States'],
    ['cambridge uk', 'Cambridge, United Kingdom'],
    ['Cambridge, Massachusetts', 'Cambridge, United States'],
    ['Cambridge, MA, US', 'Cambridge, United States'],
    ['Paris, Texas', 'Paris, United States'],
    ['paris tx', 'Paris, United States'],
    ['Toronto, ON', 'Toronto, Canada'],
    ['Vancouver, CA', 'Vancouver, Canada'],
    ['Buenos Aires Argentina', 'Buenos Aires, Argentina'],
    ['Birmingham, United Kingdom', 'Birmingham, United Kingdom'],
  ])('%s is told by what follows: %s', async (text, city) => {
    expect(await meant(text)).toBe(city);
  });

  it('means the well-known one where nothing else comes near', async () => {
    expect(await meant('Paris')).toBe('Paris, France');
    expect(await meant('London')).toBe('London, United Kingdom');
    expect(await meant('Athens')).toBe('Athens, Greece');
  });

  it('is asked about where several are comparable, the largest first, with regions only where they are needed', async () => {
    expect(await meant('Birmingham')).toEqual(['Birmingham, United Kingdom', 'Birmingham, United States']);
    expect(await meant('Cambridge')).toEqual(
      expect.arrayContaining(['Cambridge, United Kingdom', 'Cambridge, Massachusetts, United States']),
    );
    expect(await meant('Valencia')).toEqual(expect.arrayContaining(['Valencia, Spain', 'Valencia, Venezuela']));
    expect(await meant('Cordoba')).toEqual(['Córdoba, Argentina', 'Córdoba, Spain', 'Córdoba, Mexico']);
  });

  it.each([
    ['san fransisco', 'San Francisco, United States'],
    ['barcelonna', 'Barcelona, Spain'],
    ['amsterdm', 'Amsterdam, Netherlands'],
    ['copenhagn', 'Copenhagen, Denmark'],
    ['Lisbon, Portgal', 'Lisbon, Portugal'],
  ])('%s is not known, and %s is the nearest', async (text, city) => {
    const match = await places.resolve(text);
    expect(match.kind === 'unknown' && match.nearest.map(cityName)[0]).toBe(city);
  });

  it.each(['', ' ', ',', ',,,', '%', '_', '"', `'; drop table places; --`, '\u202eabc', '🙂', '*', 'a AND b'])(
    'takes %j as a text like any other',
    async (text) => {
      expect((await places.resolve(text)).kind).toBe('unknown');
      await places.suggest(text, 5);
    },
  );

  it('may be four thousand letters long without harm', async () => {
    expect((await places.resolve('x'.repeat(4_000))).kind).toBe('unknown');
  });

  it('never fails, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 150 }), async (text) => {
        await places.resolve(text);
        expect((await places.suggest(text, 5)).length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same with and without accents, in any case, with any spaces', async () => {
    const cities = await places.suggest('', 500);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cities), fc.constantFrom(' ', '  ', '\t'), async (city, space) => {
        const text = cityText(city);
        const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replaceAll(' ', space);
        expect(await places.resolve(plain)).toEqual(await places.resolve(text));
      }),
      { numRuns: 100 },
    );
  });

  it('written as it is offered means the place that was offered', async () => {
    const cities = await places.suggest('', 2_000);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cities), async (city) => {
        expect(await places.resolve(cityText(city))).toEqual({ kind: 'found', city });
      }),
      { numRuns: 300 },
    );
  });

  it('may be any of its other names, with the country where that is needed', async () => {
    for (const [target, names] of Object.entries(ALIASES)) {
      const country = target.slice(-2);
      for (const name of names.split(', ')) {
        const match = await places.resolve(`${name}, ${country}`);
        const cities = match.kind === 'ambiguous' ? match.candidates : match.kind === 'found' ? [match.city] : [];
        expect(
          cities.map((city) => `${city.name}, ${city.country}`),
          name,
        ).toContain(target);
      }
    }
  });
});

describe('type-ahead', () => {
  const offered = async (text: string) => cityNames(await places.suggest(text, 6));

  it('offers the most populous first', async () => {
    expect((await offered('lis'))[0]).toBe('Lisbon, Portugal');
    expect((await offered('san'))[0]).toBe('Santiago, Chile');
  });

  it('offers what was typed in full before what merely begins so, and words further on last', async () => {
    const found = await offered('york');
    expect(found[0]).toBe('York, United Kingdom');
    expect(await offered('angeles')).toContain('Los Angeles, United States');
  });

  it('goes by the region or country that is being typed', async () => {
    expect(await offered('cambridge, m')).toEqual([
      'Cambridge, Massachusetts, United States',
      'Cambridge, Maryland, United States',
      'Cambridge, Minnesota, United States',
    ]);
    expect((await offered('cambridge, united k'))[0]).toBe('Cambridge, United Kingdom');
  });

  it('knows other names, and forgives a slip', async () => {
    expect((await offered('bomb'))[0]).toBe('Mumbai, India');
    expect((await offered('barcellonna'))[0]).toBe('Barcelona, Spain');
  });
});
