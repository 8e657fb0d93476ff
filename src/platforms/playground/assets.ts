import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIST_FOLDER } from '../../shared/package-root.js';

/** The page's files, as the build leaves them, with their types. Nothing else in that folder is served. */
const TYPES = {
  'index.html': 'text/html; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'theme.js': 'text/javascript; charset=utf-8',
  'styles.css': 'text/css; charset=utf-8',
  'favicon.svg': 'image/svg+xml',
} as const;

export type AssetName = keyof typeof TYPES;

export interface Asset {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
}

export type Assets = ReturnType<typeof createAssets>;

/** Where the build puts them. */
const BUILT_FOLDER = join(DIST_FOLDER, 'src', 'platforms', 'playground', 'assets');

/** Reads the page's files, once each. */
export function createAssets(folder = BUILT_FOLDER) {
  const read = new Map<AssetName, Asset>();
  return {
    isAsset: (name: string): name is AssetName => Object.hasOwn(TYPES, name),

    /** The file, or nothing when the page has not been built. */
    async find(name: AssetName): Promise<Asset | undefined> {
      const known = read.get(name);
      if (known) return known;
      const bytes = await readFile(join(folder, name)).catch(() => undefined);
      if (!bytes) return undefined;
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      const asset = { type: TYPES[name], bytes: new Uint8Array(bytes), etag };
      read.set(name, asset);
      return asset;
    },
  };
}
