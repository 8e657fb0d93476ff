import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../../tests/contracts/kitchen-sink.js';
import { bold, code, commandName, italic, link, type RichText, rich, time } from '../../bot/text.js';
import { lengthOf } from './limits.js';
import { harmless, markup, slackText } from './render-text.js';

const words = { prefix: '', firstWords: new Set(['orgs', 'help']) };
const write = (text: RichText, most = 3000) => markup(text, most, words);

describe('text with marks', () => {
  it('writes each mark as Slack reads it', () => {
    const at = DateTime.fromISO('2026-01-01T00:00:00Z', { zone: 'utc' });
    expect(write(rich`Hi ${bold('Ana')}, ${italic('well')} ${code('x')}`)).toBe('Hi *Ana*, _well_ `x`');
    expect(write(rich`${link('a & b', 'https://x.org/?a=1&b=2')}`)).toBe('<https://x.org/?a=1&amp;b=2|a &amp; b>');
    expect(write(rich`${time(at, 'moment')}`)).toBe(
      '<!date^1767225600^{date_short_pretty} at {time}|2026-01-01 00:00 UTC>',
    );
    expect(write(rich`${commandName('orgs browse')}`)).toBe('`/orgs browse`');
  });

  it('puts the workspace’s prefix before commands, also in usage lines', () => {
    const prefixed = { ...words, prefix: 'rc-' };
    expect(markup(rich`${commandName('help')} ${code('/orgs join org:x')} ${code('/other')}`, 99, prefixed)).toBe(
      '`/rc-help` `/rc-orgs join org:x` `/other`',
    );
  });

  it('keeps marks closed around spaces, lines and words', () => {
    expect(write(rich`${bold(' a \n b ')}`)).toBe(' *a* \n *b* ');
    expect(write(rich`un${bold('believ')}able`)).toBe('unbelievable');
    expect(write(rich`${code('a`b\nc')}`)).toBe('`aˋb c`');
    expect(write(rich`${bold('')}${code(' ')}`)).toBe('');
  });

  it('drops addresses that Slack would refuse, and keeps their words', () => {
    expect(write(rich`${link('here', 'javascript:alert(1)')}`)).toBe('here');
    expect(write(rich`${link('a|b>c', 'https://x.org/a|b>c')}`)).toBe('<https://x.org/a%7Cb%3Ec|a¦b&gt;c>');
  });
});

describe('people’s words', () => {
  it('lose what Slack would take for a mark, and nothing else', () => {
    expect(harmless('*b* _i_ ~s~ `c`')).toBe('∗b∗ ˍiˍ ∼s∼ ˋcˋ');
    expect(harmless('snake_case 2*3*4')).toBe('snake_case 2*3*4');
    expect(harmless('> quote\n >> more > less')).toBe('› quote\n ›› more &gt; less');
    expect(harmless('<!channel> <@U1> &lt;')).toBe('&lt;!channel&gt; &lt;@U1&gt; &amp;lt;');
  });

  it('go out as plain text, untouched, where nothing is marked', () => {
    expect(slackText(HOSTILE, 3000, words)).toEqual({ type: 'plain_text', text: HOSTILE, emoji: false });
    expect(slackText('', 3000, words).text).toBe('–');
  });

  it('never open a mark or a mention beside a marked piece, however long they are', () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom('*', '_', '~', '`', '<', '>', '!', '&', ' ', '\n', 'a', 'é', '👩‍🔬', '|') }),
      fc.constantFrom(HOSTILE),
    );
    fc.assert(
      fc.property(piece, piece, fc.integer({ min: 1, max: 120 }), (plain, strong, most) => {
        const text = markup(
          rich`${plain} ${bold(strong)} ${italic(plain)} ${link(strong, 'https://x.org/')}`,
          most,
          words,
        );
        expect(lengthOf(text)).toBeLessThanOrEqual(most);
        const outside = text.replace(/<https:\/\/x\.org\/\|[^<>]*>/g, '');
        expect(outside).not.toMatch(/[<>]/);
        expect(outside.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/&/);
        expect(outside).not.toMatch(/`/);
      }),
    );
  });

  it('are cut with an ellipsis inside the piece where the room ends', () => {
    expect(write(rich`${bold('abcdefgh')} rest`, 6)).toBe('*abc…*');
    expect(write(['a', '&'.repeat(9)], 8)).toBe('a&amp;…');
    expect(lengthOf(write([bold('👩‍🔬'.repeat(5000))], 3000))).toBeLessThanOrEqual(3000);
  });
});
