import { LRUCache } from 'lru-cache';
import { nanoid } from 'nanoid';

/** A picture or file that stands in a message. */
export interface KeptFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export type KeptFiles = ReturnType<typeof createKeptFiles>;

const MOST_BYTES = 64 * 1024 * 1024;

/** Pictures and files of the messages on show, in memory; the oldest make room when there are too many. */
export function createKeptFiles() {
  const kept = new LRUCache<string, KeptFile>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes.byteLength),
  });
  return {
    /** Keeps it, and gives the address it can be had at; nobody guesses one. */
    keep(file: KeptFile): string {
      const id = nanoid(21);
      kept.set(id, file);
      return `/playground/files/${id}`;
    },
    find: (id: string): KeptFile | undefined => kept.get(id),
  };
}

/** A PNG's size in pixels, from its header; 0 by 0 for anything else. */
export function pngSize(bytes: Uint8Array): { width: number; height: number } {
  const isPng = bytes.byteLength >= 24 && bytes[0] === 0x89 && bytes[1] === 0x50;
  if (!isPng) return { width: 0, height: 0 };
  const header = new DataView(bytes.buffer, bytes.byteOffset, 24);
  return { width: header.getUint32(16), height: header.getUint32(20) };
}
