import { type Cluster, together } from './clusters.js';

/** A cluster as a circle with its number. */
export interface Dot extends Cluster {
  /** In pixels. */
  radius: number;
  /** The number written in it; a single org has none. */
  count: string | undefined;
}

const LEAST_RADIUS = 9;
const MOST_RADIUS = 44;
/** Growth of a circle's radius with the root of its orgs, so that areas compare. */
const GROWTH = 7;
/** Room that digits need inside their circle: around them all, and for each. */
const ROOM_FOR_DIGITS = 10;
const ROOM_A_DIGIT = 6.5;

/** Circles may touch and overlap a little, to this share of their radii, but hide no number. */
const CLOSEST = 0.8;

/** Circles whose areas grow with the number of orgs, with room for their numbers; the largest first. */
export function dotsOf(clusters: readonly Cluster[]): Dot[] {
  const dots = sized(clusters);
  const merged = mergeOnce(dots);
  return merged.length === dots.length ? dots : dotsOf(merged);
}

/** The same, with the first too close to a larger one taken into it. */
function mergeOnce(dots: readonly Dot[]): readonly Cluster[] {
  for (const [place, dot] of dots.entries()) {
    const close = dots.slice(place + 1).find((other) => isTooClose(dot, other));
    if (!close) continue;
    const rest = dots.filter((other) => other !== dot && other !== close);
    return [...rest, together(dot, close)].sort((one, other) => other.orgs - one.orgs);
  }
  return dots;
}

function isTooClose(one: Dot, other: Dot): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < (one.radius + other.radius) * CLOSEST;
}

function sized(clusters: readonly Cluster[]): Dot[] {
  const most = Math.max(1, ...clusters.map(({ orgs }) => orgs));
  const growth = Math.min(GROWTH, (MOST_RADIUS - LEAST_RADIUS) / Math.sqrt(most));
  return clusters.map(({ x, y, orgs, cities, foremost }) => {
    const count = orgs > 1 ? compact.format(orgs) : undefined;
    const byArea = LEAST_RADIUS + (orgs > 1 ? growth * Math.sqrt(orgs) : 0);
    const byDigits = count === undefined ? 0 : ROOM_FOR_DIGITS + count.length * ROOM_A_DIGIT;
    return { x, y, orgs, cities, foremost, count, radius: Math.max(byArea, byDigits) };
  });
}

/** "12", "940", "1.2K". */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
