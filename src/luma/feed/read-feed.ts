import { hash } from 'node:crypto';
import ICAL from 'ical.js';
import { tidyLine } from '../../shared/tidy-text.js';
import { ianaZone } from '../zones.js';
import { eventReader, LUMA_UID, timeOf } from './event-reader.js';
import { textOf } from './feed-facts.js';
import { type FeedCalendar, type FeedEvent, type FeedTask, TOO_MANY } from './feed-task.js';
import { createFeedClocks, type FeedClocks, type FeedTime, movedAs } from './feed-times.js';
import { isRecurring, occurrencesOf, type Window } from './recurrence.js';

const DAY_MS = 24 * 60 * 60_000;
/** Of repeated events: those that began since yesterday, and the next few within half a year. */
const BEHIND_DAYS = 1;
const AHEAD_DAYS = 180;
/** More events than any community has held. */
const MOST_EVENTS = 20_000;
/** Longer ids are kept by their hash. */
const MOST_IN_ID = 200;

/**
 * Reads a whole iCal document, of lu.ma's or any other program's, repeated events occurrence by occurrence.
 *
 * @throws Error when it is none, broken off, or holds too many events. Hostile rules can keep it busy for ever: run it
 *   where it can be stopped.
 */
export function readFeed({ text, nowMs, zone }: FeedTask): FeedCalendar {
  const [calendar, ...others] = calendarsOf(text);
  if (!calendar) throw new Error('no calendar');
  const told = ianaZone(textOf(calendar, 'x-wr-timezone'));
  const fallbackZone = told ?? zone ?? 'UTC';
  const window = { fromMs: nowMs - BEHIND_DAYS * DAY_MS, untilMs: nowMs + AHEAD_DAYS * DAY_MS };
  const all = [calendar, ...others];
  const events = new Map<string, FeedEvent>();
  for (const one of all) addEvents(events, one, { fallbackZone, window });
  return {
    name: tidyLine(textOf(calendar, 'x-wr-calname') || textOf(calendar, 'name'), 100) || undefined,
    zone: told,
    events: [...events.values()],
    hasRecurring: all.some((one) => one.getAllSubcomponents('vevent').some(isRecurring)),
  };
}

function calendarsOf(text: string): ICAL.Component[] {
  const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, ''));
  // One document is one component, several are a list of them.
  const jcals = Array.isArray(parsed) && typeof parsed[0] === 'string' ? [parsed] : [parsed].flat();
  return jcals
    .filter(Array.isArray)
    .map((jcal) => new ICAL.Component(jcal))
    .filter(({ name }) => name === 'vcalendar');
}

interface Reading {
  clocks: FeedClocks;
  fallbackZone: string;
  window: Window;
}

/** Adds a calendar's events to those read before; of two with one id the later edition stays. */
function addEvents(events: Map<string, FeedEvent>, calendar: ICAL.Component, when: Omit<Reading, 'clocks'>): void {
  const reading = { ...when, clocks: createFeedClocks(calendar, when.fallbackZone) };
  const startsOf = new Map<string, FeedTime[]>();
  for (const component of calendar.getAllSubcomponents('vevent').sort(byEdition)) {
    const id = idOf(component);
    const made = isOverride(component)
      ? overrideEvents(component, reading, startsOf.get(id) ?? [])
      : masterEvents(component, reading, (starts) => startsOf.set(id, starts));
    for (const event of made) events.set(event.lumaId, event);
    if (events.size > MOST_EVENTS) throw new Error(TOO_MANY);
  }
}

/**
 * Overrides come last, so that each takes the place of the occurrence that it changes; before those of one occurrence
 * the ones that hold from one on, the earlier first.
 */
function byEdition(a: ICAL.Component, b: ICAL.Component): number {
  return rankOf(a) - rankOf(b) || (rankOf(a) === FROM_ONE_ON && byReplaced(a, b)) || sequenceOf(a) - sequenceOf(b);
}

const FROM_ONE_ON = 1;

function rankOf(component: ICAL.Component): number {
  if (!isOverride(component)) return 0;
  return isForAllAfter(component) ? FROM_ONE_ON : 2;
}

function byReplaced(a: ICAL.Component, b: ICAL.Component): number {
  const [one, other] = [textOf(a, 'recurrence-id'), textOf(b, 'recurrence-id')];
  return Number(one > other) - Number(one < other);
}

function isOverride(component: ICAL.Component): boolean {
  return component.hasProperty('recurrence-id');
}

/** Whether an override is of the occurrences after its own as well (RFC 5545, section 3.2.13). */
function isForAllAfter(component: ICAL.Component): boolean {
  const range: unknown = component.getFirstProperty('recurrence-id')?.getFirstParameter('range');
  return typeof range === 'string' && range.toUpperCase() === 'THISANDFUTURE';
}

function sequenceOf(component: ICAL.Component): number {
  return Number(component.getFirstPropertyValue('sequence')) || 0;
}

function masterEvents(
  component: ICAL.Component,
  reading: Reading,
  tellStarts: (starts: FeedTime[]) => void,
): FeedEvent[] {
  const start = timeOf(component, 'dtstart', reading.clocks);
  const id = idOf(component);
  const eventAt = eventReader(component, reading);
  if (!isRecurring(component)) return [eventAt(id, start)];
  const starts = occurrencesOf(component, reading.clocks, reading.window);
  tellStarts(starts);
  return starts.map((one) => eventAt(`${id}/${nameOf(one)}`, one));
}

/** The occurrence that an override changes; of one that holds from there on, those after it too, moved as it is. */
function overrideEvents(component: ICAL.Component, reading: Reading, starts: readonly FeedTime[]): FeedEvent[] {
  const replaced = timeOf(component, 'recurrence-id', reading.clocks);
  const start = timeOf(component, 'dtstart', reading.clocks);
  const id = idOf(component);
  const eventAt = eventReader(component, reading);
  const own = eventAt(`${id}/${nameOf(replaced)}`, start);
  const after = isForAllAfter(component) ? starts.filter(({ ms }) => ms > replaced.ms) : [];
  const moved = movedAs(component, { replaced, start }, reading.clocks);
  return [own, ...after.map((one) => eventAt(`${id}/${nameOf(one)}`, moved(one)))];
}

/** An occurrence is known by when it was to start: an instant, or a day or hour of no zone. */
function nameOf({ local, ms, isDay, isFloating }: FeedTime): string {
  if (isDay) return local.toString().slice(0, 10);
  return isFloating ? local.toString() : new Date(ms).toISOString().replace('.000', '');
}

function idOf(component: ICAL.Component): string {
  const uid = tidyLine(textOf(component, 'uid'), MOST_IN_ID * 10);
  const luma = LUMA_UID.exec(uid)?.[1];
  if (luma) return luma;
  if (uid && uid.length <= MOST_IN_ID) return uid;
  return hash('sha1', uid || textOf(component, 'summary') + textOf(component, 'dtstart'), 'base64url');
}
