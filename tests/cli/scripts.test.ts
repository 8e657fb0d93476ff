import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { watch } from './program.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Runs a script as a Node of that version would see itself. */
const runAs = (version: string, script: string) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, join(ROOT, 'scripts', script)];
  return watch(spawn(process.execPath, args, { cwd: ROOT })).ended;
};

it.each([
  ['18.20.1', 'start.mjs'],
  ['20.18.3', 'start.mjs'],
  ['16.0.0', 'test.mjs'],
])('says that Node %s is too old for %s, and what to install', async (version, script) => {
  const { code, err } = await runAs(version, script);
  expect(code).toBe(2);
  expect(err).toContain(`needs Node.js 20.19 or newer, and this is ${version}`);
  expect(err).toContain('nodejs.org');
});
