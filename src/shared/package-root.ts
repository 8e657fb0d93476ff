import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url);

/** Whether this runs as it was built, or from the sources. */
export const IS_BUILT = HERE.endsWith('.js');

/**
 * The product's folder: the nearest above that has a `package.json`. Built modules stand together in a few files, so that
 * none can tell from its own place where another file is.
 */
export const PACKAGE_ROOT = rootAbove(dirname(HERE));

/** The folder of what was built. */
export const DIST_FOLDER = join(PACKAGE_ROOT, 'dist');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('There is no package.json above the product’s own files.');
  return rootAbove(above);
}
