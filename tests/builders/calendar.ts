import { DateTime } from 'luxon';
import type { EventFacts } from '../../src/domain/events/event.js';
import {
  type CalendarRead,
  type EventSource,
  type LookedUp,
  type ReadEvent,
  SourceProblem,
  type SourceProblemCode,
} from '../../src/domain/events/event-source.js';

/** What a test's calendar holds: the facts, and whether it says outright that the event is called off. */
export interface HeldEvent {
  facts: EventFacts;
  state: 'on' | 'cancelled';
}

/** Valid facts: a public evening in Lisbon. */
export function facts(lumaId: string, startsAt: string, overrides: Partial<EventFacts> = {}): EventFacts {
  const start = DateTime.fromISO(startsAt, { zone: 'utc' });
  return {
    lumaId,
    title: `Event ${lumaId}`,
    description: '',
    url: `https://luma.com/${lumaId}`,
    startsAt: start,
    endsAt: start.plus({ hours: 2 }),
    zone: 'Europe/Lisbon',
    isAllDay: false,
    isForeign: false,
    place: { kind: 'offline', name: 'Rua Augusta 1, Lisbon', city: 'Lisbon', at: undefined },
    visibility: 'public',
    tags: [],
    ...overrides,
  };
}

/** A calendar in memory, for rules that are about what is read and not about how: it behaves as a key's or a feed's. */
export function testCalendar(kind: 'api' | 'feed') {
  const events = new Map<string, HeldEvent>();
  const elsewhere = new Set<string>();
  const unlisted = new Set<string>();
  const descriptions = new Map<string, string>();
  let fault: SourceProblem | undefined;
  let lookUpFault: SourceProblem | undefined;
  const asked = { reads: 0, since: [] as (DateTime | undefined)[], lookUps: [] as string[], described: [] as string[] };
  let isUnchanged = false;
  let whileReading: (() => Promise<unknown>) | undefined;

  const toRead = ({ facts: told, state }: HeldEvent): ReadEvent => ({
    lumaId: told.lumaId,
    startsAt: told.startsAt,
    fingerprint: JSON.stringify(told),
    state,
    facts: () => told,
  });

  const lookUp = async (lumaId: string): Promise<LookedUp> => {
    asked.lookUps.push(lumaId);
    if (lookUpFault) throw lookUpFault;
    const held = events.get(lumaId);
    if (held) return { kind: 'here', event: toRead(held) };
    return { kind: elsewhere.has(lumaId) ? 'elsewhere' : 'gone' };
  };

  const source: EventSource = {
    describe: async () => ({ calendarId: 'cal-test', name: 'Test calendar', pageUrl: undefined, zone: undefined }),
    async read({ since, etag }): Promise<CalendarRead> {
      asked.reads += 1;
      asked.since.push(since);
      await whileReading?.();
      if (fault) throw fault;
      if (isUnchanged && etag !== undefined) return { kind: 'unchanged' };
      // A feed holds all of its past each time.
      const isWhole = since === undefined || kind === 'feed';
      const listed = [...events.values()].filter(
        ({ facts: told }) => !unlisted.has(told.lumaId) && (isWhole || told.startsAt >= since),
      );
      return { kind: 'read', events: listed.map(toRead), etag: kind === 'feed' ? 'tag' : undefined };
    },
    ...(kind === 'api'
      ? {
          lookUp,
          async describeEvent(lumaId: string) {
            asked.described.push(lumaId);
            return descriptions.get(lumaId) ?? '';
          },
        }
      : {}),
  };

  return {
    source,
    events,
    elsewhere,
    unlisted,
    asked,
    descriptions,
    hold(...held: EventFacts[]) {
      for (const told of held) {
        events.set(told.lumaId, { facts: told, state: 'on' });
        unlisted.delete(told.lumaId);
        elsewhere.delete(told.lumaId);
      }
    },
    change(lumaId: string, changes: Partial<EventFacts>) {
      const held = events.get(lumaId);
      if (!held) throw new Error(`The calendar holds no ${lumaId}.`);
      held.facts = { ...held.facts, ...changes };
    },
    callOff(lumaId: string) {
      const held = events.get(lumaId);
      if (held) held.state = 'cancelled';
    },
    remove: (lumaId: string) => void events.delete(lumaId),
    giveAway(lumaId: string) {
      events.delete(lumaId);
      elsewhere.add(lumaId);
    },
    unlist: (lumaId: string) => void unlisted.add(lumaId),
    fail(code: SourceProblemCode | undefined, retryAfterMs?: number) {
      fault = code && new SourceProblem(code, retryAfterMs);
    },
    failLookUps(code: SourceProblemCode | undefined) {
      lookUpFault = code && new SourceProblem(code);
    },
    sayUnchanged: (is: boolean) => {
      isUnchanged = is;
    },
    /** Something else that happens while the calendar is being read. */
    whileReading(work: (() => Promise<unknown>) | undefined) {
      whileReading = work;
    },
  };
}
