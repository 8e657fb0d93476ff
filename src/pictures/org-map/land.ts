import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type GeoProjection, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Frame } from './frames.js';

const require = createRequire(import.meta.url);

type World = Topology<{ countries: GeometryCollection }>;

/** ISO 3166-1 numeric: no org has been founded there yet. */
const ANTARCTICA = '010';

/** The file's packaging is checked by the tests that draw from it. */
function readWorld(detail: Frame['detail']): World {
  const world = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${detail}.json`), 'utf8')) as World;
  const { countries } = world.objects;
  countries.geometries = countries.geometries.filter(({ id }) => id !== ANTARCTICA);
  return world;
}

const worlds = new Map<Frame['detail'], World>();

/** Coasts and the borders between countries, as SVG paths. Natural Earth's, public domain. */
export function landPaths({ projection, detail }: Frame): { land: string; borders: string } {
  const world = worlds.get(detail) ?? readWorld(detail);
  worlds.set(detail, world);
  const { countries } = world.objects;
  const path = pathOf(projection);
  return {
    land: path(feature(world, countries)) ?? '',
    borders: path(mesh(world, countries, (one, other) => one !== other)) ?? '',
  };
}

/** A tenth of a pixel is as fine as anyone can see. */
function pathOf(projection: GeoProjection) {
  return geoPath(projection).digits(1);
}
