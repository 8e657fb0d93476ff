import { DateTime } from 'luxon';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as options from './options.js';
import { command } from './registry.js';
import { show } from './reply.js';
import { message } from './views.js';

/** Sunday 29 March 2026, 23:30 UTC: in Auckland it is already Monday, and Lisbon changed its clocks that morning. */
const context = {
  now: () => DateTime.fromISO('2026-03-29T23:30:00Z', { zone: 'utc' }) as DateTime<true>,
  zone: 'Europe/Lisbon',
};
const readAs = <Value>(option: options.Option<Value>, text: string, zone = context.zone) =>
  option.read(text, { ...context, zone });

describe('a duration option', () => {
  const within = options.durationOption('How far ahead');

  it.each([
    ['90m', { minutes: 90 }],
    ['24h', { hours: 24 }],
    ['7d', { days: 7 }],
    ['2w', { weeks: 2 }],
    ['3mo', { months: 3 }],
    [' 7D ', { days: 7 }],
  ])('reads %s', (text, expected) => {
    const read = readAs(within, text);
    expect(read.ok && read.value.toObject()).toEqual(expected);
  });

  it.each(['', '7', 'd', '7 days', '-7d', '0d', '7y', '99999d', '7d; drop table', '１d'])(
    'says what it takes for %j',
    (text) => {
      expect(readAs(within, text)).toEqual({
        ok: false,
        problem: 'It takes a length of time such as 90m, 24h, 7d, 2w or 3mo.',
      });
    },
  );
});

describe('a date option', () => {
  const after = options.dateOption('Joined after', 'ago');
  const until = options.dateOption('Expires', 'ahead');

  it('takes a written day as it stands', () => {
    expect(readAs(after, '2026-01-31')).toEqual({ ok: true, value: '2026-01-31' });
  });

  it('counts from the reader’s own today, not from UTC’s', () => {
    expect(readAs(after, '1d', 'Pacific/Auckland')).toEqual({ ok: true, value: '2026-03-29' });
    expect(readAs(after, '1d', 'America/New_York')).toEqual({ ok: true, value: '2026-03-28' });
    expect(readAs(until, '3mo', 'America/New_York')).toEqual({ ok: true, value: '2026-06-29' });
  });

  it('refuses days that no calendar has', () => {
    expect(readAs(after, '2026-02-29').ok).toBe(false);
    expect(readAs(after, '2026-13-01').ok).toBe(false);
    expect(readAs(after, 'yesterday').ok).toBe(false);
  });

  it('knows leap days', () => {
    expect(readAs(after, '2028-02-29')).toEqual({ ok: true, value: '2028-02-29' });
  });
});

describe('a choice option', () => {
  const kind = options.choiceOption('Kind', { reading_group: 'Reading group', chapter: 'Local chapter' });

  it.each(['reading_group', 'Reading group', 'reading-group', ' READING GROUP '])(
    'reads %j by value or label',
    (text) => {
      expect(readAs(kind, text)).toEqual({ ok: true, value: 'reading_group' });
    },
  );

  it('lists what it takes otherwise', () => {
    expect(readAs(kind, 'club')).toEqual({ ok: false, problem: 'It takes one of reading_group, chapter.' });
  });
});

describe('a list of choices', () => {
  const offsets = options.choicesOption('When', { '1w': 'A week', '1d': 'A day', '1h': 'An hour' });

  it('reads them with commas between, once each', () => {
    expect(readAs(offsets, '1d, 1h,1d')).toEqual({ ok: true, value: ['1d', '1h'] });
  });

  it.each(['', ',', '1d,2d'])('refuses %j as a whole', (text) => {
    expect(readAs(offsets, text).ok).toBe(false);
  });
});

describe('numbers, yes and no, and text', () => {
  it('keeps whole numbers within bounds', () => {
    const uses = options.integerOption('Uses', { least: 1, most: 100 });
    expect(readAs(uses, '100')).toEqual({ ok: true, value: 100 });
    for (const text of ['0', '101', '1.5', '1e2', 'ten', '']) expect(readAs(uses, text).ok).toBe(false);
  });

  it('takes the usual spellings of yes and no', () => {
    const mirror = options.yesNoOption('Mirror');
    for (const text of ['yes', 'TRUE', 'on', '1']) expect(readAs(mirror, text)).toEqual({ ok: true, value: true });
    for (const text of ['no', 'False', 'off', '0']) expect(readAs(mirror, text)).toEqual({ ok: true, value: false });
    expect(readAs(mirror, 'maybe').ok).toBe(false);
  });

  it('counts characters as people do', () => {
    const name = options.textOption('Name', { most: 3 });
    expect(readAs(name, '👋👋👋').ok).toBe(true);
    expect(readAs(name, 'abcd')).toEqual({ ok: false, problem: 'That is 4 characters; it takes up to 3.' });
  });
});

describe('a command', () => {
  it('hands its options over as what they were declared', () => {
    command({
      name: 'try',
      description: 'Types only',
      options: {
        org: options.required(options.textOption('Org')),
        within: options.durationOption('How far'),
        type: options.choiceOption('Kind', { talk: 'Talk', social: 'Social' }),
        mirror: options.yesNoOption('Mirror'),
      },
      run: async (_actor, values) => {
        expectTypeOf(values.org).toEqualTypeOf<string>();
        expectTypeOf(values.type).toEqualTypeOf<'talk' | 'social' | undefined>();
        expectTypeOf(values.mirror).toEqualTypeOf<boolean | undefined>();
        expectTypeOf(values.within?.toMillis()).toEqualTypeOf<number | undefined>();
        return show(message('done'));
      },
    });
  });
});
