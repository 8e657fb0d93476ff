import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAP_REGIONS, type MapCity, type OrgMap } from '../../domain/orgs/org-map.js';
import { type Box, boxAround, isInside, overlaps } from '../boxes.js';
import { textWidth, toPng } from '../raster.js';
import { clustersOf } from './clusters.js';
import { dotsOf } from './dots.js';
import { frameOf } from './frames.js';
import { type Label, MORE_GAP, placeLabels } from './labels.js';
import { orgMapSvg } from './org-map-svg.js';
import { HEIGHT, PICTURE, TEXT, WIDTH } from './style.js';

const aMapCity = (overrides: Partial<MapCity> = {}): MapCity => ({
  name: 'Lisbon',
  country: 'PT',
  latitude: 38.72,
  longitude: -9.14,
  orgs: 1,
  ...overrides,
});
const svgOf = (map: Partial<OrgMap>, title = '1 org in 1 city') =>
  orgMapSvg({
    map: { region: 'world', cities: [], withoutCity: 0, home: undefined, ...map },
    title,
    subtitle: 'Somewhere',
  });
const berlin = { name: 'Berlin', latitude: 52.52, longitude: 13.4 };

describe('the map of orgs', () => {
  it.each(MAP_REGIONS)('is a whole picture of %s', (region) => {
    const png = toPng(svgOf({ region, cities: [aMapCity()], home: berlin }));
    const header = new DataView(png.buffer);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([WIDTH, HEIGHT]);
  });

  it('marks nothing about a reader who keeps their city to themselves', () => {
    expect(svgOf({ cities: [aMapCity()] })).not.toContain('>You<');
    expect(svgOf({ cities: [aMapCity()], home: berlin })).toContain('>You<');
  });

  it('shows mark-up in names as text', () => {
    const svg = svgOf({ cities: [aMapCity({ name: '<script>&"\'' })] }, '</text><script>alert(1)</script>');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&#60;script&#62;');
    expect(() => toPng(svg)).not.toThrow();
  });

  it.each(['東京', 'القاهرة', 'תל אביב', '🏙️🏙️', '', '\u202e\u0000'])(
    'names the country where the font lacks %s',
    (name) => {
      const svg = svgOf({ cities: [aMapCity({ name, country: 'JP' })] });
      expect(svg).toContain('>Japan<');
      expect(() => toPng(svg)).not.toThrow();
    },
  );

  it('cuts names that are far too long', () => {
    expect(svgOf({ cities: [aMapCity({ name: 'Llanfair'.repeat(500) })] })).toMatch(/>Llanfair[a-zA-Z]{13}…</);
  });

  it('adds every org up, whatever is close together', () => {
    fc.assert(
      fc.property(manyCities, fc.constantFrom(...MAP_REGIONS), (cities, region) => {
        const dots = dotsOf(clustersOf(cities, frameOf({ region, home: berlin }).projection));
        expect(sum(dots.map(({ orgs }) => orgs))).toBe(sum(cities.map(({ orgs }) => orgs)));
        expect(sum(dots.map((dot) => dot.cities))).toBe(cities.length);
      }),
      { numRuns: 40 },
    );
  });

  it('lets no name touch another name or a dot, nor leave the picture', () => {
    fc.assert(
      fc.property(manyCities, (cities) => {
        const dots = dotsOf(clustersOf(cities, frameOf({ region: 'world', home: undefined }).projection));
        const names = placeLabels(dots, undefined, []).map(boxOfLabel);
        const circles = dots.map(({ x, y, radius }) => boxAround(x, y, radius));
        for (const [place, name] of names.entries()) {
          expect(isInside(name, PICTURE)).toBe(true);
          expect([...names.slice(place + 1), ...circles].filter((other) => overlaps(name, other))).toEqual([]);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('hides no number under another dot', () => {
    fc.assert(
      fc.property(manyCities, (cities) => {
        const dots = dotsOf(clustersOf(cities, frameOf({ region: 'europe', home: undefined }).projection));
        for (const [place, one] of dots.entries()) {
          for (const other of dots.slice(place + 1)) {
            const apart = Math.hypot(one.x - other.x, one.y - other.y);
            expect(apart).toBeGreaterThan((one.radius + other.radius) * 0.79);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

const manyCities = fc.array(
  fc.record({
    name: fc.constantFrom('Lisbon', 'Buenos Aires', 'Rio', 'San Fernando del Valle', 'Ho'),
    country: fc.constantFrom('PT', 'US', 'RU'),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    orgs: fc.integer({ min: 1, max: 5_000 }),
  }),
  { minLength: 1, maxLength: 250 },
);

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The letters of a label, without the free room around them. */
function boxOfLabel({ x, y, name, more }: Label): Box {
  const width = textWidth(name, TEXT.label) + (more === '' ? 0 : MORE_GAP + textWidth(more, TEXT.more));
  return { left: x, right: x + width, top: y - TEXT.label.size * 0.75, bottom: y + TEXT.label.size * 0.2 };
}
