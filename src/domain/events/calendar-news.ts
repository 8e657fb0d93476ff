import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { EventId, SourceId } from '../ids.js';
import { describeEvents } from './event-descriptions.js';
import type { EventOutline } from './event-history.js';
import { type EventSource, type ReadEvent, SourceProblem } from './event-source.js';
import { lookUpMissing } from './missing-events.js';
import type { Source } from './source.js';
import { type TouchedEvent, toTouched } from './told-event.js';

/** How far back a key's calendar is read, in days; all of it at the first read. */
const READ_BACK_DAYS = 60;

/** How many events are gone through before everything else has a turn. */
const AT_ONCE = 250;

/** What is to become of an event that a successful read does not hold. */
export type MissingVerdict = 'cancelled' | 'withdrawn' | 'missed';

/** Everything that a successful read tells beyond what is known, gathered before anything is written. */
export interface CalendarNews {
  touched: TouchedEvent[];
  missing: Map<EventId, MissingVerdict>;
  /** Events that an earlier read missed and this one holds, unchanged. */
  seenAgain: EventId[];
  /** Events known before whose descriptions were asked for by themselves. */
  descriptions: Map<EventId, string>;
  /** New and changed events whose descriptions were asked for, by lu.ma's ids. */
  described: Set<string>;
  etag: string | undefined;
}

/** What the org knows before a read. */
export interface KnownEvents {
  /** Of every event of the org, whichever calendar tells of it. */
  outlines: readonly EventOutline[];
  /** The org's calendars. */
  kinds: ReadonlyMap<SourceId, Source['access']['kind']>;
}

/**
 * Reads a calendar to its end and compares it with what is known. Writes nothing.
 *
 * @throws SourceProblem when the read failed as a whole, or looks like a fault of its own (`suspicious`).
 */
export async function readNews(
  calendar: EventSource,
  source: Source,
  known: KnownEvents,
  now: DateTime,
): Promise<CalendarNews> {
  const since = source.firstSyncedAt ? now.minus({ days: READ_BACK_DAYS }) : undefined;
  const read = await calendar.read({ since, etag: source.etag });
  const own = known.outlines.filter(({ sourceId }) => sourceId === source.id);
  const ahead = own.filter(({ state, startsAtMs }) => state === 'on' && startsAtMs > now.toMillis());
  if (read.kind === 'unchanged') {
    const stillMissing = ahead.filter(({ missedReads }) => missedReads > 0);
    return { ...nothingNew(source.etag), missing: missedAgain(stillMissing) };
  }
  const told = new Map(read.events.map((event) => [event.lumaId, event]));
  if (source.access.kind === 'feed') refuseSuspicious(own, ahead, told);
  const missing = ahead.filter(({ lumaId }) => !told.has(lumaId));
  const news = { ...nothingNew(read.etag), ...(await compare(told, { source, since, now }, known)) };
  const lookedUp = calendar.lookUp ? await lookUpMissing(calendar, missing) : undefined;
  news.missing = lookedUp?.verdicts ?? missedAgain(missing);
  news.touched.push(...(lookedUp?.stillHere ?? []));
  await describeEvents(calendar, news, ahead, now);
  return news;
}

const nothingNew = (etag: string | undefined): CalendarNews => ({
  touched: [],
  missing: new Map(),
  seenAgain: [],
  descriptions: new Map(),
  described: new Set(),
  etag,
});

/** A feed cannot be asked about one event: what two successful reads in a row do not hold was called off. */
function missedAgain(missing: readonly EventOutline[]): Map<EventId, MissingVerdict> {
  return new Map(missing.map(({ id, missedReads }) => [id, missedReads > 0 ? 'cancelled' : 'missed']));
}

/** So few events that losing most of them is nothing unusual. */
const FEW = 3;

/** @throws SourceProblem `suspicious` for a feed that lost all it had, or most of what is ahead. */
function refuseSuspicious(
  own: readonly EventOutline[],
  ahead: readonly EventOutline[],
  told: ReadonlyMap<string, unknown>,
): void {
  const isEmptied = told.size === 0 && own.some(({ state }) => state === 'on');
  const kept = ahead.filter(({ lumaId }) => told.has(lumaId)).length;
  if (isEmptied || (ahead.length > FEW && kept < ahead.length / 2)) throw new SourceProblem('suspicious');
}

interface Reading {
  source: Source;
  /** From when on what is new counts; from ever at the first read. */
  since: DateTime | undefined;
  now: DateTime;
}

async function compare(
  told: ReadonlyMap<string, ReadEvent>,
  reading: Reading,
  { outlines, kinds }: KnownEvents,
): Promise<Pick<CalendarNews, 'touched' | 'seenAgain'>> {
  const byLumaId = new Map(outlines.map((outline) => [outline.lumaId, outline]));
  const touched: TouchedEvent[] = [];
  const seenAgain: EventId[] = [];
  let count = 0;
  for (const event of told.values()) {
    count += 1;
    if (count % AT_ONCE === 0) await takeBreath();
    const outline = byLumaId.get(event.lumaId);
    if (outline && !mayTellOf(reading.source, outline, kinds)) continue;
    if (isTouched(event, outline, reading)) touched.push(toTouched(event));
    else if (outline && outline.missedReads > 0) seenAgain.push(outline.id);
  }
  return { touched, seenAgain };
}

function isTouched(event: ReadEvent, outline: EventOutline | undefined, { source, since, now }: Reading): boolean {
  // Feeds tell of all their past each time; what is new in it long afterwards is no news.
  if (!outline) return event.state === 'on' && (!since || event.startsAt >= since);
  if (outline.sourceId !== source.id || outline.fingerprint !== event.fingerprint) return true;
  if (event.state === 'on') return outline.state !== 'on';
  return outline.state === 'on' && outline.startsAtMs > now.toMillis();
}

/**
 * Whether a calendar may tell of an event: one that another calendar of the org tells of is left to that one. A key
 * takes it from a feed, as it knows more; otherwise the first to tell keeps it for as long as it is on there.
 */
export function mayTellOf(
  source: Pick<Source, 'id' | 'access'>,
  event: Pick<EventOutline, 'sourceId' | 'state'>,
  kinds: ReadonlyMap<SourceId, Source['access']['kind']>,
): boolean {
  const holder = event.sourceId === undefined || event.sourceId === source.id ? undefined : kinds.get(event.sourceId);
  if (holder === undefined) return true;
  if (holder !== source.access.kind) return source.access.kind === 'api' || event.state === 'withdrawn';
  return event.state !== 'on';
}
