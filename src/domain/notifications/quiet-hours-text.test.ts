import { describe, expect, it } from 'vitest';
import { quietHoursText, readQuietHours } from './quiet-hours-text.js';

const written = (text: string) => {
  const read = readQuietHours(text);
  return read.kind === 'hours' ? quietHoursText(read.hours) : read.kind;
};

describe('quiet hours as people write them', () => {
  it.each([
    ['22:00-08:00', '22:00-08:00'],
    ['22-8', '22:00-08:00'],
    [' 22:30 – 7:15 ', '22:30-07:15'],
    ['10pm to 8am', '22:00-08:00'],
    ['12am-12pm', '00:00-12:00'],
    ['from 9.00 until 17.30', '09:00-17:30'],
    ['22h-24', '22:00-00:00'],
    ['off', 'off'],
    ['None', 'off'],
  ])('%s is %s', (text, meaning) => expect(written(text)).toBe(meaning));

  it.each(['', 'tonight', '25-8', '22:61-8', '22', '22-8-9', '13pm-8', '0am-8', '24:30-8', '-', '9'.repeat(4_000)])(
    '“%s” is none',
    (text) => expect(written(text)).toBe('unreadable'),
  );

  it('cannot be the whole day', () => {
    for (const text of ['8-8', '00:00-24:00', '8am-08:00']) expect(written(text)).toBe('whole-day');
  });
});
