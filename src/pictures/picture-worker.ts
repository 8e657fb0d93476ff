import { parentPort } from 'node:worker_threads';
import { type Drawing, draw } from './draw.js';

/** What the drawing thread is asked. */
export interface Request {
  id: number;
  drawing: Drawing;
}

/** What it answers: the picture, or what went wrong. */
export type Response = { id: number; png: Uint8Array } | { id: number; problem: string };

parentPort?.on('message', ({ id, drawing }: Request) => {
  try {
    const png = draw(drawing);
    parentPort?.postMessage({ id, png } satisfies Response, [png.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, problem: error instanceof Error ? error.message : 'unknown' } satisfies Response);
  }
});
