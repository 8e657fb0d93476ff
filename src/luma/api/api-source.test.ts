import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeCalendar } from '../../../tests/fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../../../tests/fakes/luma/fake-luma.js';
import { SourceProblem } from '../../domain/events/event-source.js';
import { movableClock } from '../../shared/clock.js';
import { createOpenSource } from '../open-source.js';

const NOW = DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' }) as DateTime<true>;
const LIST = '/v1/calendars/events/list';

let luma: FakeLuma;
let calendar: FakeCalendar;
const clock = movableClock({ now: () => NOW });

beforeEach(async () => {
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar({ name: 'Lisbon\u202E Readers' });
});
afterEach(() => luma.close());

function open(apiKey = calendar.apiKey ?? '', perMinute = 180) {
  const source = createOpenSource({ apiUrl: luma.apiUrl, icsUrl: luma.icsUrl, clock, perMinute })({
    kind: 'api',
    apiKey,
  });
  const { lookUp, describeEvent, listGuests, addWebhook, removeWebhook } = source;
  if (!lookUp || !describeEvent || !listGuests || !addWebhook || !removeWebhook) throw new Error('not by key');
  return { ...source, lookUp, describeEvent, listGuests, addWebhook, removeWebhook };
}

async function readAll(source = open(), since?: DateTime) {
  const read = await source.read({ since, etag: undefined });
  if (read.kind !== 'read') throw new Error('unchanged');
  return read.events;
}

/** What a promise failed with, as far as it is ours. */
async function problemOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceProblem)) throw new Error(`no source problem: ${String(error)}`);
  return error;
}

function addMany(count: number) {
  return Array.from({ length: count }, (_none, hour) => calendar.addEvent({ startAt: NOW.plus({ hours: hour }) }));
}

describe('a calendar by its key', () => {
  it('says which calendar it is', async () => {
    expect(await open().describe()).toEqual({
      calendarId: calendar.id,
      name: 'Lisbon Readers',
      pageUrl: `https://luma.com/${calendar.facts.slug}`,
      zone: 'Europe/Lisbon',
    });
  });

  it('reads every page, external and foreign events too, from a moment on', async () => {
    addMany(120);
    calendar.addEvent({ platform: 'external', startAt: NOW.plus({ days: 30 }) });
    calendar.addEvent({ access: 'view', startAt: NOW.plus({ days: 31 }) });
    calendar.addEvent({ isListed: false, startAt: NOW.plus({ days: 32 }) });
    const events = await readAll();
    expect(events).toHaveLength(122);
    expect(luma.requests.map(({ query }) => query.get('pagination_cursor') !== null)).toEqual([false, true, true]);
    const starts = events.map(({ startsAt }) => startsAt.toMillis());
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(await readAll(open(), NOW.plus({ days: 29 }))).toHaveLength(2);
  });

  it('makes clean, public facts of an event', async () => {
    const event = calendar.addEvent({
      name: '  Q&amp;A \u202Ewith\u0007 @everyone ',
      description: '# Hello\n\nCome *early*, see [our page](https://example.org/?a=b).\n\n* tea\n* <b>cake</b>',
      url: 'https://luma.com/abc?pk=g-secret',
      meetingUrl: 'https://zoom.us/j/1?pwd=secret',
      zone: 'Not/AZone',
      tags: ['Reading group'],
    });
    const [read] = await readAll();
    expect(read?.facts()).toEqual({
      lumaId: event.id,
      title: 'Q&A with @everyone',
      description: 'Hello\n\nCome early, see our page.\n\n• tea\n• cake',
      url: 'https://luma.com/abc',
      startsAt: event.startAt,
      endsAt: event.endAt,
      zone: 'Europe/Lisbon',
      isAllDay: false,
      isForeign: false,
      place: {
        kind: 'offline',
        name: 'Casa do Comum, R. da Rosa 285, 1200-385 Lisboa, Portugal',
        city: 'Lisbon',
        at: { latitude: 38.7139, longitude: -9.1468 },
      },
      visibility: 'public',
      tags: ['Reading group'],
    });
  });

  it('tells the city alone of an address for guests, and nothing of where online events meet', async () => {
    calendar.addEvent({ isForGuestsOnly: true, startAt: NOW });
    calendar.addEvent({ locationType: 'zoom', place: undefined, startAt: NOW.plus({ hours: 1 }) });
    calendar.addEvent({ locationType: 'missing', place: undefined, startAt: NOW.plus({ hours: 2 }) });
    calendar.addEvent({ locationType: 'hologram', visibility: 'secret', startAt: NOW.plus({ hours: 3 }) });
    const facts = (await readAll()).map((event) => event.facts());
    expect(facts.map(({ place }) => place)).toEqual([
      { kind: 'offline', name: 'Lisbon', city: 'Lisbon', at: undefined },
      { kind: 'online' },
      { kind: 'unknown' },
      expect.objectContaining({ kind: 'offline', city: 'Lisbon' }),
    ]);
    expect(facts.map(({ visibility }) => visibility)).toEqual(['public', 'public', 'public', 'private']);
  });

  it('takes events without an end, or that end before they start', async () => {
    calendar.addEvent({ endAt: null, startAt: NOW });
    calendar.addEvent({ endAt: NOW, startAt: NOW.plus({ hours: 1 }) });
    expect((await readAll()).map((event) => event.facts().endsAt)).toEqual([undefined, undefined]);
  });

  it('gives an event another fingerprint when something of it changed, else the same', async () => {
    const event = calendar.addEvent();
    const fingerprint = async () => (await readAll())[0]?.fingerprint;
    const seen = [await fingerprint(), await fingerprint()];
    calendar.registerGuest(event);
    seen.push(await fingerprint());
    expect(new Set(seen).size).toBe(1);
    for (const change of [
      () => calendar.rename(event, 'Other'),
      () => calendar.move(event, NOW.plus({ days: 9 })),
      () => calendar.relocate(event, { fullAddress: 'Elsewhere 1' }),
      () => calendar.edit(event, { description: 'Other' }),
      () => calendar.edit(event, { tags: ['Talk'] }),
      () => calendar.edit(event, { visibility: 'private' }),
      () => calendar.edit(event, { isForGuestsOnly: true }),
    ]) {
      change();
      seen.push(await fingerprint());
    }
    expect(new Set(seen).size).toBe(8);
  });
});

