import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { timed } from './measure.js';

/** Time between two commands of a member while something runs, in milliseconds. */
export const COMMAND_EVERY_MS = 20;

/** How long a run took, and how everything else fared meanwhile. */
export interface Beside {
  tookMs: number;
  delayP99Ms: number;
  commands: number[];
}

/** Runs a job while a member goes on giving commands. */
export async function beside(run: () => Promise<unknown>, command: () => Promise<number>): Promise<Beside> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const commands: number[] = [];
  let isRunning = true;
  const member = (async () => {
    while (isRunning) {
      commands.push(await command());
      await wait(COMMAND_EVERY_MS);
    }
  })();
  delay.enable();
  const tookMs = await timed(run);
  delay.disable();
  isRunning = false;
  await member;
  return { tookMs, delayP99Ms: delay.percentile(99) / 1e6, commands };
}
