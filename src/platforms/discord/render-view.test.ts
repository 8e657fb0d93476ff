import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../bot/actions.js';
import { type Block, button, buttons, linkButton, list, note, pager, paragraph, type View } from '../../bot/views.js';
import { renderView } from './render-view.js';

const parts = {
  keptTexts: { keep: async () => 'k'.repeat(22), find: async () => undefined },
  findCommandId: () => undefined,
  drawn: new WeakMap<View, never>(),
};
const tap = runs('help');

interface Loose {
  type: number;
  content?: string;
  custom_id?: string;
  components?: Loose[];
  accessory?: Loose;
}

const flat = (component: Loose): Loose[] => [
  component,
  ...(component.components ?? []).flatMap(flat),
  ...(component.accessory ? flat(component.accessory) : []),
];
const draw = async (view: View) => (await renderView(view, parts)).body.components.flatMap((one) => flat(one as Loose));

describe('a view that is too much', () => {
  it('puts many texts together rather than leave some out', async () => {
    const words = Array.from({ length: 120 }, (_, index) => `text ${index}`);
    const all = await draw({ blocks: [...words.map((text) => paragraph(text)), buttons(button('Go', tap))] });
    expect(all.length).toBeLessThanOrEqual(40);
    expect(all.find(({ type }) => type === 10)?.content?.split('\n')).toEqual(words);
    expect(all.some(({ custom_id }) => custom_id !== undefined)).toBe(true);
  });

  it('keeps buttons and pager while items give way', async () => {
    const items = Array.from({ length: 50 }, (_, index) => ({
      title: `item ${index}`,
      lines: [],
      button: button('Show', tap),
    }));
    const all = await draw({
      blocks: [
        list(items),
        buttons(button('One', tap), button('Two', tap)),
        ...pager({ page: 0, pages: 9 }, () => tap),
        note('end'),
      ],
    });
    expect(all.length).toBeLessThanOrEqual(40);
    expect(all.map(({ content }) => content)).toContain('-# …and 40 more');
    expect(all.filter(({ type }) => type === 2)).toHaveLength(10 + 2 + 3);
  });

  it('puts an address too long for a button into the text', async () => {
    const all = await draw({ blocks: [buttons(linkButton('Map', `https://example.org/${'x'.repeat(600)}`))] });
    expect(all.find(({ type }) => type === 10)?.content).toMatch(/^\[Map\]\(https:\/\/example\.org\/x+\)$/);
  });
});

it('keeps within every limit, whatever the view', async () => {
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 3_000 }));
  const anyButton = text.map((label) => button(label, runs('help', { topic: label.slice(0, 200) })));
  const block: fc.Arbitrary<Block> = fc.oneof(
    text.map(paragraph),
    text.map(note),
    fc
      .array(fc.record({ label: text, value: text }), { maxLength: 30 })
      .map((fields) => ({ kind: 'fields', fields }) as const),
    fc
      .array(fc.record({ title: text, lines: fc.array(text, { maxLength: 4 }), button: anyButton }), { maxLength: 30 })
      .map(list),
    fc.array(anyButton, { maxLength: 14 }).map((all) => buttons(...all)),
    fc.constant<Block>({ kind: 'divider' }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(block, { maxLength: 25 }), text, async (blocks, title) => {
      const all = await draw({ title, blocks });
      expect(all.length).toBeLessThanOrEqual(40);
      const texts = all.filter(({ type }) => type === 10).map(({ content = '' }) => content);
      expect(texts.join('').length).toBeLessThanOrEqual(4_000);
      expect(texts.every((content) => content.trim() !== '')).toBe(true);
      const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id) => id.length >= 1 && id.length <= 100)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

describe('a view that is shown again', () => {
  const kept = { keep: async () => 'k', find: async () => undefined };

  it('is drawn once while it stays right for everybody', async () => {
    const parts = { keptTexts: kept, findCommandId: () => undefined, drawn: new WeakMap() };
    const view: View = { blocks: [paragraph('Hello'), buttons(button('Go', tap))] };
    const first = await renderView(view, parts);
    expect(await renderView(view, parts)).toBe(first);
    expect(await renderView({ ...view }, parts)).toEqual(first);
  });

  it('is drawn anew when a long action of it has to be kept, which lasts a month', async () => {
    const parts = { keptTexts: kept, findCommandId: () => undefined, drawn: new WeakMap() };
    const long = { action: 'go', payload: { text: 'x'.repeat(200) } };
    const view: View = { blocks: [buttons(button('Go', long))] };
    const first = await renderView(view, parts);
    expect(await renderView(view, parts)).not.toBe(first);
  });
});
