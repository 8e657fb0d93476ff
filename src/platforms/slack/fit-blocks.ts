import type { types } from '@slack/bolt';
import { LIMITS } from './limits.js';
import { plainObject } from './render-text.js';

/** A block with what may be left out of a message that is too long: an item of a list, text, or nothing. */
export type Drawn =
  | { block: types.KnownBlock; gives: 'text' | 'never' }
  | { block: types.KnownBlock; gives: 'item'; list: unknown };

/**
 * The blocks, at most so many. Items at the end of the longest lists go first, with a word on how many; then text from
 * the end; buttons go last of all.
 */
export function fitBlocks(drawn: readonly Drawn[], most: number): types.KnownBlock[] {
  let room = most;
  let blocks = withinCount(drawn, room);
  while (bytesOf(blocks) > LIMITS.bytesOfBlocks && room > 2) {
    room = Math.max(2, Math.min(room, blocks.length) - 2);
    blocks = withinCount(drawn, room);
  }
  return blocks;
}

function bytesOf(blocks: types.KnownBlock[]): number {
  return Buffer.byteLength(JSON.stringify(blocks));
}

function withinCount(drawn: readonly Drawn[], most: number): types.KnownBlock[] {
  const kept = [...drawn];
  while (kept.length > most) {
    const list = longestList(kept);
    if (!list) break;
    dropItems(kept, list, kept.length - most);
  }
  while (kept.length > most) {
    const lastText = kept.findLastIndex(({ gives }) => gives === 'text');
    if (lastText < 0) break;
    kept.splice(lastText, 1);
  }
  return kept.slice(0, most).map(({ block }) => block);
}

/** The list with the most items left; nothing when no list has two, as a last one would only turn into "1 more". */
function longestList(drawn: readonly Drawn[]): unknown {
  const counts = new Map<unknown, number>();
  for (const one of drawn) if (one.gives === 'item') counts.set(one.list, (counts.get(one.list) ?? 0) + 1);
  const [longest] = [...counts].sort(([, first], [, second]) => second - first);
  return longest && longest[1] > 1 ? longest[0] : undefined;
}

/** Takes items off the end of a list, one more than asked for, as the word on them takes a block. */
function dropItems(drawn: Drawn[], list: unknown, over: number): void {
  const isItem = (one: Drawn) => one.gives === 'item' && one.list === list;
  const count = drawn.filter(isItem).length;
  const dropped = Math.min(over + 1, count - 1);
  const last = drawn.findLastIndex(isItem);
  const words = plainObject(`…and ${dropped} more`, LIMITS.section);
  drawn.splice(last - dropped + 1, dropped, { block: { type: 'context', elements: [words] }, gives: 'never' });
  // A list is cut once: its remaining items stay.
  for (const [position, one] of drawn.entries()) {
    if (isItem(one)) drawn[position] = { block: one.block, gives: 'text' };
  }
}
