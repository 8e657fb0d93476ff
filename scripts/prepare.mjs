// What `npm start` and `npm test` do first: check Node, install what is missing, build what has changed.
// Kept to old syntax, so that an old Node gets as far as being told that it is too old.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const INSTALLED = join(root, 'node_modules', '.rollcall-installed');
const BUILT = join(root, 'dist', '.rollcall-built');

/** Says one plain line about what is going on. */
export function say(text) {
  process.stderr.write(`rollcall: ${text}\n`);
}

/** Ends with exit code 2 on a Node that is too old. */
export function checkNode() {
  const parts = process.versions.node.split('.').map(Number);
  const isOldEnough = parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19);
  if (isOldEnough) return;
  say(`this needs Node.js 20.19 or newer, and this is ${process.versions.node}.`);
  say('Install a current one from https://nodejs.org, or with a version manager: nvm install 22');
  process.exit(2);
}

/** Installs the dependencies of the lock file, unless just these are there already. */
export function install() {
  const wanted = hashOf(
    [join(root, 'package-lock.json')],
    `${process.versions.modules} ${process.platform} ${process.arch}`,
  );
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  say('installing what it needs. The first time takes a few minutes, as SQLite may have to be compiled.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(npm, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    say('installing failed; npm says why above.');
    process.exit(done.status || 1);
  }
  // On Node 20 SQLite comes without a binary of its own, and npm goes on when it could not be had.
  const isBefore22 = Number(process.versions.node.split('.')[0]) < 22;
  if (isBefore22 && !existsSync(join(root, 'node_modules', 'better-sqlite3', 'build'))) {
    say('SQLite could not be compiled. On Node 20 that takes python3, make and a C++ compiler;');
    say('Debian has them with: apt-get install python3 make g++. Node 22 and newer need none of them.');
    process.exit(1);
  }
  writeFileSync(INSTALLED, wanted);
}

/** Builds into dist/, unless the sources are those that were built last. */
export async function build() {
  const sources = filesIn(join(root, 'src')).concat(filesIn(join(root, 'db')), [
    join(root, 'package-lock.json'),
    join(root, 'tsconfig.json'),
    join(root, 'tsconfig.build.json'),
    join(root, 'scripts', 'prepare.mjs'),
  ]);
  const wanted = hashOf(sources, '');
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === wanted) return;
  say('building.');
  // The file of places stays: it is made anew only when its data changed.
  for (const name of ['src', 'db', '.rollcall-built'])
    rmSync(join(root, 'dist', name), { recursive: true, force: true });
  const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const done = spawnSync(process.execPath, [compiler, '--noEmit', '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) {
    say('building failed; the compiler says why above.');
    process.exit(1);
  }
  await bundle();
  const client = await import(pathToFileURL(join(root, 'src', 'platforms', 'playground', 'build-client.mjs')).href);
  await client.buildClient({ outdir: join(root, 'dist', 'src', 'platforms', 'playground', 'assets') });
  const places = await import(pathToFileURL(join(root, 'dist', 'src', 'db', 'places', 'places-file.js')).href);
  (await places.openPlacesFile()).close();
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, wanted);
}

/** What is run or read by its path. All else stands in a few files beside: reading 600 takes half a second of each start. */
const PROGRAMS = [
  'cli/rollcall',
  'cli/embedding',
  'db/places/places-file',
  'pictures/picture-worker',
  'luma/feed/feed-worker',
];

/** Libraries of many small files, for the same reason. The others are loaded as they come. */
const TAKEN_IN = ['kysely', 'zod', 'hono', '@hono/node-server', 'geolib'];

async function bundle() {
  const esbuild = await import('esbuild');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await esbuild.build({
    entryPoints: PROGRAMS.map((name) => join(root, 'src', `${name}.ts`)),
    outbase: join(root, 'src'),
    outdir: join(root, 'dist', 'src'),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    external: Object.keys(dependencies).filter((name) => !TAKEN_IN.includes(name)),
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
  });
}

function filesIn(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}

function hashOf(files, salt) {
  const hash = createHash('sha256').update(salt);
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
