// A Chromium for the browser tests: one that is installed, else Debian's package when root, else Playwright's download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './prepare.mjs';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where a Chromium is, fetching one if there is none; nothing where none can be had. */
export async function ensureChromium() {
  const there = await findChromium();
  if (there) return there;
  say('the browser tests need a Chromium; fetching one.');
  if (process.getuid?.() === 0 && hasAptGet()) {
    runQuietly('apt-get', ['update', '-qq']);
    runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const installed = await findChromium();
    if (installed) return installed;
  }
  runQuietly(process.execPath, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']);
  return findChromium();
}

async function findChromium() {
  const { chromium } = await import('playwright-core');
  const candidates = [process.env.CHROMIUM_PATH, ...USUAL, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path));
}

function hasAptGet() {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

function runQuietly(command, args) {
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 2],
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
