import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const client = fileURLToPath(new URL('./client/', import.meta.url));

/** Where the built product looks for the page. */
export const ASSETS_FOLDER = fileURLToPath(new URL('../../../dist/src/platforms/playground/assets/', import.meta.url));

/**
 * Builds the playground's page: one script, one style sheet, the page, its icon. Nothing in it comes from elsewhere.
 *
 * @param {{ outdir: string }} where the files go
 */
export async function buildClient({ outdir }) {
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: [
      { in: join(client, 'main.tsx'), out: 'app' },
      { in: join(client, 'theme-first.ts'), out: 'theme' },
      { in: join(client, 'styles/styles.css'), out: 'styles' },
    ],
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome115', 'firefox115', 'safari16.4'],
    tsconfig: join(client, 'tsconfig.json'),
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'favicon.svg']) await copyFile(join(client, name), join(outdir, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildClient({ outdir: ASSETS_FOLDER });
