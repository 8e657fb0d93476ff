import { fork } from 'node:child_process';
import { join } from 'node:path';

/** A process under measurement. */
export interface Child {
  /** From its start until it said that it is ready, in milliseconds. */
  readyAfterMs: number;
  /** Resident memory when it was ready, in bytes. */
  rss: number;
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..');

/** The product as it is shipped: the built program, started by a shim that reports when it is ready. */
export const rollcallProgram = join(ROOT, 'bench', 'bare', 'rollcall.mjs');
export const bareProgram = (name: 'discord' | 'slack' | 'both'): string => join(ROOT, 'bench', 'bare', `${name}.mjs`);

/** Starts a program with exactly this environment and waits until it says that it is ready. */
export function startChild(program: string, environment: Record<string, string>): Promise<Child> {
  const startedAt = performance.now();
  const child = fork(program, [], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...environment },
    // The children run as they are shipped: without the loader that lets this process run TypeScript.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready.`)));
    child.once('message', (message: { rss: number }) =>
      resolve({
        readyAfterMs: performance.now() - startedAt,
        rss: message.rss,
        stop: async () => {
          child.kill('SIGTERM');
          await exited;
        },
      }),
    );
  });
}
