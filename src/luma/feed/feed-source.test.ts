import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { DateTime } from 'luxon';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeCalendar } from '../../../tests/fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../../../tests/fakes/luma/fake-luma.js';
import { SourceProblem } from '../../domain/events/event-source.js';
import { createFeedReader, type FeedReader } from './feed-reader.js';
import { createFeedSource } from './feed-source.js';
import { createPublicNetwork } from './public-network.js';

const NOW = DateTime.fromISO('2026-03-20T12:00:00Z', { zone: 'utc' }) as DateTime<true>;
const clock = { now: () => NOW };
const FEED = '/ics/get';

let reader: FeedReader;
let luma: FakeLuma;
let calendar: FakeCalendar;

beforeAll(() => {
  reader = createFeedReader();
});
afterAll(() => reader.close());
beforeEach(async () => {
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar({ name: 'Lisbon Readers' });
});
afterEach(() => luma.close());

function open(url = luma.feedUrlOf(calendar), icsUrl = luma.icsUrl, feeds = reader) {
  return createFeedSource(url, 'Europe/Lisbon', { icsUrl, clock, reader: feeds, publicNetwork: createPublicNetwork() });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceProblem)) throw new Error(`no source problem: ${String(error)}`);
  return error.code;
}
const read = (source = open(), etag?: string) => source.read({ since: undefined, etag });

function rawFeed(...lines: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

describe('a calendar by its public feed', () => {
  it('says which calendar it is, and has no guests', async () => {
    const source = open();
    expect(await source.describe()).toEqual({
      calendarId: calendar.id,
      name: 'Lisbon Readers',
      pageUrl: undefined,
      zone: undefined,
    });
    expect(source.listGuests).toBeUndefined();
    expect(source.lookUp).toBeUndefined();
  });

  it('reads events under the ids that the API has for them', async () => {
    const event = calendar.addEvent({
      name: 'Gödel, Escher & Bach; a very long title that has to be folded by its feed',
    });
    const external = calendar.addEvent({ platform: 'external', name: 'Tea & cake', place: undefined });
    calendar.addEvent({ visibility: 'private' });
    const result = await read();
    if (result.kind !== 'read') throw new Error('unchanged');
    expect(result.events.map(({ lumaId, state }) => [lumaId, state])).toEqual([
      [event.id, 'on'],
      [external.id, 'on'],
    ]);
    const facts = result.events.map((one) => one.facts());
    expect(facts[0]).toMatchObject({ title: event.name, url: event.url, startsAt: event.startAt, endsAt: event.endAt });
    expect(facts[0]?.zone).toBe('Europe/Lisbon');
    expect(facts[1]?.title).toBe('Tea & cake');
    expect(result.events[0]?.startsAt).toEqual(event.startAt);
  });

  it('knows when nothing changed: by the tag, and by fingerprints although stamps change', async () => {
    calendar.addEvent();
    const first = await read();
    if (first.kind !== 'read') throw new Error('unchanged');
    expect(await read(open(), first.etag)).toEqual({ kind: 'unchanged' });
    calendar.addEvent({ startAt: NOW.plus({ days: 3 }) });
    const second = await read(open(), first.etag);
    if (second.kind !== 'read') throw new Error('unchanged');
    expect(second.events).toHaveLength(2);
    expect(second.events[0]?.fingerprint).toBe(first.events[0]?.fingerprint);
  });

  it('never takes a feed with repeated events for unchanged: the next one comes into sight by itself', async () => {
    calendar.feedText = rawFeed('BEGIN:VEVENT', 'UID:a', 'DTSTART:20260320T180000Z', 'RRULE:FREQ=DAILY', 'END:VEVENT');
    const result = await read();
    expect(result).toMatchObject({ kind: 'read', etag: undefined });
    expect(result.kind === 'read' && result.events).toHaveLength(6);
  });

  it('stops a rule that never comes to an end, and reads on with the next feed', async () => {
    const rule = 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30';
    calendar.feedText = rawFeed('BEGIN:VEVENT', 'UID:a', 'DTSTART:20260320T180000Z', rule, 'END:VEVENT');
    const impatient = createFeedReader({ mostMs: 6_000 });
    expect(await codeOf(read(open(luma.feedUrlOf(calendar), luma.icsUrl, impatient)))).toBe('bad-answer');
    calendar.feedText = rawFeed('X-WR-CALNAME:Fine again');
    const fine = open(luma.feedUrlOf(calendar), luma.icsUrl, impatient);
    expect((await fine.describe()).name).toBe('Fine again');
    await impatient.close();
  });

  it('leaves this thread free while it reads a large one', async () => {
    const event = (index: number) => [
      'BEGIN:VEVENT',
      `UID:${index}`,
      'DTSTART:20260320T180000Z',
      'SUMMARY:A',
      'END:VEVENT',
    ];
    calendar.feedText = rawFeed(...Array.from({ length: 8_000 }, (_none, index) => event(index)).flat());
    const source = open();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const result = await read(source);
    delay.disable();
    expect(result.kind === 'read' && result.events).toHaveLength(8_000);
    expect(delay.percentile(50) / 1e6).toBeLessThan(50);
  });
});

describe('a feed that goes wrong', () => {
  it.each([
    ['HTML with 200', { kind: 'html' }, 'bad-answer'],
    ['a document that breaks off', { kind: 'broken-json' }, 'bad-answer'],
    ['a body that is cut off', { kind: 'cut-off' }, 'bad-answer'],
    ['no answer', { kind: 'drop' }, 'unavailable'],
    ['an error', { kind: 'status', status: 502 }, 'unavailable'],
    ['no such calendar', { kind: 'status', status: 404 }, 'not-found'],
    ['too often', { kind: 'status', status: 429, headers: { 'retry-after': '90' } }, 'rate-limited'],
    ['more than 5 MB', { kind: 'huge', bytes: 5 * 1024 * 1024 + 1 }, 'too-large'],
    ['a redirect to this machine', { kind: 'redirect', to: 'http://127.0.0.1:1/secret' }, 'not-found'],
    ['a redirect to a neighbour', { kind: 'redirect', to: 'https://192.168.0.1/secret' }, 'not-found'],
  ] as const)('is no read: %s', async (_what, fault, code) => {
    calendar.addEvent();
    luma.faults.plan(FEED, fault, { times: 3 });
    expect(await codeOf(read())).toBe(code);
  });

  it('follows three redirects, and no fourth', async () => {
    calendar.addEvent();
    const redirect = { kind: 'redirect', to: `${luma.feedUrlOf(calendar)}&again=1` } as const;
    luma.faults.plan(FEED, redirect, { times: 3 });
    expect((await read()).kind).toBe('read');
    luma.faults.plan(FEED, redirect, { times: 99 });
    expect(await codeOf(read())).toBe('bad-answer');
  });

  it('never asks this machine or its neighbours, by whatever name', async () => {
    for (const url of [
      luma.feedUrlOf(calendar),
      'https://localhost/x.ics',
      'https://10.0.0.1/x.ics',
      'https://[::ffff:127.0.0.1]/x.ics',
      'https://169.254.169.254/latest/meta-data',
    ]) {
      expect(await codeOf(read(open(url, 'https://api.lu.ma/ics/get')))).toBe('not-found');
    }
    expect(luma.requests).toEqual([]);
  });

  it('counts packed answers by what they unpack to', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/calendar' }).end(bomb);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const icsUrl = `http://127.0.0.1:${port}/ics`;
    expect(await codeOf(read(open(`${icsUrl}?id=cal-1`, icsUrl)))).toBe('too-large');
    server.closeAllConnections();
    server.close();
  });
});
