import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsAround, kmBetween, nearOnes } from './distance.js';

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('distances', () => {
  it('are those of the globe', () => {
    expect(kmBetween({ latitude: 41.9, longitude: 12.5 }, { latitude: 48.857, longitude: 2.352 })).toBeCloseTo(
      1106,
      -1,
    );
    // Suva and Apia lie on two sides of the date line.
    const suva = { latitude: -18.14, longitude: 178.44 };
    expect(kmBetween(suva, { latitude: -13.83, longitude: -171.77 })).toBeLessThan(1_200);
    expect(kmBetween(suva, suva)).toBe(0);
  });

  it('lie inside the box around a point, poles and date line included', () => {
    fc.assert(
      fc.property(point, point, fc.double({ min: 1, max: 600, noNaN: true }), (centre, other, km) => {
        if (kmBetween(centre, other) > km) return;
        const { south, north, west, east } = boundsAround(centre, km);
        expect(other.latitude).toBeGreaterThanOrEqual(south);
        expect(other.latitude).toBeLessThanOrEqual(north);
        const isInside =
          west <= east
            ? other.longitude >= west && other.longitude <= east
            : other.longitude >= west || other.longitude <= east;
        expect(isInside).toBe(true);
      }),
      {
        numRuns: 2_000,
        examples: [[{ latitude: -16.8, longitude: 179.97 }, { latitude: -16.8, longitude: -179.97 }, 50]],
      },
    );
  });

  it('of points a little apart lie inside the box too', () => {
    const offset = fc.double({ min: -0.8, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(point, offset, offset, (centre, north, east) => {
        const latitude = Math.max(-90, Math.min(90, centre.latitude + north));
        const longitude = ((centre.longitude + east + 540) % 360) - 180;
        const km = kmBetween(centre, { latitude, longitude });
        const box = boundsAround(centre, Math.max(km, 0.1));
        expect(latitude).toBeGreaterThanOrEqual(box.south - 1e-9);
        expect(latitude).toBeLessThanOrEqual(box.north + 1e-9);
        const isAcross = box.west > box.east;
        const isInside = isAcross
          ? longitude >= box.west || longitude <= box.east
          : longitude >= box.west && longitude <= box.east;
        expect(isInside).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('near', () => {
  const at = (...kms: number[]) => kms.map((distanceKm) => ({ distanceKm }));
  it('is within 100 km, the nearest first', () => {
    expect(nearOnes(at(99, 3, 100, 101, 400))).toEqual(at(3, 99, 100));
  });
  it('is within 500 km where nothing is nearer', () => {
    expect(nearOnes(at(501, 450, 101))).toEqual(at(101, 450));
    expect(nearOnes(at(501))).toEqual([]);
  });
});
