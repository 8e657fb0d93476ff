import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descriptionText, publicUrl, titleText } from './plain-text.js';

describe('a description', () => {
  it.each([
    [
      '## What\n\n**Bold**, *slanted* and `code`\n\n---\n- one\n- two',
      'What\n\nBold, slanted and code\n\n• one\n• two',
    ],
    ['Read [the paper](https://x.org/a) ![cover](https://x.org/b.png)', 'Read the paper'],
    ['<p>Hello &amp; <b>welcome</b></p><ul><li>tea</li></ul>', 'Hello & welcome\n• tea'],
    ['<script>alert(1)</script>Fine', 'Fine'],
    ['snake_case_name and 2 * 3 * 4 = 24', 'snake_case_name and 2 * 3 * 4 = 24'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['\\*not slanted\\*', '*not slanted*'],
    ['> quoted', 'quoted'],
    ['See https://luma.com/abc?pk=g-secret today', 'See https://luma.com/abc today'],
    ['a\u202Eb\u0000c', 'abc'],
  ])('becomes plain text: %j', (raw, text) => {
    expect(descriptionText(raw)).toBe(text);
  });

  it('keeps to 4,000 characters and never splits one, whatever comes, quickly', () => {
    expect([...descriptionText('👩‍🚀'.repeat(9_000))]).toHaveLength(4_000);
    const pieces = fc.constantFrom('*', '_', '[', ']', '(', ')', '<', '>', '`', '\\', '\n', 'a', ' ', '&', '#', '!');
    const started = performance.now();
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), fc.integer({ min: 1, max: 9_000 }), (some, times) => {
        expect(descriptionText(some.join('').repeat(times)).length).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 60 },
    );
    expect((performance.now() - started) / 60).toBeLessThan(500);
  });
});

describe('a title', () => {
  it('is one clean line, and never none', () => {
    expect(titleText(' A &lt;b&gt;\n\u202Etitle ')).toBe('A <b> title');
    expect(titleText(' \u200B\n')).toBe('Untitled event');
    expect(titleText('x'.repeat(999))).toHaveLength(200);
  });
});

describe('a link', () => {
  it.each([
    ['https://luma.com/abc?pk=g-secret#x', 'https://luma.com/abc'],
    ['http://luma.com/abc', undefined],
    ['javascript:alert(1)', undefined],
    ['https://user:pass@luma.com/', undefined],
    ['luma.com/abc', undefined],
    ['', undefined],
    [null, undefined],
  ])('may be shown: %s', (raw, url) => {
    expect(publicUrl(raw)).toBe(url);
  });
});
