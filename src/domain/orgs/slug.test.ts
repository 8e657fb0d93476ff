import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugsFor } from './slug.js';

const first = (name: string, cityName?: string) => slugsFor({ name, cityName }).next().value;

describe('the slug of a new org', () => {
  it.each([
    ['Buenos Aires AI Safety Hub', 'buenos-aires-ai-safety-hub'],
    ['  Łódź — Grupa “Æther”  ', 'lodz-grupa-aether'],
    ['ST Labs', 'st-labs'],
    ['AI & Society @ Oxford!', 'ai-society-oxford'],
  ])('of %s is %s', (name, slug) => {
    expect(first(name)).toBe(slug);
  });

  it('goes by the city where the name has no Latin letter, and else by “org”', () => {
    expect(first('Группа чтения', 'Tbilisi')).toBe('tbilisi');
    expect(first('قراءة')).toBe('org');
  });

  it('counts on when it is taken, within fifty characters', () => {
    const slugs = slugsFor({ name: 'a'.repeat(80), cityName: undefined });
    expect([slugs.next().value, slugs.next().value, slugs.next().value]).toEqual([
      'a'.repeat(50),
      `${'a'.repeat(48)}-2`,
      `${'a'.repeat(48)}-3`,
    ]);
  });

  it('fits everywhere, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, cityName) => {
        const slugs = slugsFor({ name, cityName });
        for (let tried = 0; tried < 12; tried += 1) {
          expect(slugs.next().value).toMatch(/^(?=.{1,50}$)[a-z0-9]+(-[a-z0-9]+)*$/);
        }
      }),
    );
  });
});
