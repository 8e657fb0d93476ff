import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DIST_FOLDER, IS_BUILT, PACKAGE_ROOT } from './package-root.js';

/** How long the thread is kept with nothing to do; in milliseconds. */
const IDLE_MS = 300_000;

export interface OwnThreadOptions {
  /** The program's file below `src/`, without its ending; it answers as `answerInThread` does. */
  program: string;
  /** How long one task may take, waiting for those before it included; in milliseconds. */
  mostMs: number;
  idleMs?: number;
}

export interface OwnThread<Task, Result> {
  /** @throws Error when it fails, does not come in time, or the thread ends. */
  run(task: Task): Promise<Result>;
  /** Ends the thread; tasks that were waiting fail. */
  close(): Promise<void>;
}

/** What a thread is asked. */
export interface ThreadRequest<Task> {
  id: number;
  task: Task;
}

/** What it answers: the result, or what went wrong. */
export type ThreadResponse<Result> = { id: number; result: Result } | { id: number; problem: string };

interface Waiting<Result> {
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * One thread for heavy work, a task at a time, while this one goes on answering. It starts at the first task, rests
 * when there has been none for five minutes, and is replaced when it fails. It keeps no process alive.
 */
export function createOwnThread<Task, Result>(options: OwnThreadOptions): OwnThread<Task, Result> {
  const { program, mostMs, idleMs = IDLE_MS } = options;
  const waiting = new Map<number, Waiting<Result>>();
  let worker: Worker | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;

  const settle = (id: number): Waiting<Result> | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    clearTimeout(one?.timer);
    if (waiting.size === 0) {
      worker?.unref();
      clearTimeout(idleTimer);
      idleTimer = setTimeout(() => void rest(), idleMs).unref();
    }
    return one;
  };
  const rest = async (): Promise<void> => {
    const resting = worker;
    worker = undefined;
    await resting?.terminate();
  };
  /** Whatever ends the thread ends what it was asked; the next task gets a new one. */
  const fail = (failed: Worker | undefined, error: Error): void => {
    if (worker !== failed) return;
    worker = undefined;
    void failed?.terminate();
    for (const id of [...waiting.keys()]) settle(id)?.reject(error);
  };
  const start = (): Worker => {
    const started = new Worker(...workerFile(program));
    started.on('message', (response: ThreadResponse<Result>) => {
      const one = settle(response.id);
      if ('problem' in response) one?.reject(new Error(response.problem));
      else one?.resolve(response.result);
    });
    started.on('error', (error) => fail(started, error instanceof Error ? error : new Error('The thread failed.')));
    started.on('exit', () => fail(started, new Error('The thread ended.')));
    return started;
  };

  return {
    run(task) {
      clearTimeout(idleTimer);
      worker ??= start();
      worker.ref();
      const asked = worker;
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => fail(asked, new Error('A task took too long.')), mostMs);
        waiting.set(id, { resolve, reject, timer });
        asked.postMessage({ id, task } satisfies ThreadRequest<Task>);
      });
    },

    async close() {
      clearTimeout(idleTimer);
      const closing = worker;
      fail(closing, new Error('Rollcall is stopping.'));
      await closing?.terminate();
    },
  };
}

/** The thread's program: as built; else, when run from sources, through the loader that this project runs them with. */
function workerFile(program: string): ConstructorParameters<typeof Worker> {
  if (IS_BUILT) return [pathToFileURL(join(DIST_FOLDER, 'src', `${program}.js`))];
  const loader = import.meta.resolve('tsx/esm/api');
  const source = JSON.stringify(pathToFileURL(join(PACKAGE_ROOT, 'src', `${program}.ts`)).href);
  return [`import('${loader}').then(({ tsImport }) => tsImport(${source}, ${source}))`, { eval: true, execArgv: [] }];
}