describe('an event that a list no longer holds', () => {
  it('is here, elsewhere or gone', async () => {
    const other = luma.addCalendar();
    const [hidden, moved, cancelled] = [calendar.addEvent(), calendar.addEvent(), calendar.addEvent()];
    calendar.unlist(hidden);
    calendar.transfer(moved, other);
    calendar.cancel(cancelled);
    const source = open();
    expect(await source.lookUp(hidden.id)).toMatchObject({ kind: 'here', event: { lumaId: hidden.id } });
    expect(await source.lookUp(cancelled.id)).toEqual({ kind: 'gone' });
    expect(await source.lookUp(moved.id)).toEqual({ kind: 'elsewhere' });
  });

  it('is neither gone nor is the key refused when a page comes in lu.ma’s place', async () => {
    const event = calendar.addEvent();
    const wall = { kind: 'status', status: 403, headers: { 'content-type': 'text/html' } } as const;
    luma.faults.plan('/v1/events/get', wall, { times: 3 });
    expect((await problemOf(open().lookUp(event.id))).code).toBe('bad-answer');
    luma.faults.plan(LIST, wall, { times: 3 });
    expect((await problemOf(readAll())).code).toBe('bad-answer');
    luma.faults.plan('/v1/events/get', wall);
    expect(await open().lookUp(event.id)).toMatchObject({ kind: 'here' });
  });

  it('has the fingerprint of the list when a list holds it after all', async () => {
    const event = calendar.addEvent({ tags: ['Talk'] });
    const [listed] = await readAll();
    const found = await open().lookUp(event.id);
    expect(found.kind === 'here' && found.event.fingerprint).toBe(listed?.fingerprint);
  });

  it('is described when asked, as new lists have no descriptions', async () => {
    await luma.close();
    luma = await startFakeLuma({ clock, listsDescriptions: false });
    calendar = luma.addCalendar();
    const event = calendar.addEvent({ description: '**Bring** a question.' });
    expect((await readAll())[0]?.facts().description).toBe('');
    expect(await open().describeEvent(event.id)).toBe('Bring a question.');
    expect(await open().describeEvent('evt-gone')).toBe('');
  });
});

