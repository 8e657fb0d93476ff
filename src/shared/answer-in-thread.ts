import { parentPort, type TransferListItem } from 'node:worker_threads';
import type { ThreadRequest, ThreadResponse } from './own-thread.js';

/** The other end of `createOwnThread`: does each task it is sent. `handOver` lists what need not be copied. */
export function answerInThread<Task, Result>(
  act: (task: Task) => Result,
  handOver: (result: Result) => TransferListItem[] = () => [],
): void {
  parentPort?.on('message', ({ id, task }: ThreadRequest<Task>) => {
    try {
      const result = act(task);
      parentPort?.postMessage({ id, result } satisfies ThreadResponse<Result>, handOver(result));
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown';
      parentPort?.postMessage({ id, problem } satisfies ThreadResponse<Result>);
    }
  });
}
