import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { readFeed } from './read-feed.js';

const NOW = '2026-03-20T12:00:00Z';
const DAY_MS = 86_400_000;

/** A document around some lines; line ends and folding as RFC 5545 has them. */
function feedOf(lines: string[], { now = NOW, zone }: { now?: string; zone?: string } = {}) {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
  return readFeed({ text, nowMs: Date.parse(now), zone });
}
const anEvent = (...lines: string[]) => {
  const uid = lines.some((line) => line.startsWith('UID:')) ? [] : ['UID:a@x'];
  return ['BEGIN:VEVENT', ...uid, 'DTSTAMP:20260301T000000Z', ...lines, 'END:VEVENT'];
};
/** So many hours from the next day on, each listed by itself. */
const listedDates = (count: number) => {
  const first = DateTime.fromISO('2026-03-21T18:00:00Z', { zone: 'utc' });
  const hours = Array.from({ length: count }, (_none, index) => first.plus({ hours: index }));
  return `RDATE:${hours.map((at) => at.toFormat("yyyyMMdd'T'HHmmss'Z'")).join(',')}`;
};
const starts = (feed: ReturnType<typeof readFeed>) =>
  feed.events.map(({ startsAtMs }) => new Date(startsAtMs).toISOString());
const ids = (feed: ReturnType<typeof readFeed>) => feed.events.map(({ lumaId }) => lumaId);

describe('one event of a feed', () => {
  it('is lu.ma’s own by its id, without the guest’s key in its link or the frame around its words', () => {
    const [event] = feedOf([
      'BEGIN:VEVENT',
      'UID:evt-AbC123@events.lu.ma',
      'DTSTART:20260401T180000Z',
      'DTEND:20260401T200000Z',
      'SUMMARY:Talk\\, with Q&amp\\;A',
      'DESCRIPTION:Get up-to-date information at: https://luma.com/abc?pk=g-Secret\\n\\nAddress:\\nRua da Rosa 285\\nLi',
      ' sboa\\n\\nHosted by Ana & 3 others',
      'LOCATION:Rua da Rosa 285\\, Lisboa',
      'GEO:38.7139;-9.1468',
      'STATUS:TENTATIVE',
      'END:VEVENT',
    ]).events;
    expect(event).toMatchObject({
      lumaId: 'evt-AbC123',
      isCancelled: false,
      startsAtMs: Date.parse('2026-04-01T18:00:00Z'),
      endsAtMs: Date.parse('2026-04-01T20:00:00Z'),
      zone: 'Europe/Lisbon',
      facts: {
        title: 'Talk, with Q&A',
        url: 'https://luma.com/abc',
        description: 'Hosted by Ana & 3 others',
        place: { kind: 'offline', name: 'Rua da Rosa 285, Lisboa', at: { latitude: 38.7139, longitude: -9.1468 } },
      },
    });
  });

  it.each([
    ['https://us02web.zoom.us/j/123?pwd=secret', 'online'],
    ['https://luma.com/event/evt-AbC123', 'unknown'],
    ['', 'unknown'],
  ])('tells no link as its place: %s', (location, kind) => {
    const [event] = feedOf(anEvent('DTSTART:20260401T180000Z', `LOCATION:${location}`)).events;
    expect(event?.facts.place).toEqual({ kind });
    expect(JSON.stringify(event)).not.toContain('zoom');
  });

  it('never shows the link into a meeting as its page', () => {
    const [event] = feedOf(anEvent('DTSTART:20260401T180000Z', 'URL:https://meet.google.com/abc-defg-hij')).events;
    expect(event?.facts.url).toBeUndefined();
  });

  it.each([
    ['DTEND:20260401T193000Z', '2026-04-01T19:30:00.000Z'],
    ['DURATION:PT45M', '2026-04-01T18:45:00.000Z'],
    ['DTEND:20260401T170000Z', undefined],
    ['SUMMARY:No end', undefined],
  ])('ends when it says, and not before its start: %s', (line, endsAt) => {
    const [event] = feedOf(anEvent('DTSTART:20260401T180000Z', line)).events;
    expect(event?.endsAtMs && new Date(event.endsAtMs).toISOString()).toBe(endsAt);
  });

  it('takes whole days in the calendar’s zone, also over a clock change', () => {
    const lines = anEvent('DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260330');
    const [event] = feedOf(['X-WR-TIMEZONE:Europe/Berlin', ...lines]).events;
    expect(event).toMatchObject({
      isAllDay: true,
      zone: 'Europe/Berlin',
      startsAtMs: Date.parse('2026-03-27T23:00:00Z'),
      endsAtMs: Date.parse('2026-03-29T22:00:00Z'),
    });
    const [bare] = feedOf(anEvent('DTSTART;VALUE=DATE:20260328'), { zone: 'Asia/Tokyo' }).events;
    expect(bare?.endsAtMs).toBe(Date.parse('2026-03-28T15:00:00Z'));
  });

  it('reads floating times, and zones nobody knows, from the calendar’s clock', () => {
    const lines = [
      ...anEvent('DTSTART:20260401T180000'),
      ...anEvent('UID:b', 'DTSTART;TZID=Mars/Base:20260401T180000'),
    ];
    const feed = feedOf(lines, { zone: 'America/New_York' });
    expect(starts(feed)).toEqual(['2026-04-01T22:00:00.000Z', '2026-04-01T22:00:00.000Z']);
    expect(feed.events[0]?.zone).toBe('America/New_York');
  });

  it.each([
    ['20260329T023000', '2026-03-29T01:30:00.000Z'],
    ['20261025T023000', '2026-10-25T00:30:00.000Z'],
  ])('takes an hour that clocks skip for the next, and one that comes twice for the first: %s', (local, instant) => {
    expect(starts(feedOf(anEvent(`DTSTART;TZID=Europe/Berlin:${local}`)))).toEqual([instant]);
  });

  it('knows IANA names within longer ones', () => {
    const [event] = feedOf(
      anEvent('DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Lisbon:20260701T180000'),
    ).events;
    expect(event).toMatchObject({ zone: 'Europe/Lisbon', startsAtMs: Date.parse('2026-07-01T17:00:00Z') });
  });

  it('reads a zone of Windows from the definition beside it', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const rule = 'RRULE:FREQ=WEEKLY;UNTIL=20260409T170000Z';
    const feed = feedOf([...zone, ...anEvent('DTSTART;TZID=W. Europe Standard Time:20260326T190000', rule)], {
      zone: 'Europe/Berlin',
    });
    expect(starts(feed)).toEqual(['2026-03-26T18:00:00.000Z', '2026-04-02T17:00:00.000Z', '2026-04-09T17:00:00.000Z']);
    expect(feed.events[0]?.zone).toBe('Europe/Berlin');
  });

  it('is cancelled where it says so, and keeps its id when it has none or an endless one', () => {
    const [event] = feedOf(anEvent('DTSTART:20260401T180000Z', 'STATUS:CANCELLED')).events;
    expect(event?.isCancelled).toBe(true);
    const bare = ['BEGIN:VEVENT', 'DTSTART:20260401T180000Z', 'SUMMARY:A', 'END:VEVENT'];
    expect(ids(feedOf(bare))).toEqual(ids(feedOf(bare)));
    expect(
      ids(feedOf(['BEGIN:VEVENT', `UID:${'x'.repeat(900)}`, 'DTSTART:20260401T180000Z', 'END:VEVENT']))[0]?.length,
    ).toBeLessThan(50);
  });
});

