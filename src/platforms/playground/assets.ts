import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * Reads the page's files, once each: from beside this module in the built product; when run from sources, from where
 * the build put them.
 */
export function createAssets(folder?: string) {
  const folders = folder === undefined ? builtFolders() : [folder];
  const read = new Map<AssetName, Asset>();
  return {
    isAsset: (name: string): name is AssetName => Object.hasOwn(TYPES, name),

    /** The file, or nothing when the page has not been built. */
    async find(name: AssetName): Promise<Asset | undefined> {
      const known = read.get(name);
      if (known) return known;
      for (const one of folders) {
        const bytes = await readFile(join(one, name)).catch(() => undefined);
        if (!bytes) continue;
        const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
        const asset = { type: TYPES[name], bytes: new Uint8Array(bytes), etag };
        read.set(name, asset);
        return asset;
      }
      return undefined;
    },
  };
}

function builtFolders(): string[] {
  const beside = fileURLToPath(new URL('./assets/', import.meta.url));
  const fromSources = fileURLToPath(new URL('../../../dist/src/platforms/playground/assets/', import.meta.url));
  return [beside, fromSources];
}
