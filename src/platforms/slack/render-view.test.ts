import { describe, expect, it } from 'vitest';
import { emptyView, everyBlock, hostileView, hugeView } from '../../../tests/contracts/kitchen-sink.js';
import { checkBlocks } from '../../../tests/fakes/slack/limits/block-limits.js';
import { Problems } from '../../../tests/fakes/slack/limits/problems.js';
import { runs } from '../../bot/actions.js';
import { button, buttons, list, note, paragraph, type View } from '../../bot/views.js';
import { createActionIds } from './action-ids.js';
import { fallbackText, renderBlocks } from './render-view.js';

const words = { prefix: '', firstWords: new Set<string>() };
const kept = new Map<string, string>();
const ids = createActionIds({
  async keep(text) {
    const key = `key-${kept.size}`;
    kept.set(key, text);
    return key;
  },
  find: async (key) => kept.get(key),
});

async function draw(view: View, most = 50) {
  return renderBlocks(view, { words, ids: await ids.of(view), pictures: new Map(), files: new Map() }, most);
}

async function complaints(view: View, place: 'message' | 'modal' | 'home') {
  const problems = new Problems();
  checkBlocks(problems, '/blocks', await draw(view, place === 'message' ? 50 : 100), place, () => undefined);
  return problems.messages;
}

describe('views as blocks', () => {
  it.each([
    ['every kind of block', everyBlock()],
    ['hostile text', hostileView()],
    ['more than fits', hugeView()],
    ['nothing', emptyView()],
  ])('keep Slack’s limits with %s', async (_what, view) => {
    expect(await complaints(view, 'message')).toEqual([]);
    expect(await complaints(view, 'modal')).toEqual([]);
    expect(await complaints(view, 'home')).toEqual([]);
    expect([...fallbackText(view, words)].length).toBeLessThanOrEqual(3000);
  });

  it('drop items from the end of a list, with a word on it, before text and before buttons', async () => {
    const items = Array.from({ length: 60 }, (_, index) => ({ title: `item ${index}`, lines: [] }));
    const view: View = {
      title: 'Long',
      blocks: [paragraph('before'), list(items), buttons(button('Go', runs('help'))), note('after')],
    };
    const blocks = await draw(view);
    expect(blocks).toHaveLength(50);
    const text = JSON.stringify(blocks);
    expect(text).toContain('item 44');
    expect(text).not.toContain('item 45');
    expect(text).toContain('…and 15 more');
    expect(text).toContain('"Go"');
    expect(text).toContain('after');
  });

  it('keep actions that are too long by a key and find them again', async () => {
    const long = runs('crm message', { text: 'x'.repeat(3000) });
    const [block] = await draw({ blocks: [buttons(button('Send', long))] });
    const value = JSON.stringify(block).match(/"value":"([^"]+)"/)?.[1] ?? '';
    expect(value).toMatch(/^kept:/);
    expect(await ids.read(value)).toBe(`1:run:${JSON.stringify(long.payload)}`);
    expect(await ids.read('kept:gone')).toBe('kept:gone');
  });

  it('are safe to read out as notifications', () => {
    expect(fallbackText({ title: '<!channel>', blocks: [paragraph('a & b')] }, words)).toBe(
      '&lt;!channel&gt;\na &amp; b',
    );
    expect(fallbackText({ blocks: [] }, words)).toBe('Rollcall');
    const ampersands = fallbackText({ blocks: [paragraph('&'.repeat(4000))] }, words);
    expect(ampersands.length).toBeLessThanOrEqual(3000);
    expect(ampersands).toMatch(/^(&amp;)+…$/);
  });
});