describe('the guests of an event', () => {
  it('are read to the last page, with what lu.ma knows of each', async () => {
    const event = calendar.addEvent();
    const guest = calendar.registerGuest(event, {
      name: null,
      email: ' Bruno@Example.org ',
      utmSource: 'rc-token',
      ticketCount: 2,
    });
    calendar.checkIn(event, guest, 1);
    for (const status of ['waitlist', 'pending_approval', 'invited', 'declined', 'session'] as const) {
      calendar.registerGuest(event, { status });
    }
    for (let more = 0; more < 60; more += 1) calendar.registerGuest(event);
    const guests = await open().listGuests(event.id);
    expect(guests[0]).toEqual({
      lumaGuestId: guest.id,
      lumaUserId: guest.userId,
      name: 'Guest',
      email: 'bruno@example.org',
      linkToken: 'rc-token',
      status: 'registered',
      registeredAt: NOW,
      checkedInAt: NOW,
      joinedOnlineAt: undefined,
    });
    expect(guests.slice(1, 5).map(({ status }) => status)).toEqual(['waiting', 'waiting', 'invited', 'cancelled']);
    expect(guests).toHaveLength(65);
  });

  it('are nobody’s to read for listed events that others run, and for events that are gone', async () => {
    const [theirs, external] = [calendar.addEvent({ access: 'view' }), calendar.addEvent({ platform: 'external' })];
    const source = open();
    await readAll(source);
    for (const id of [theirs.id, external.id, 'evt-gone']) {
      expect((await problemOf(source.listGuests(id))).code).toBe('not-found');
    }
  });
});

describe('a webhook', () => {
  it('is made once for an address, and again when lu.ma paused it', async () => {
    const source = open();
    const made = await source.addWebhook('https://rollcall.example.org/luma/webhook/1');
    expect(made.secret).toMatch(/^whsec_/);
    expect(await source.addWebhook('https://rollcall.example.org/luma/webhook/1')).toEqual(made);
    for (const webhook of calendar.webhooks) webhook.status = 'paused';
    const again = await source.addWebhook('https://rollcall.example.org/luma/webhook/1');
    expect(again.webhookId).not.toBe(made.webhookId);
    expect(calendar.webhooks.map(({ id }) => id)).toEqual([again.webhookId]);
    await source.removeWebhook(again.webhookId);
    await source.removeWebhook(again.webhookId);
    expect(calendar.webhooks).toEqual([]);
  });
});

describe('a read that goes wrong', () => {
  it('is no read: the key is wrong or was revoked', async () => {
    for (const key of ['wrong', '', 'ключ', 'two\r\nx-evil: 1', 'x'.repeat(9_000)]) {
      expect((await problemOf(open(key).describe())).code).toBe('key-refused');
    }
    const source = open();
    calendar.revokeKey();
    expect((await problemOf(readAll(source))).code).toBe('key-refused');
  });

  it.each([
    ['HTML instead of JSON', { kind: 'html' }, 'bad-answer'],
    ['JSON that breaks off', { kind: 'broken-json' }, 'bad-answer'],
    ['a body that is cut off every time', { kind: 'cut-off' }, 'bad-answer'],
    ['connections that drop every time', { kind: 'drop' }, 'unavailable'],
    ['errors every time', { kind: 'status', status: 503 }, 'unavailable'],
    ['a cursor that comes again', { kind: 'repeat-cursor' }, 'bad-answer'],
    ['far too much', { kind: 'huge', bytes: 11 * 1024 * 1024 }, 'too-large'],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }, 'bad-answer'],
    ['a plan that has ended', { kind: 'status', status: 402 }, 'key-refused'],
  ] as const)('is no read, be it on the second page: %s', async (_what, fault, code) => {
    addMany(120);
    luma.faults.plan(LIST, fault, { skip: 1, times: 9 });
    expect((await problemOf(readAll())).code).toBe(code);
  });

  it.each([
    ['an error', { kind: 'status', status: 500 }],
    ['a dropped connection', { kind: 'drop' }],
    ['a body that is cut off', { kind: 'cut-off' }],
  ] as const)('goes on after a passing fault: %s', async (_what, fault) => {
    addMany(120);
    luma.faults.plan(LIST, fault, { skip: 1 });
    expect(await readAll()).toHaveLength(120);
  });

  it('sees an event once that a changing list shows on two pages, and gives up when the two differ', async () => {
    const [first] = addMany(120);
    const push = () => calendar.addEvent({ startAt: NOW.minus({ hours: 1 }) });
    luma.faults.plan(LIST, { kind: 'then', act: push });
    expect(await readAll()).toHaveLength(120);
    const change = () => {
      push();
      for (const event of calendar.events.values()) if (event !== first) event.name = 'Other';
    };
    luma.faults.plan(LIST, { kind: 'then', act: change });
    expect((await problemOf(readAll())).code).toBe('bad-answer');
  });

  it('says how long to wait when lu.ma refuses, and asks no more until then', async () => {
    luma.rateLimit.perMinute = 1;
    addMany(60);
    const source = open();
    const problem = await problemOf(readAll(source));
    expect(problem).toMatchObject({ code: 'rate-limited', retryAfterMs: 60_000 });
    const asked = luma.requests.length;
    expect((await problemOf(source.describe())).code).toBe('rate-limited');
    expect(luma.requests).toHaveLength(asked);
  });
});
