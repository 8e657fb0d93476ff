import { getBoundsOfDistance, getDistance } from 'geolib';
import type { City } from './city.js';

/** A point on the globe, in degrees. */
export type Point = Pick<City, 'latitude' | 'longitude'>;

/** "Near" reaches so far; where there is nothing, the nearest few within the second reach (product.md section 4). */
export const NEAR_KM = 100;
export const FAR_KM = 500;
/** How many are shown of what is only within the second reach. */
export const MOST_FAR = 5;

/** Great-circle distance. */
export function kmBetween(one: Point, other: Point): number {
  return getDistance(one, other) / 1_000;
}

/** A box on the globe, in degrees. Where `west` is greater than `east` it reaches across the date line. */
export interface Bounds {
  south: number;
  north: number;
  west: number;
  east: number;
}

/** Widens a box a little, so that what lies just at the distance is inside whatever the rounding. */
const MARGIN = 1.01;

/** A box that holds every point within the distance, and some more; all longitudes where it reaches a pole. */
export function boundsAround(point: Point, km: number): Bounds {
  const [low, high] = getBoundsOfDistance(point, km * 1_000 * MARGIN);
  if (!low || !high) throw new RangeError('There is no box around that point.');
  return { south: low.latitude, north: high.latitude, west: low.longitude, east: high.longitude };
}

/** What is near, the nearest first: all within 100 km, else the nearest few within 500 km. */
export function nearOnes<Item extends { distanceKm: number }>(items: readonly Item[]): Item[] {
  const sorted = [...items].sort((one, other) => one.distanceKm - other.distanceKm);
  const near = sorted.filter(({ distanceKm }) => distanceKm <= NEAR_KM);
  return near.length > 0 ? near : sorted.filter(({ distanceKm }) => distanceKm <= FAR_KM);
}
