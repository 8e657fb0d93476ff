import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const TSX = join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');

/** What a program said and how it ended. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A program that runs. */
export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when it has said something that matches, on either stream; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A folder of its own for a test, with a database file in it. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  return {
    folder,
    file: (name: string) => join(folder, name),
    database: `file:${join(folder, 'rollcall.db')}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts `rollcall` from the sources, with this environment and nothing of ours. */
export function rollcall(args: string[], environment: Record<string, string>, cwd = ROOT): Running {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment };
  const program = join(ROOT, 'src', 'cli', 'rollcall.ts');
  return watch(spawn(process.execPath, fromSources(program, args), { cwd, env }));
}

/** What to give to Node so that it runs a program of ours from its source. */
export function fromSources(program: string, args: readonly string[]): string[] {
  return ['--import', TSX, program, ...args];
}

/** Follows a program's words until it ends. */
export function watch(child: ChildProcess): Running {
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  const note = () => {
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', (chunk) => {
    out += chunk;
    note();
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
    note();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(out) ?? pattern.exec(err);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended without saying ${pattern}:\n${out}\n${err}`)));
    });
  return { child, ended, says };
}
