// `npm test`: installs and builds, checks format, lint and types, then runs every test.
// `npm test -- PATH` runs only the tests of that path.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, install, root, say } from './prepare.mjs';

checkNode();
install();
await build();

const only = process.argv.slice(2);
const bin = (...path) => join(root, 'node_modules', ...path);

if (only.length === 0) {
  const compiler = bin('@typescript', 'native', 'bin', 'tsc');
  check('format and lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']);
  check('types', [compiler, '--noEmit']);
  check('types of the playground’s page', [compiler, '--noEmit', '-p', 'src/platforms/playground/client']);
}

const { ensureChromium } = await import('./chromium.mjs');
const chromium = await ensureChromium();
const scratch = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
const report = join(scratch, 'report.json');
const done = spawnSync(
  process.execPath,
  [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : { ROLLCALL_NO_BROWSER: '1' }) },
  },
);
const counts = readCounts(report);
rmSync(scratch, { recursive: true, force: true });
if (!chromium) {
  say('!!! NO CHROMIUM COULD BE HAD, SO THE BROWSER TESTS DID NOT RUN: tests/playground/*.browser.test.ts');
  say('!!! Install one (Debian: apt-get install chromium), or name it: CHROMIUM_PATH=/path/to/chromium npm test');
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(done.status ?? 1);

function check(what, args) {
  say(`checking ${what}.`);
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    say(`${what}: see above.`);
    process.exit(result.status ?? 1);
  }
}

function readCounts(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
