import { LIMITS } from './limits.js';
import { fairMost } from './text-budget.js';
import type { Part } from './view-parts.js';

/** One component is the container around everything. */
const MOST_INSIDE = LIMITS.components - 1;

/** What a part counts, nested components included. */
function weight(part: Part): number {
  switch (part.kind) {
    case 'item':
      return part.button ? 3 : 1;
    case 'buttons':
      return 1 + part.buttons.length;
    case 'select':
      return 2;
    case 'pager':
      return 4;
    case 'text':
    case 'image':
    case 'file':
    case 'divider':
      return 1;
  }
}

const total = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + weight(part), 0);

/**
 * The parts such that Discord takes them all: items at the end of lists go first, and a line says how many; then
 * neighbouring texts share a component; what taps there are stays as long as anything else can give way.
 *
 * @param more the line that says how many items are not shown.
 */
export function fitParts(all: readonly Part[], more: (count: number) => Part): Part[] {
  let parts = withoutLastItems(all, more);
  if (total(parts) > MOST_INSIDE) parts = parts.filter(({ kind }) => kind !== 'divider');
  if (total(parts) > MOST_INSIDE) parts = joinedTexts(parts);
  while (total(parts) > MOST_INSIDE) parts = parts.slice(0, -1);
  return parts;
}

function withoutLastItems(all: readonly Part[], more: (count: number) => Part): Part[] {
  const parts = [...all];
  let dropped = 0;
  let end = 0;
  while (total(parts) + (dropped > 0 ? 1 : 0) > MOST_INSIDE) {
    const last = parts.findLastIndex(({ kind }) => kind === 'item');
    if (last < 0) break;
    parts.splice(last, 1);
    dropped += 1;
    end = last;
  }
  return dropped === 0 ? parts : parts.toSpliced(end, 0, more(dropped));
}

type Write = Extract<Part, { kind: 'text' }>['write'];

function joinedTexts(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  let run: Write[] = [];
  const endRun = () => {
    if (run.length > 0) result.push(joined(run));
    run = [];
  };
  for (const part of parts) {
    if (part.kind === 'text') run.push(part.write);
    else {
      endRun();
      result.push(part);
    }
  }
  endRun();
  return result;
}

function joined(texts: readonly Write[]): Part {
  return {
    kind: 'text',
    write: (most = Number.POSITIVE_INFINITY) => {
      const share = fairMost(
        texts.map((write) => write().length),
        most - texts.length + 1,
      );
      return texts
        .map((write) => write(share))
        .filter((text) => text !== '')
        .join('\n');
    },
  };
}
