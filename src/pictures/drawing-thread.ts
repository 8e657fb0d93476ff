import { createOwnThread } from '../shared/own-thread.js';
import type { Drawing } from './draw.js';

/** How long one picture may take, waiting for those before it included; in milliseconds. */
const DRAWN_WITHIN_MS = 20_000;

/** The thread that draws; it holds some 100 MB while it is kept. */
export function createDrawingThread({ idleMs }: { idleMs?: number } = {}) {
  const thread = createOwnThread<Drawing, Uint8Array>({
    program: 'pictures/picture-worker',
    mostMs: DRAWN_WITHIN_MS,
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  return {
    /** Draws it in the thread. @throws Error when it cannot be drawn, or not in time. */
    draw: (drawing: Drawing): Promise<Uint8Array> =>
      thread.run(drawing).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : 'unknown';
        throw new Error(`A picture could not be drawn: ${reason}`, { cause });
      }),
    /** Ends the thread; pictures that were waiting fail. */
    close: () => thread.close(),
  };
}
