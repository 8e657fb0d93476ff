import { Worker } from 'node:worker_threads';
import type { Drawing } from './draw.js';
import type { Request, Response } from './picture-worker.js';

/** How long one picture may take, waiting for those before it included; in milliseconds. */
const DRAWN_WITHIN_MS = 20_000;
/** How long the thread is kept with nothing to do: it holds some 100 MB. In milliseconds. */
const IDLE_MS = 300_000;

interface Waiting {
  resolve: (png: Uint8Array) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * One thread that draws, a picture at a time, while this one goes on answering. It starts at the first picture, rests
 * when there has been none for five minutes, and is replaced when it fails. It keeps no process alive.
 */
export function createDrawingThread({ idleMs = IDLE_MS } = {}) {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;

  const settle = (id: number): Waiting | undefined => {
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
  /** Whatever ends the thread ends what it was asked; the next picture gets a new one. */
  const fail = (failed: Worker | undefined, error: Error): void => {
    if (worker !== failed) return;
    worker = undefined;
    void failed?.terminate();
    for (const id of [...waiting.keys()]) settle(id)?.reject(error);
  };
  const start = (): Worker => {
    const started = new Worker(...workerFile());
    started.on('message', (response: Response) => {
      const one = settle(response.id);
      if ('png' in response) one?.resolve(response.png);
      else one?.reject(new Error(`A picture could not be drawn: ${response.problem}`));
    });
    started.on('error', (error) => fail(started, error instanceof Error ? error : new Error('The thread failed.')));
    started.on('exit', () => fail(started, new Error('The drawing thread ended.')));
    return started;
  };

  return {
    /** Draws it in the thread. @throws Error when it cannot be drawn, or not in time. */
    draw(drawing: Drawing): Promise<Uint8Array> {
      clearTimeout(idleTimer);
      worker ??= start();
      worker.ref();
      const asked = worker;
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => fail(asked, new Error('A picture took too long.')), DRAWN_WITHIN_MS);
        waiting.set(id, { resolve, reject, timer });
        asked.postMessage({ id, drawing } satisfies Request);
      });
    },

    /** Ends the thread; pictures that were waiting fail. */
    async close(): Promise<void> {
      clearTimeout(idleTimer);
      const closing = worker;
      fail(closing, new Error('Rollcall is stopping.'));
      await closing?.terminate();
    },
  };
}

/** The thread's program: as built; else, when run from sources, through the loader that this project runs them with. */
function workerFile(): ConstructorParameters<typeof Worker> {
  const isBuilt = import.meta.url.endsWith('.js');
  if (isBuilt) return [new URL('./picture-worker.js', import.meta.url)];
  const loader = import.meta.resolve('tsx/esm/api');
  const program = JSON.stringify(new URL('./picture-worker.ts', import.meta.url));
  return [`import('${loader}').then(({ tsImport }) => tsImport(${program}, ${program}))`, { eval: true, execArgv: [] }];
}
