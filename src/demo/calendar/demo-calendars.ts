import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Clock } from '../../shared/clock.js';
import type { DemoOrg } from '../demo-org.js';
import { DEMO_ORGS } from '../demo-orgs.js';
import { calendarAnswer, eventAnswer, guestAnswer, selfAnswer } from './demo-answers.js';
import { createDemoEvents } from './demo-events.js';
import { demoGuestsAt } from './demo-guests.js';
import { DEMO_CALENDAR_ORGS } from './demo-series.js';

/** The demo's lu.ma, running. */
export interface DemoCalendars {
  /** For the API client, in the place of lu.ma's address. */
  url: string;
  /** The key that opens an org's calendar; nothing for orgs without one. The same each time. */
  keyFor(orgSlug: string): string | undefined;
  /** Whether a key is one of the demo's, as opposed to one that somebody brought from lu.ma. */
  isDemoKey(apiKey: string): boolean;
  close(): Promise<void>;
}

const KEY_PREFIX = 'demo-calendar-';
const PAGE_SIZE = 50;

/**
 * A small lu.ma on this machine alone: the calendars of some of the demo's orgs, over the routes of the API that
 * Rollcall reads. What they hold follows the clock; nothing is stored.
 */
export async function startDemoCalendars({ clock }: { clock: Clock }): Promise<DemoCalendars> {
  const orgs = new Map(DEMO_ORGS.filter(({ key }) => DEMO_CALENDAR_ORGS.includes(key)).map((org) => [org.key, org]));
  const { fetch } = createRoutes(orgs, clock);
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve, reject) => {
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
      resolve({ server: started, port: info.port }),
    );
    started.once('error', reject);
  });
  // It serves this process alone, which need not stay for it.
  server.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    keyFor: (orgSlug) => (orgs.has(orgSlug) ? KEY_PREFIX + orgSlug : undefined),
    isDemoKey: (apiKey) => apiKey.startsWith(KEY_PREFIX),
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function createRoutes(orgs: ReadonlyMap<string, DemoOrg>, clock: Clock) {
  const app = new Hono<{ Variables: { org: DemoOrg } }>();
  const eventsAt = createDemoEvents();
  const eventsOf = (org: DemoOrg) => eventsAt(org, clock.now());
  const find = (org: DemoOrg, id: string | undefined) => eventsOf(org).find((event) => event.id === id);
  const noAccess = (c: Context) => c.json({ message: "You don't have access to this event.", code: null }, 403);

  app.use(async (c, next) => {
    const key = c.req.header('x-luma-api-key') ?? '';
    const org = key.startsWith(KEY_PREFIX) ? orgs.get(key.slice(KEY_PREFIX.length)) : undefined;
    if (!org) return c.json({ message: 'Invalid API key', code: null }, 401);
    c.set('org', org);
    return next();
  });
  app.get('/v1/users/get-self', (c) => c.json(selfAnswer(c.var.org)));
  app.get('/v1/calendars/get', (c) => c.json(calendarAnswer(c.var.org)));
  app.get('/v1/calendars/events/list', (c) => {
    const after = Date.parse(c.req.query('after') ?? '') || Number.NEGATIVE_INFINITY;
    const before = Date.parse(c.req.query('before') ?? '') || Number.POSITIVE_INFINITY;
    const isMeant = (ms: number) => ms > after && ms < before;
    const events = eventsOf(c.var.org).filter(({ startsAt }) => isMeant(startsAt.toMillis()));
    return c.json(page(events, c.req.query('pagination_cursor'), (event) => eventAnswer(event, c.var.org)));
  });
  app.get('/v1/events/get', (c) => {
    const event = find(c.var.org, c.req.query('event_id'));
    return event ? c.json(eventAnswer(event, c.var.org)) : noAccess(c);
  });
  app.get('/v1/events/guests/list', (c) => {
    const event = find(c.var.org, c.req.query('event_id'));
    if (!event) return noAccess(c);
    return c.json(page(demoGuestsAt(c.var.org.key, event, clock.now()), c.req.query('pagination_cursor'), guestAnswer));
  });
  return app;
}

function page<T>(list: readonly T[], cursor: string | undefined, toAnswer: (item: T) => unknown) {
  const from = Number(cursor ?? 0) || 0;
  const entries = list.slice(from, from + PAGE_SIZE).map(toAnswer);
  const hasMore = from + PAGE_SIZE < list.length;
  return { entries, has_more: hasMore, ...(hasMore ? { next_cursor: String(from + PAGE_SIZE) } : {}) };
}