describe('a repeated event of a feed', () => {
  const weekly = ['DTSTART;TZID=Europe/Lisbon:20260301T180000', 'DTEND;TZID=Europe/Lisbon:20260301T200000'];

  it('stays at 18:00 when clocks change, from yesterday on', () => {
    const feed = feedOf(anEvent(...weekly, 'RRULE:FREQ=WEEKLY;COUNT=6'));
    expect(starts(feed)).toEqual(['2026-03-22T18:00:00.000Z', '2026-03-29T17:00:00.000Z', '2026-04-05T17:00:00.000Z']);
    expect(ids(feed)[0]).toBe('a@x/2026-03-22T18:00:00Z');
    expect(feed.hasRecurring).toBe(true);
    expect(feed.events[1]?.endsAtMs).toBe(Date.parse('2026-03-29T19:00:00Z'));
  });

  it('leaves out exceptions, adds single dates, and takes overrides over', () => {
    const master = anEvent(
      ...weekly,
      'SUMMARY:Club',
      'RRULE:FREQ=WEEKLY;UNTIL=20260412T170000Z',
      'EXDATE;TZID=Europe/Lisbon:20260405T180000',
      'RDATE;TZID=Europe/Lisbon:20260407T180000',
    );
    const moved = anEvent('RECURRENCE-ID:20260329T170000Z', 'DTSTART:20260330T170000Z', 'SUMMARY:Club\\, on Monday');
    const off = anEvent(
      'RECURRENCE-ID;TZID=Europe/Lisbon:20260412T180000',
      'DTSTART:20260412T170000Z',
      'STATUS:CANCELLED',
    );
    const feed = feedOf([...moved, ...master, ...off]);
    const seen = feed.events.map(({ lumaId, startsAtMs, isCancelled, facts }) => [
      lumaId.split('/')[1],
      new Date(startsAtMs).toISOString(),
      facts.title,
      isCancelled,
    ]);
    expect(seen).toEqual([
      ['2026-03-22T18:00:00Z', '2026-03-22T18:00:00.000Z', 'Club', false],
      ['2026-03-29T17:00:00Z', '2026-03-30T17:00:00.000Z', 'Club, on Monday', false],
      ['2026-04-07T17:00:00Z', '2026-04-07T17:00:00.000Z', 'Club', false],
      ['2026-04-12T17:00:00Z', '2026-04-12T17:00:00.000Z', 'Untitled event', true],
    ]);
  });

  it('is changed from an occurrence on where an override says so, until the next one', () => {
    const master = anEvent(...weekly, 'SUMMARY:Club', 'RRULE:FREQ=WEEKLY;COUNT=8');
    const later = anEvent(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Lisbon:20260405T180000',
      'DTSTART;TZID=Europe/Lisbon:20260406T190000',
      'DTEND;TZID=Europe/Lisbon:20260406T200000',
      'SUMMARY:Club on Mondays',
    );
    const evenLater = anEvent(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Lisbon:20260419T180000',
      'DTSTART;TZID=Europe/Lisbon:20260419T180000',
      'SUMMARY:Club again',
    );
    const single = anEvent('RECURRENCE-ID:20260412T170000Z', 'DTSTART:20260414T170000Z', 'SUMMARY:Once on Tuesday');
    const feed = feedOf([...single, ...evenLater, ...later, ...master]);
    const seen = feed.events.map(({ lumaId, startsAtMs, endsAtMs, facts }) => [
      lumaId.split('/')[1],
      new Date(startsAtMs).toISOString(),
      endsAtMs && (endsAtMs - startsAtMs) / 3_600_000,
      facts.title,
    ]);
    expect(seen).toEqual([
      ['2026-03-22T18:00:00Z', '2026-03-22T18:00:00.000Z', 2, 'Club'],
      ['2026-03-29T17:00:00Z', '2026-03-29T17:00:00.000Z', 2, 'Club'],
      ['2026-04-05T17:00:00Z', '2026-04-06T18:00:00.000Z', 1, 'Club on Mondays'],
      ['2026-04-12T17:00:00Z', '2026-04-14T17:00:00.000Z', undefined, 'Once on Tuesday'],
      ['2026-04-19T17:00:00Z', '2026-04-19T17:00:00.000Z', undefined, 'Club again'],
    ]);
  });

  it('keeps its new hour over a clock change, and its new day', () => {
    const october = ['DTSTART;TZID=Europe/Lisbon:20261011T180000', 'RRULE:FREQ=WEEKLY;COUNT=4'];
    const moved = anEvent(
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20261011T170000Z',
      'DTSTART;TZID=Europe/Lisbon:20261012T193000',
    );
    const now = '2026-10-01T00:00:00Z';
    expect(starts(feedOf([...anEvent(...october), ...moved], { now }))).toEqual([
      '2026-10-12T18:30:00.000Z',
      '2026-10-19T18:30:00.000Z',
      '2026-10-26T19:30:00.000Z',
      '2026-11-02T19:30:00.000Z',
    ]);
    const days = anEvent('DTSTART;VALUE=DATE:20261023', 'RRULE:FREQ=DAILY;COUNT=3');
    const dayLater = anEvent('RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261024', 'DTSTART;VALUE=DATE:20261025');
    expect(starts(feedOf([...days, ...dayLater], { now, zone: 'Europe/Lisbon' }))).toEqual([
      '2026-10-22T23:00:00.000Z',
      '2026-10-24T23:00:00.000Z',
      '2026-10-26T00:00:00.000Z',
    ]);
  });

  it('tells its next six dates however endless its rule, within half a year', () => {
    const weekly = feedOf(anEvent('DTSTART:20200101T180000Z', 'RRULE:FREQ=WEEKLY'));
    expect(weekly.events).toHaveLength(6);
    expect(starts(weekly).at(-1)).toBe('2026-04-29T18:00:00.000Z');
    const quarterly = feedOf(anEvent('DTSTART:20200101T180000Z', 'RRULE:FREQ=MONTHLY;INTERVAL=3'));
    expect(starts(quarterly)).toEqual(['2026-04-01T18:00:00.000Z', '2026-07-01T18:00:00.000Z']);
  });

  it('tells no further date for one that is left out', () => {
    const rule = ['DTSTART:20200101T180000Z', 'RRULE:FREQ=WEEKLY'];
    const whole = starts(feedOf(anEvent(...rule)));
    const without = starts(feedOf(anEvent(...rule, 'EXDATE:20260401T180000Z')));
    expect(without).toEqual(whole.filter((at) => at !== '2026-04-01T18:00:00.000Z'));
    expect(without).toHaveLength(5);
  });

  it('tells dates that are listed one by one, 500 at most', () => {
    expect(feedOf(anEvent('DTSTART:20260320T180000Z', listedDates(20))).events).toHaveLength(21);
    expect(feedOf(anEvent('DTSTART:20260320T180000Z', listedDates(600))).events).toHaveLength(500);
  });

  it('repeats whole days and floating hours by the calendar’s own days', () => {
    const days = feedOf(anEvent('DTSTART;VALUE=DATE:20260327', 'RRULE:FREQ=DAILY;UNTIL=20260330'), {
      zone: 'Europe/Berlin',
    });
    expect(ids(days)).toEqual(['27', '28', '29', '30'].map((day) => `a@x/2026-03-${day}`));
    expect(days.events.map(({ startsAtMs, endsAtMs }) => ((endsAtMs ?? 0) - startsAtMs) / 3_600_000)).toEqual([
      24, 24, 23, 24,
    ]);
    const floating = feedOf(anEvent('DTSTART:20260327T180000', 'RRULE:FREQ=DAILY;COUNT=2'), { zone: 'Europe/Berlin' });
    expect(ids(floating)).toEqual(['a@x/2026-03-27T18:00:00', 'a@x/2026-03-28T18:00:00']);
  });

  it('keeps its hour on any clock of the world, the first of two hours alike', () => {
    const zones = [
      'Europe/Lisbon',
      'America/New_York',
      'Pacific/Auckland',
      'Asia/Kolkata',
      'America/Santiago',
      'Africa/Cairo',
    ];
    const anySeries = fc.record({
      zone: fc.constantFrom(...zones),
      day: fc.integer({ min: 0, max: 600 }),
      hour: fc.integer({ min: 0, max: 23 }),
      every: fc.integer({ min: 1, max: 5 }),
      unit: fc.constantFrom('DAILY', 'WEEKLY'),
      count: fc.integer({ min: 1, max: 40 }),
      daysLater: fc.integer({ min: 0, max: 120 }),
    });
    const property = fc.property(anySeries, ({ zone, day, hour, every, unit, count, daysLater }) => {
      const first = DateTime.fromISO('2026-01-01T00:00:00', { zone }).plus({ days: day }).set({ hour, minute: 30 });
      const now = first.plus({ days: daysLater });
      const rule = `RRULE:FREQ=${unit};INTERVAL=${every};COUNT=${count}`;
      const feed = feedOf(anEvent(`DTSTART;TZID=${zone}:${first.toFormat("yyyyMMdd'T'HHmmss")}`, rule), {
        now: now.toUTC().toISO() ?? NOW,
      });
      const expected = Array.from({ length: count }, (_none, index) => {
        const {
          year,
          month,
          day: date,
        } = first.startOf('day').plus({ [unit === 'DAILY' ? 'days' : 'weeks']: index * every });
        const at = DateTime.fromObject({ year, month, day: date, hour: first.hour, minute: 30 }, { zone });
        // An hour that comes twice is the first one (RFC 5545, 3.3.5).
        return DateTime.min(...at.getPossibleOffsets()) ?? at;
      }).filter((at) => at.diff(now).milliseconds >= -DAY_MS && at.diff(now).milliseconds <= 180 * DAY_MS);
      expect(starts(feed)).toEqual(expected.slice(0, 6).map((at) => at.toUTC().toISO()));
    });
    fc.assert(property, { numRuns: 150 });
  });
});

