import { type Answer, type Asked, refusal } from './answer.js';
import type { FakeCalendar } from './calendar.js';
import { calendarJson, guestJson, SELF_JSON, webhookJson, wholeEventJson } from './json.js';
import type { FakeEvent } from './world.js';

/** How the API behaves. */
export interface ApiOptions {
  /** The most entries a page has, whatever was asked for. */
  pageSize: number;
  /** Lists without descriptions, as lu.ma's newest ones are. */
  listsDescriptions: boolean;
}

type Route = (calendar: FakeCalendar, asked: Asked, options: ApiOptions) => Answer;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /v1/users/get-self': () => ({ status: 200, body: SELF_JSON }),
  'GET /v1/calendars/get': ({ facts }) => ({ status: 200, body: calendarJson(facts) }),
  'GET /v1/calendars/events/list': listEvents,
  'GET /v1/events/get': getEvent,
  'GET /v1/events/guests/list': listGuests,
  'GET /v1/webhooks/list': ({ webhooks }, { query }, options) =>
    page(webhooks, query, options, (webhook) => webhookJson(webhook)),
  'POST /v2/webhooks/create': createWebhook,
  'POST /v1/webhooks/delete': deleteWebhook,
};

const NO_ACCESS = "You don't have access to this event.";

/** Answers as the API does for the calendar whose key came along. */
export function answerApi(calendar: FakeCalendar, asked: Asked, options: ApiOptions): Answer {
  const route = ROUTES[`${asked.method} ${asked.path}`];
  return route ? route(calendar, asked, options) : refusal(404, 'Not found');
}

/** Sorting 5,000 events anew for each of their 100 pages would make the stand-in slower than the real one. */
const sorted = new WeakMap<FakeCalendar, { version: number; events: FakeEvent[] }>();

function byStart(calendar: FakeCalendar): FakeEvent[] {
  const kept = sorted.get(calendar);
  if (kept?.version === calendar.version) return kept.events;
  const order = (a: FakeEvent, b: FakeEvent) => a.startAt.toMillis() - b.startAt.toMillis() || (a.id < b.id ? -1 : 1);
  const events = [...calendar.events.values()].sort(order);
  sorted.set(calendar, { version: calendar.version, events });
  return events;
}

function listEvents(calendar: FakeCalendar, { query }: Asked, options: ApiOptions): Answer {
  const platforms = all(query, 'platforms', ['luma']);
  const access = all(query, 'access', ['manage']);
  const after = Date.parse(query.get('after') ?? '') || Number.NEGATIVE_INFINITY;
  const before = Date.parse(query.get('before') ?? '') || Number.POSITIVE_INFINITY;
  const isMeant = (event: FakeEvent) =>
    event.isListed &&
    platforms.includes(event.platform) &&
    access.includes(event.access) &&
    event.startAt.toMillis() > after &&
    event.startAt.toMillis() < before;
  const events = byStart(calendar).filter(isMeant);
  if (query.get('sort_direction')?.startsWith('desc')) events.reverse();
  return page(events, query, options, (event) => {
    const json = calendar.jsonOf(event);
    if (options.listsDescriptions) return json;
    const { description: _text, description_md: _markdown, ...rest } = json;
    return rest;
  });
}

function getEvent(calendar: FakeCalendar, { query }: Asked): Answer {
  const id = query.get('event_id') ?? '';
  const holder = calendar.handedOver.get(id) ?? calendar;
  const event = holder.events.get(id);
  return event ? { status: 200, body: wholeEventJson(event, holder.facts) } : refusal(403, NO_ACCESS);
}

function listGuests(calendar: FakeCalendar, { query }: Asked, options: ApiOptions): Answer {
  const event = calendar.events.get(query.get('event_id') ?? '');
  if (event?.access !== 'manage' || event.platform !== 'luma') return refusal(403, NO_ACCESS);
  const status = query.get('approval_status');
  const guests = event.guests.filter((guest) => !status || guest.status === status);
  return page(guests, query, options, guestJson);
}

function createWebhook(calendar: FakeCalendar, { body }: Asked): Answer {
  const { url, event_types: types } = Object(body);
  if (typeof url !== 'string' || !/^http/.test(url) || !Array.isArray(types) || types.length === 0) {
    return refusal(400, 'Invalid webhook');
  }
  return { status: 200, body: webhookJson(calendar.addWebhook(url, types.map(String))) };
}

function deleteWebhook(calendar: FakeCalendar, { body }: Asked): Answer {
  return calendar.removeWebhook(String(Object(body).id))
    ? { status: 200, body: {} }
    : refusal(404, 'Webhook not found');
}

function all(query: URLSearchParams, name: string, usual: string[]): string[] {
  const given = query.getAll(name);
  return given.length > 0 ? given : usual;
}

/** One page; the cursor is a place in the list, so that a list which changes meanwhile shifts beneath it. */
function page<T>(list: T[], query: URLSearchParams, { pageSize }: ApiOptions, json: (item: T) => unknown): Answer {
  const from = Number(Buffer.from(query.get('pagination_cursor') ?? '', 'base64url').toString('utf8') || 0);
  if (!Number.isInteger(from) || from < 0) return refusal(400, 'Invalid cursor');
  const wanted = Number(query.get('pagination_limit') ?? pageSize) || pageSize;
  const until = from + Math.min(wanted, pageSize);
  const hasMore = until < list.length;
  const cursor = hasMore ? { next_cursor: Buffer.from(String(until)).toString('base64url') } : {};
  return { status: 200, body: { entries: list.slice(from, until).map(json), has_more: hasMore, ...cursor } };
}
