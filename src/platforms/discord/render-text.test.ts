import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, code, commandName, italic, link, rich } from '../../bot/text.js';
import { renderPlain, renderText } from './render-text.js';

const shape = { findCommandId: () => undefined };
const render = (text: Parameters<typeof renderText>[0], most?: number) => renderText(text, shape, most);

describe('plain text', () => {
  it.each([
    ['a_b *c* ~~d~~ ||e|| `f`', 'a\\_b \\*c\\* \\~\\~d\\~\\~ \\|\\|e\\|\\| \\`f\\`'],
    ['# one\n## two\n-# small', '\\# one\n\\## two\n\\-\\# small'],
    ['- a\n  - b\n1. c\n> d\n>>> e', '\\- a\n  \\- b\n1\\. c\n\\> d\n\\>>> e'],
    ['[x](https://evil.example)', '\\[x](https://evil.example)'],
    [
      '<@1> <#2> <@&3> </a:4> <t:5:R> <:x:6> <a:x:7> <id:home>',
      '\\<@1> \\<#2> \\<@&3> \\</a:4> \\<t:5:R> \\<\\:x:6> \\<a\\:x:7> \\<id:home>',
    ],
    ['@everyone @Here ana@here.org', '\\@everyone \\@Here ana\\@here.org'],
    [':smile: 10:30:45 a:b', '\\:smile: 10:30:45 a:b'],
    ['https://example.org/a_b*c and _d_', 'https://example.org/a_b%2Ac and \\_d\\_'],
    ['BAISH - Buenos Aires (AI) #1, 3 < 4, ~20 | 30', 'BAISH - Buenos Aires (AI) #1, 3 < 4, ~20 | 30'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j is written %j', (text, markdown) => {
    expect(render(text)).toBe(markdown);
  });

  it('is not at the beginning of a line behind something marked', () => {
    expect(render(rich`${bold('Kind')} - one`)).toBe('**Kind** - one');
    expect(render(rich`${'-'} one`)).toBe('\\- one');
  });

  it('of nothing visible is nothing', () => {
    for (const text of ['', '  ', '\n\n', '\u200b', '\u202e']) expect(render(text)).toBe('');
    expect(renderText(' \n ', { ...shape, prefix: '-# ' })).toBe('');
  });

  it('written from right to left does not turn its neighbours', () => {
    expect(render(rich`In ${'שלום'}!`)).toBe('In \u2068שלום\u2069!');
  });
});

describe('marked text', () => {
  it('keeps its marks when the text holds the same signs, breaks or nothing', () => {
    expect(render(rich`${bold('a**b')} ${bold('c\n\nd')} ${bold(' ')}${italic('e*')}`)).toBe(
      '**a\\*\\*b** **c d**  *e\\**',
    );
    expect(render([bold('a'), italic('b')])).toBe('**a**\u200b*b*');
    expect(render([code('x`y``z')])).toBe('`xˋyˋˋz`');
  });

  it('links only to the web, and never out of its brackets', () => {
    expect(render(rich`${link('a] (b)', 'https://example.org/x_(y)')}`)).toBe(
      '[a\\] (b)](https://example.org/x_%28y%29)',
    );
    expect(render(rich`${link('run', 'javascript:alert(1)')}`)).toBe('run');
  });

  it('names a command as something to tap where its id is known', () => {
    expect(render([commandName('orgs browse')])).toBe('`/orgs browse`');
    expect(renderText([commandName('orgs browse')], { findCommandId: () => '42' })).toBe('</orgs browse:42>');
  });
});

describe('cutting', () => {
  it('keeps marks closed, escapes whole and characters in one piece', () => {
    expect(render(rich`${bold('abcdefghij')} and more`, 10)).toBe('**abcde**…');
    expect(render('____________', 9)).toBe('\\_\\_\\_\\_…');
    expect(render('👩‍🔬👩‍🔬👩‍🔬', 12)).toBe('👩‍🔬👩‍🔬…');
    expect(renderPlain('👩‍🔬👩‍🔬👩‍🔬', 8)).toBe('👩‍🔬…');
  });

  it('never goes beyond its measure, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }).map(bold),
      fc.string().map(italic),
      fc.string().map(code),
      fc.string().map((text) => link(text, 'https://example.org/')),
    );
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.integer({ min: 8, max: 200 }),
        fc.constantFrom('', '-# ', '## '),
        (text, most, prefix) => {
          expect(renderText(text, { ...shape, prefix }, most).length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
