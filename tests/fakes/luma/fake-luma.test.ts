import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../../src/shared/clock.js';
import type { FakeCalendar } from './calendar.js';
import { type FakeLuma, startFakeLuma } from './fake-luma.js';
import { specificationCheck } from './openapi-check.js';
import { signatureOf } from './webhooks.js';

const start = DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' }) as DateTime<true>;
const clock = movableClock({ now: () => start });

let luma: FakeLuma;
let calendar: FakeCalendar;

beforeEach(async () => {
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar();
});
afterEach(() => luma.close());

async function ask(path: string, { key = calendar.apiKey ?? '', body }: { key?: string; body?: unknown } = {}) {
  const response = await fetch(`${luma.apiUrl}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-luma-api-key': key },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Somebody whom lu.ma calls. */
async function startReceiver() {
  const received: { type: string; signature: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    received.push({ type: JSON.parse(body).type, signature: String(request.headers['webhook-signature']), body });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, received, close: () => server.close() };
}

describe('the stand-in for lu.ma', () => {
  it('answers in the shapes of lu.ma’s specification, wherever that is at hand', async () => {
    const check = specificationCheck();
    const event = calendar.addEvent({ tags: ['Reading group'] });
    calendar.addEvent({ platform: 'external' });
    calendar.addEvent({ place: undefined, locationType: 'zoom', meetingUrl: 'https://zoom.us/j/1' });
    const guest = calendar.registerGuest(event, { name: null, ticketCount: 2 });
    calendar.checkIn(event, guest, 1);
    const answers = {
      'GET /v1/users/get-self': await ask('/v1/users/get-self'),
      'GET /v1/calendars/get': await ask('/v1/calendars/get'),
      'GET /v1/calendars/events/list': await ask('/v1/calendars/events/list?platforms=luma&platforms=external'),
      'GET /v1/events/get': await ask(`/v1/events/get?event_id=${event.id}`),
      'GET /v1/events/guests/list': await ask(`/v1/events/guests/list?event_id=${event.id}`),
      'POST /v2/webhooks/create': await ask('/v2/webhooks/create', {
        body: { url: 'http://127.0.0.1:1/', event_types: ['*'] },
      }),
      'GET /v1/webhooks/list': await ask('/v1/webhooks/list'),
    };
    for (const [route, { status, body }] of Object.entries(answers)) {
      expect({ route, status }).toEqual({ route, status: 200 });
      expect(check(route, body)).toEqual([]);
    }
    expect(answers['GET /v1/calendars/events/list'].body.entries).toHaveLength(3);
    expect(answers['GET /v1/events/guests/list'].body.entries[0].event_tickets[1].checked_in_at).toBeTruthy();
  });

  it('sends webhooks in those shapes, signed with the whole secret', async () => {
    const check = specificationCheck();
    const receiver = await startReceiver();
    const { body: webhook } = await ask('/v2/webhooks/create', { body: { url: receiver.url, event_types: ['*'] } });
    const event = calendar.addEvent();
    calendar.cancelGuest(event, calendar.registerGuest(event));
    calendar.cancel(event);
    await luma.webhooks.settled();
    receiver.close();
    const types = ['event.created', 'guest.registered', 'guest.updated', 'guest.updated', 'event.canceled'];
    expect(receiver.received.map(({ type }) => type)).toEqual(types);
    for (const { type, body, signature } of receiver.received) {
      expect(check(type, JSON.parse(body))).toEqual([]);
      expect(signature).toBe(signatureOf(webhook.secret, body, start.toUnixInteger()));
    }
  });

  it('pages by 50 whatever is asked, and names no cursor on the last page', async () => {
    for (let hour = 0; hour < 120; hour += 1) calendar.addEvent({ startAt: start.plus({ hours: hour }) });
    const first = (await ask('/v1/calendars/events/list?pagination_limit=500')).body;
    const second = (await ask(`/v1/calendars/events/list?pagination_cursor=${first.next_cursor}`)).body;
    const third = (await ask(`/v1/calendars/events/list?pagination_cursor=${second.next_cursor}`)).body;
    expect([first, second, third].map(({ entries }) => entries.length)).toEqual([50, 50, 20]);
    expect(third).not.toHaveProperty('next_cursor');
    expect(new Set([first, second, third].flatMap(({ entries }) => entries).map(({ id }) => id)).size).toBe(120);
    const late = await ask(`/v1/calendars/events/list?after=${start.plus({ hours: 117 }).toISO()}`);
    expect(late.body.entries).toHaveLength(2);
  });

  it('refuses wrong keys, foreign events, and whoever asks too often until a minute has passed', async () => {
    const other = luma.addCalendar();
    const theirs = other.addEvent();
    expect((await ask('/v1/calendars/get', { key: 'wrong' })).status).toBe(401);
    expect((await ask(`/v1/events/get?event_id=${theirs.id}`)).status).toBe(403);
    luma.rateLimit.perMinute = 2;
    expect((await ask('/v1/calendars/get')).headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await ask('/v1/calendars/get');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    clock.moveTo(clock.now().plus({ seconds: 61 }));
    expect((await ask('/v1/calendars/get')).status).toBe(200);
  });

  it('serves the public part of a calendar as a folded feed', async () => {
    calendar.addEvent({
      id: 'evt-Open',
      name: 'Ünderstanding Gödel, Escher, Bach; and what came of it all afterwards',
    });
    calendar.addEvent({ id: 'evt-Closed', visibility: 'private' });
    const response = await fetch(luma.feedUrlOf(calendar));
    const text = await response.text();
    expect(text).toContain('UID:evt-Open@events.lu.ma\r\n');
    expect(text).not.toContain('evt-Closed');
    expect(text).toContain('?pk=');
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBe(75);
    const again = await fetch(luma.feedUrlOf(calendar), {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});
