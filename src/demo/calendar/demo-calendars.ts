import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { DateTime } from 'luxon';
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
  /**
   * The key that opens an org's calendar, as it goes on from now; nothing for orgs without one. What happens in the
   * calendar at first rests on the key alone, so that a stored one tells the same story after a restart.
   */
  keyFor(orgSlug: string): string | undefined;
  /** Whether a key is one of the demo's, as opposed to one that somebody brought from lu.ma. */
  isDemoKey(apiKey: string): boolean;
  close(): Promise<void>;
}

const KEY_PREFIX = 'demo-calendar-';
/** The org, and when the demo began, in seconds since 1970. */
const KEY = /^demo-calendar-(.+?)(?:-since-(\d{1,12}))?$/u;
const PAGE_SIZE = 50;

/**
 * A small lu.ma on this machine alone: the calendars of some of the demo's orgs, over the routes of the API that
 * Rollcall reads. What they hold follows the clock; nothing is stored.
 */
export async function startDemoCalendars({ clock }: { clock: Clock }): Promise<DemoCalendars> {
  const orgs = new Map(DEMO_ORGS.filter(({ key }) => DEMO_CALENDAR_ORGS.includes(key)).map((org) => [org.key, org]));
  const began = Math.floor(clock.now().toSeconds());
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
    keyFor: (orgSlug) => (orgs.has(orgSlug) ? `${KEY_PREFIX}${orgSlug}-since-${began}` : undefined),
    isDemoKey: (apiKey) => apiKey.startsWith(KEY_PREFIX),
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a key opens: an org's calendar, and when the demo began. */
interface Opened {
  org: DemoOrg;
  began: DateTime | undefined;
}

function createRoutes(orgs: ReadonlyMap<string, DemoOrg>, clock: Clock) {
  const app = new Hono<{ Variables: Opened }>();
  const eventsAt = createDemoEvents();
  const eventsOf = ({ org, began }: Opened) => eventsAt(org, clock.now(), began);
  const find = (opened: Opened, id: string | undefined) => eventsOf(opened).find((event) => event.id === id);
  const noAccess = (c: Context) => c.json({ message: "You don't have access to this event.", code: null }, 403);

  app.use(async (c, next) => {
    const [, slug = '', since] = KEY.exec(c.req.header('x-luma-api-key') ?? '') ?? [];
    const org = orgs.get(slug);
    if (!org) return c.json({ message: 'Invalid API key', code: null }, 401);
    c.set('org', org);
    c.set('began', since === undefined ? undefined : DateTime.fromSeconds(Number(since), { zone: 'utc' }));
    return next();
  });
  app.get('/v1/users/get-self', (c) => c.json(selfAnswer(c.var.org)));
  app.get('/v1/calendars/get', (c) => c.json(calendarAnswer(c.var.org)));
  app.get('/v1/calendars/events/list', (c) => {
    const after = Date.parse(c.req.query('after') ?? '') || Number.NEGATIVE_INFINITY;
    const before = Date.parse(c.req.query('before') ?? '') || Number.POSITIVE_INFINITY;
    const isMeant = (ms: number) => ms > after && ms < before;
    const events = eventsOf(c.var).filter(({ startsAt }) => isMeant(startsAt.toMillis()));
    return c.json(page(events, c.req.query('pagination_cursor'), (event) => eventAnswer(event, c.var.org)));
  });
  app.get('/v1/events/get', (c) => {
    const event = find(c.var, c.req.query('event_id'));
    return event ? c.json(eventAnswer(event, c.var.org)) : noAccess(c);
  });
  app.get('/v1/events/guests/list', (c) => {
    const event = find(c.var, c.req.query('event_id'));
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
