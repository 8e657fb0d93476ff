import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, kitchenSink } from '../contracts/kitchen-sink.js';
import { type Component, flatten } from '../fakes/discord/components.js';
import type { Seen } from '../fakes/discord/seen.js';
import { type OnDiscord, startOnDiscord } from '../flows/discord-harness.js';

let on: OnDiscord;

beforeEach(async () => {
  on = await startOnDiscord({ more: [kitchenSink()] });
});

afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

const runs = (line: string) => on.ana.in(on.guild).runs(line);
const componentsOf = ({ message }: Seen): Component[] => flatten(message?.components ?? []);

describe('every kind of block', () => {
  it('is drawn in one card', async () => {
    const seen = await runs('/sink view');
    const help = on.discord.commands().find(({ name }) => name === 'help');
    expect(seen.text).toBe(
      [
        '## Every kind of **block**',
        `Plain, **bold**, *italic*, \`code\`, [a link](https://example.org/?a=1&b=2), <t:1772388000:F>, </help:${help?.id}>.`,
        '**One** first\n**Two** **second**',
        '**With a button**\n-# one line\n-# another',
        '**Without**',
        '-# Small print.',
      ].join('\n'),
    );
    expect(seen.buttonDetails).toEqual([
      { label: 'Touch', style: 2, isDisabled: false },
      { label: 'Count', style: 1, isDisabled: false },
      { label: 'Fill in', style: 2, isDisabled: false },
      { label: 'Slow', style: 4, isDisabled: false },
      { label: 'Elsewhere', style: 5, isDisabled: false, url: 'https://example.org/' },
      { label: 'Previous', style: 2, isDisabled: false },
      { label: '2 / 3', style: 2, isDisabled: true },
      { label: 'Next', style: 2, isDisabled: false },
    ]);
    expect(seen.selects).toEqual([
      { placeholder: 'Pick some', kind: 3, options: ['Alpha', 'Beta', 'Gamma'], preset: ['Beta'], isDisabled: false },
    ]);
    expect(seen.message?.components[0]).toMatchObject({ type: 17, accent_color: 0x3ba55d });
  });

  it('answers taps and choices', async () => {
    const seen = await runs('/sink view');
    expect((await seen.press('Touch')).text).toBe('touched it');
    expect((await seen.choose('Pick some', ['Alpha', 'Gamma'])).text).toBe('chose a+c');
    const counted = await seen.press('Count');
    expect(counted.text).toBe('count 1');
    expect(counted.message?.id).toBe(seen.message?.id);
    expect((await counted.press('Count')).text).toBe('count 2');
  });

  it('sends pictures and files, which go when the message turns into another', async () => {
    const seen = await runs('/sink files');
    expect(seen.images).toMatchObject([{ source: 'dot.png', alt: 'One red dot' }]);
    expect(seen.files.map(({ name }) => name)).toEqual(['dot.png', '2-list.csv']);
    expect(String(seen.files[1]?.bytes)).toBe('name\r\nAna\r\n');
  });

  it('draws something even when a view is empty', async () => {
    expect((await runs('/sink empty')).text).toBe('Nothing to show here.');
  });

  it('takes commands of three words', async () => {
    expect((await runs('/sink deep down')).text).toBe('deep down');
  });
});

describe('more than Discord takes', () => {
  it('is cut, and every tap that is left still works', async () => {
    const seen = await runs('/sink huge');
    const all = componentsOf(seen);
    expect(all.length).toBeLessThanOrEqual(40);
    const texts = all.filter(({ type }) => type === 10).map(({ content }) => content ?? '');
    expect(texts.join('').length).toBeLessThanOrEqual(4_000);
    expect(texts.join('').length).toBeGreaterThan(3_500);
    expect(texts.some((text) => /^-# …and \d+ more$/.test(text))).toBe(true);
    expect(seen.buttons.filter((label) => label.startsWith('Button '))).toHaveLength(9);
    expect(seen.buttons).toContain('5 / 5000');
    expect((await seen.press('Button 8')).text).toBe('touched the same');
    const [item] = seen.buttons.filter((label) => label.startsWith('Touch 0'));
    expect((await seen.press(item ?? '')).text).toMatch(/^touched 0 x{400}$/);
    expect((await seen.choose(0, [seen.selects[0]?.options[24] ?? ''])).text).toBe('chose 24');
    expect((await seen.press('Next')).text).toBe('count 5');
  });
});

/** What Discord's own parser would still find in a text: everything behind a backslash is out of its reach. */
function live(text: string): string {
  return text.replace(/\\[^0-9A-Za-z\s]/g, '');
}

describe('text that wants to be more', () => {
  it('shows as it was typed and notifies nobody', async () => {
    const seen = await runs('/sink hostile');
    expect(seen.pings).toEqual([]);
    const markUp = live(seen.text)
      .replace(/`[^`\n]*`/g, '')
      .replace(/\[([^\]\n]*)\]\(https:\/\/example\.org\/\)/g, '$1')
      .replace(/^(## |-# )/gm, '')
      .replaceAll('**', '')
      .replaceAll('*', '');
    expect(markUp).not.toMatch(/[_~|`[\]]{2}|`|\[/);
    expect(markUp).not.toMatch(/<(?=[@#:/a-z])/i);
    expect(markUp).not.toMatch(/@(everyone|here)/);
    expect(markUp).not.toMatch(/^\s*(#{1,3}\s|-#|-\s|>|\d+\.\s)/m);
  });

  it('keeps its words whole', async () => {
    const seen = await runs('/sink hostile');
    const shown = seen.text.replace(/\\([^0-9A-Za-z\s])/g, '$1').replace(/[\u2068\u2069]/g, '');
    for (const words of [
      '**bold** _it_',
      '@everyone @here <@700000000000000001>',
      '# heading',
      '<t:1:R> </orgs browse:1>',
    ]) {
      expect(shown).toContain(words);
    }
    expect(shown).toContain('👩‍🔬🏳️‍🌈');
    expect(HOSTILE).toContain('\u202e');
    expect(seen.text).not.toMatch(/[\u202a-\u202e]/);
  });
});
