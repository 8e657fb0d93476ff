import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../../src/shared/clock.js';
import { type Answer, type Asked, refusal } from './answer.js';
import { answerApi } from './api.js';
import { FakeCalendar } from './calendar.js';
import { Faults } from './faults.js';
import { answerFeed } from './feed.js';
import { createHttpServer, type SeenRequest } from './http-server.js';
import { RateLimit } from './rate-limit.js';
import { WebhookSender } from './webhooks.js';
import { createIds } from './world.js';

export interface FakeLumaOptions {
  /** When acts happen, webhooks are signed and the minutes of the rate limit pass. */
  clock?: Clock;
  /** The most entries of a page; 50 unless told. */
  pageSize?: number;
  /** How many requests a key has a minute; 200 unless told, as lu.ma gives. */
  perMinute?: number;
  /** Whether entries of lists have descriptions; they do unless told. */
  listsDescriptions?: boolean;
}

export type FakeLuma = Awaited<ReturnType<typeof startFakeLuma>>;

/**
 * lu.ma as a local server: its API, its feeds and its webhooks over real HTTP, with its limits. Tests drive its
 * calendars as organisers would. Answers keep to lu.ma's published specification; `fake-luma.test.ts` checks them.
 */
export async function startFakeLuma(options: FakeLumaOptions = {}) {
  const { clock = systemClock(), pageSize = 50, perMinute = 200, listsDescriptions = true } = options;
  const newId = createIds();
  const calendars = new Map<string, FakeCalendar>();
  const faults = new Faults();
  const requests: SeenRequest[] = [];
  const rateLimit = new RateLimit(perMinute, clock);
  const sender = new WebhookSender(clock, newId);

  function answer(asked: Asked): Answer {
    if (asked.path === '/ics/get') return answerFeed(calendars.get(asked.query.get('id') ?? ''), asked, clock.now());
    const key = String(asked.headers['x-luma-api-key'] ?? '');
    const calendar = [...calendars.values()].find(({ apiKey }) => apiKey !== undefined && apiKey === key);
    if (!calendar) return refusal(401, 'Invalid API key');
    const { isAllowed, headers } = rateLimit.take(key);
    if (!isAllowed) return refusal(429, 'Rate limit exceeded', headers);
    const found = answerApi(calendar, asked, { pageSize, listsDescriptions });
    return { ...found, headers: { ...headers, ...found.headers } };
  }

  const server = createHttpServer({ faults, seen: requests, answer });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  return {
    /** For `LUMA_API_URL`. */
    apiUrl: url,
    /** For `LUMA_ICS_URL`. */
    icsUrl: `${url}/ics/get`,
    /** What goes wrong next. */
    faults,
    /** Every request so far, in the order of their answers. */
    requests,
    rateLimit,
    /** Webhooks: hold them back, let them go in another order, wait until all are answered. */
    webhooks: sender,
    /** A new calendar with a key of its own. */
    addCalendar({ name = 'Lisbon Readers', zone = 'Europe/Lisbon', city = 'Lisbon' as string | null } = {}) {
      const id = newId('cal');
      const facts = { id, name, slug: id.slice(-8).toLowerCase(), city, zone };
      const calendar = new FakeCalendar({ facts, apiKey: newId('key').slice(4), clock, newId, sender });
      calendars.set(id, calendar);
      return calendar;
    },
    /** The public feed of a calendar, as organisers paste it. */
    feedUrlOf: ({ id }: FakeCalendar) => `${url}/ics/get?entity=calendar&id=${id}`,
    async close(): Promise<void> {
      await sender.settled();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
