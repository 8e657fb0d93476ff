import type { Coordinates } from '../domain/events/event.js';

const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(9999, 0, 1);

/** Whether an event can be meant to begin or end then; what lies further off does not even fit into storage. */
export function isLikelyMoment(ms: number): boolean {
  return ms >= FIRST_MS && ms < LAST_MS;
}

/** A place on this planet, or nothing. */
export function coordinatesOf(latitude: number, longitude: number): Coordinates | undefined {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
