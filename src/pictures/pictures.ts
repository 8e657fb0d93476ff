import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DrawStars } from '../domain/attendance/stars-picture.js';
import type { DrawOrgMap } from '../domain/orgs/org-map.js';
import type { Drawing } from './draw.js';
import { createDrawingThread } from './drawing-thread.js';

export type Pictures = ReturnType<typeof createPictures>;

const MOST_BYTES = 16 * 1024 * 1024;

/** Draws the product's pictures without holding anything up; what has been drawn lately is not drawn again. */
export function createPictures() {
  const thread = createDrawingThread();
  const drawn = new LRUCache<string, Uint8Array>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
  });
  const underWay = new Map<string, Promise<Uint8Array>>();

  const draw = async (drawing: Drawing): Promise<Uint8Array> => {
    const key = createHash('sha256').update(JSON.stringify(drawing)).digest('base64url');
    const known = drawn.get(key);
    if (known) return known;
    const asked = underWay.get(key) ?? thread.draw(drawing).finally(() => underWay.delete(key));
    underWay.set(key, asked);
    const png = await asked;
    drawn.set(key, png);
    return png;
  };

  const drawOrgMap: DrawOrgMap = (picture) => draw({ kind: 'org-map', picture });
  const drawStars: DrawStars = (picture) => draw({ kind: 'stars', picture });
  return { drawOrgMap, drawStars, close: () => thread.close() };
}