describe('an event that lasts for ever', () => {
  it.each([
    ['a moment', 'DTSTART:20260401T180000Z', 'DURATION:P9999999D'],
    ['a day', 'DTSTART;VALUE=DATE:20260401', 'DURATION:P9999999D'],
  ])('has no end that could be told: %s', (_what, ...lines) => {
    expect(feedOf(anEvent(...lines)).events).toMatchObject([{ endsAtMs: undefined }]);
  });
});

describe('what is no feed', () => {
  it.each([
    ['HTML', '<!doctype html><html></html>'],
    ['a document that broke off', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\n'],
    ['nothing', ''],
    ['an event without a start', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'],
    [
      'an event before there were calendars',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:00010101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    ],
    [
      'an event at the end of time',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=America/New_York:99991231T230000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    ],
    ['a card', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nEND:VCARD\r\n'],
  ])('is refused as a whole: %s', (_what, text) => {
    expect(() => readFeed({ text, nowMs: 0, zone: undefined })).toThrow();
  });

  it('is refused with more events than anybody holds', () => {
    const many = Array.from({ length: 41 }, (_none, index) =>
      anEvent(`UID:${index}`, 'DTSTART:20260320T180000Z', listedDates(500)),
    );
    expect(() => feedOf(many.flat())).toThrow('too many events');
  });
});
