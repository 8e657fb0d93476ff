import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type GeoPermissibleObjects, geoPath } from 'd3-geo';
import { merge, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { MapRegion } from '../../domain/orgs/org-map.js';
import type { Frame } from './frames.js';

const require = createRequire(import.meta.url);

/** Coasts and the borders between countries, as SVG paths. */
export interface LandPaths {
  land: string;
  borders: string;
}

interface World {
  /** All in one, as each border would be drawn twice country by country. */
  land: GeoPermissibleObjects;
  borders: GeoPermissibleObjects;
}

const worlds = new Map<Frame['detail'], World>();
const drawn = new Map<MapRegion, LandPaths>();

/** The land of a frame, drawn once for each region but `near`, which is another for each reader. */
export function landPaths(region: MapRegion, { projection, detail }: Frame): LandPaths {
  const known = drawn.get(region);
  if (known && region !== 'near') return known;
  const world = worlds.get(detail) ?? readWorld(detail);
  worlds.set(detail, world);
  // A tenth of a pixel is as fine as anyone can see.
  const path = geoPath(projection).digits(1);
  const paths = { land: path(world.land) ?? '', borders: path(world.borders) ?? '' };
  drawn.set(region, paths);
  return paths;
}

/** ISO 3166-1 numeric: no org has been founded there yet. */
const ANTARCTICA = '010';

/** Natural Earth's countries, public domain; that the file is as we think is what the tests that draw from it show. */
function readWorld(detail: Frame['detail']): World {
  const text = readFileSync(require.resolve(`world-atlas/countries-${detail}.json`), 'utf8');
  const topology = JSON.parse(text) as Topology<{ countries: GeometryCollection }>;
  const { countries } = topology.objects;
  countries.geometries = countries.geometries.filter(({ id }) => id !== ANTARCTICA);
  return {
    land: merge(topology, countries.geometries.filter(isArea)),
    borders: mesh(topology, countries, (one, other) => one !== other),
  };
}

function isArea(geometry: GeometryObject): geometry is Polygon | MultiPolygon {
  return geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
}
