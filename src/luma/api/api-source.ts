import type { DateTime } from 'luxon';
import {
  type CalendarRead,
  type EventSource,
  type GuestFacts,
  type LookedUp,
  type ReadEvent,
  type SourceCalendar,
  SourceProblem,
  type Webhook,
} from '../../domain/events/event-source.js';
import { toInstantText } from '../../shared/clock.js';
import { tidyLine } from '../../shared/tidy-text.js';
import { publicUrl } from '../plain-text.js';
import { ianaZone } from '../zones.js';
import type { ApiClient } from './api-client.js';
import { descriptionOf, isForeign, readEvent } from './event-facts.js';
import { readGuest } from './guest-facts.js';
import { listAll } from './pages.js';
import { Anything, Calendar, EventEntry, GuestEntry, Self, WebhookEntry } from './shapes.js';

/** What we want to hear of at once. */
const EVENT_TYPES = [
  'calendar.event.added',
  'event.canceled',
  'event.created',
  'event.updated',
  'guest.registered',
  'guest.updated',
];

const LIST_PATH = '/v1/calendars/events/list';

/** Events of other platforms and other calendars that this calendar lists are part of it. */
const WHOLE_LIST = {
  platforms: ['luma', 'external'],
  access: ['manage', 'view'],
  sort_column: 'start_at',
  sort_direction: 'asc',
};

type KnownCalendar = SourceCalendar & { calendarId: string };

/** A calendar opened with its key. */
export function createApiSource(client: ApiClient): Required<EventSource> {
  let known: KnownCalendar | undefined;
  /** Listed here, but run by somebody else: their guests are not ours to read. */
  const foreign = new Set<string>();

  async function askCalendar(): Promise<KnownCalendar> {
    const [, { id, name, url, location }] = await Promise.all([
      client.get('/v1/users/get-self', Self),
      client.get('/v1/calendars/get', Calendar),
    ]);
    const zone = ianaZone(location?.timezone);
    known = { calendarId: id, name: tidyLine(name, 100) || 'lu.ma calendar', pageUrl: publicUrl(url), zone };
    return known;
  }

  const toEvent = (entry: EventEntry) => readEvent(entry, () => known?.zone);

  async function listEntries(query: Record<string, string>): Promise<EventEntry[]> {
    const listed = await listAll(client, LIST_PATH, { entry: EventEntry, query: { ...WHOLE_LIST, ...query } });
    if (listed.kind === 'no-access') throw new SourceProblem(listed.status === 403 ? 'key-refused' : 'not-found');
    for (const entry of listed.value) if (isForeign(entry)) foreign.add(entry.id);
    return listed.value;
  }

  const find = (lumaId: string) => client.getOfEvent('/v1/events/get', EventEntry, { event_id: lumaId });

  return {
    describe: askCalendar,

    async read({ since }: { since: DateTime | undefined }): Promise<CalendarRead> {
      const entries = await listEntries(since ? { after: toInstantText(since) } : {});
      if (!known && entries.some(({ timezone }) => !ianaZone(timezone))) await askCalendar();
      return { kind: 'read', events: eachOnce(entries.map(toEvent)), etag: undefined };
    },

    async lookUp(lumaId: string): Promise<LookedUp> {
      const found = await find(lumaId);
      if (found.kind === 'no-access') return { kind: 'gone' };
      const { calendarId } = known ?? (await askCalendar());
      if (found.value.calendar_id !== calendarId) return { kind: 'elsewhere' };
      return { kind: 'here', event: toEvent((await asListed(found.value)) ?? found.value) };
    },

    async describeEvent(lumaId: string): Promise<string> {
      const found = await find(lumaId);
      return found.kind === 'ok' ? descriptionOf(found.value) : '';
    },

    /** @throws SourceProblem `not-found` for an event that is gone, or that others run. */
    async listGuests(lumaId: string): Promise<GuestFacts[]> {
      // An empty list would say that everybody has cancelled.
      if (foreign.has(lumaId)) throw new SourceProblem('not-found');
      const query = { event_id: lumaId };
      const listed = await listAll(client, '/v1/events/guests/list', { entry: GuestEntry, query });
      if (listed.kind === 'no-access') throw new SourceProblem('not-found');
      return listed.value.map(readGuest).filter((guest) => guest !== undefined);
    },

    async addWebhook(url: string): Promise<Webhook> {
      const listed = await listAll(client, '/v1/webhooks/list', { entry: WebhookEntry });
      const ours = listed.kind === 'ok' ? listed.value.filter((webhook) => webhook.url === url) : [];
      const [usable] = ours.filter(isUsable);
      for (const { id } of ours.filter((webhook) => webhook !== usable)) await this.removeWebhook(id);
      const made = usable ? { kind: 'ok' as const, value: usable } : await create(url);
      if (made.kind === 'no-access') throw new SourceProblem('key-refused');
      return { webhookId: made.value.id, secret: made.value.secret };
    },

    /** One that is gone already is fine. */
    async removeWebhook(webhookId: string): Promise<void> {
      await client.post('/v1/webhooks/delete', { id: webhookId }, Anything);
    },
  };

  function create(url: string) {
    return client.post('/v2/webhooks/create', { url, event_types: EVENT_TYPES }, WebhookEntry);
  }

  /** The entry of the list, which has the tags; an event that no list holds has none. */
  async function asListed({ id, start_at: startAt }: EventEntry): Promise<EventEntry | undefined> {
    const around = (ms: number) => new Date(Date.parse(startAt) + ms).toISOString();
    const entries = await listEntries({ after: around(-1_000), before: around(1_000) });
    return entries.find((entry) => entry.id === id);
  }
}

function isUsable({ status, event_types: types }: WebhookEntry): boolean {
  return status === 'active' && (types.includes('*') || EVENT_TYPES.every((type) => types.includes(type)));
}

/**
 * A list that changes while it is read shows an event on two pages; it is still one.
 *
 * @throws SourceProblem `bad-answer` when they do not agree: which of them is right, nobody can tell.
 */
function eachOnce(events: ReadEvent[]): ReadEvent[] {
  const byId = new Map<string, ReadEvent>();
  for (const event of events) {
    const before = byId.get(event.lumaId);
    if (before && before.fingerprint !== event.fingerprint) throw new SourceProblem('bad-answer');
    if (!before) byId.set(event.lumaId, event);
  }
  return [...byId.values()];
}
