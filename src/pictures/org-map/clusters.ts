import type { GeoProjection } from 'd3-geo';
import Supercluster, { type PointFeature } from 'supercluster';
import type { MapCity } from '../../domain/orgs/org-map.js';
import { type Box, boxAround, overlaps } from '../boxes.js';
import { HEIGHT, WIDTH } from './style.js';

/** Orgs of one city, or of several that lie too close to be told apart; the centre of gravity, in pixels. */
export interface Cluster {
  x: number;
  y: number;
  orgs: number;
  cities: number;
  /** The city with most orgs, which lends its name. */
  foremost: MapCity;
}

/** Cities closer than this to one another become one dot, in pixels: the first that leaves room for the names. */
const TOGETHER_WITHIN = [46, 64, 84, 108, 136];
const MOST_CLUSTERS = 48;

/** The library thinks in a square world of this many pixels; the picture is laid into it. */
const SQUARE = 2048;

/** A city outside the picture, such as an island far out, is shown at its edge, this many pixels inside. */
const EDGE = 40;

/** Gathers cities into dots by where they are in the picture, none behind a taken box; the one with most orgs first. */
export function clustersOf(
  cities: readonly MapCity[],
  projection: GeoProjection,
  taken: readonly Box[] = [],
): Cluster[] {
  let clusters = cities.flatMap((city) => clusterOf(city, projection, taken));
  for (const radius of TOGETHER_WITHIN) {
    clusters = gather(clusters, radius);
    if (clusters.length <= MOST_CLUSTERS) break;
  }
  return clusters.sort((one, other) => other.orgs - one.orgs || (one.foremost.name < other.foremost.name ? -1 : 1));
}

/** Two clusters as one. */
export function together(one: Cluster, other: Cluster): Cluster {
  const orgs = one.orgs + other.orgs;
  return {
    x: (one.x * one.orgs + other.x * other.orgs) / orgs,
    y: (one.y * one.orgs + other.y * other.orgs) / orgs,
    orgs,
    cities: one.cities + other.cities,
    foremost: other.foremost.orgs > one.foremost.orgs ? other.foremost : one.foremost,
  };
}

function gather(clusters: readonly Cluster[], radius: number): Cluster[] {
  const index = new Supercluster<Cluster, Cluster>({
    minZoom: 0,
    maxZoom: 0,
    extent: SQUARE,
    radius,
    map: (cluster) => ({ ...cluster }),
    reduce: (gathered, more) => Object.assign(gathered, together(gathered, more)),
  });
  return index
    .load(clusters.map(toPoint))
    .getClusters([-180, -90, 180, 90], 0)
    .map(({ properties: { x, y, orgs, cities, foremost } }) => ({ x, y, orgs, cities, foremost }));
}

function clusterOf(city: MapCity, projection: GeoProjection, taken: readonly Box[]): Cluster[] {
  const at = projection([city.longitude, city.latitude]);
  if (!at) return [];
  const [x, y] = inSight(at, taken);
  return [{ x, y, orgs: city.orgs, cities: 1, foremost: city }];
}

function toPoint(cluster: Cluster): PointFeature<Cluster> {
  const coordinates = fromPixels(cluster.x, cluster.y);
  return { type: 'Feature', properties: cluster, geometry: { type: 'Point', coordinates } };
}

/** The same place, or the nearest that is inside the picture; below what it would be hidden behind. */
function inSight([atX, atY]: [number, number], taken: readonly Box[]): [number, number] {
  const x = clamp(atX, EDGE, WIDTH - EDGE);
  const y = clamp(atY, EDGE, HEIGHT - EDGE);
  const hiding = taken.filter((box) => overlaps(box, boxAround(x, y, 0)));
  return [x, Math.max(y, ...hiding.map(({ bottom }) => bottom + EDGE))];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The inverse of the library's own Mercator: distances in its square are distances in the picture. */
function fromPixels(x: number, y: number): [number, number] {
  const mercator = ((180 - (y / SQUARE) * 360) * Math.PI) / 180;
  return [(x / SQUARE) * 360 - 180, (360 * Math.atan(Math.exp(mercator))) / Math.PI - 90];
}
