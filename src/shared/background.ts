import { errorFacts, type Logger } from './logger.js';

/** Work that a reply does not wait for, kept in sight so that stopping can wait for it. */
export interface Background {
  /** Starts the work; a failure goes to the log under that name. */
  run(name: string, work: () => Promise<void>): void;
  /** Waits until nothing runs, however long. */
  settled(): Promise<void>;
  /** Waits for what runs, at most so many milliseconds. */
  drain(mostMs: number): Promise<void>;
}

export function createBackground(logger: Logger): Background {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const task = work()
        .catch((error: unknown) => logger.error({ work: name, error: errorFacts(error) }, 'background work failed'))
        .finally(() => running.delete(task));
      running.add(task);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    async drain(mostMs) {
      if (running.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, mostMs);
      });
      await Promise.race([Promise.all(running), patience]);
      clearTimeout(timer);
    },
  };
}
