import ICAL from 'ical.js';
import { type FeedClock, type FeedClocks, type FeedTime, floatingTime } from './feed-times.js';

/** Between which instants repeated events are looked for, in milliseconds of the Unix clock; both ends included. */
export interface Window {
  fromMs: number;
  untilMs: number;
}

/**
 * So many dates of a rule are read ahead. Each is told as a new event when it comes into sight: of a weekly group the one
 * in six weeks and not the one in half a year. Dates that are left out count as well, so that leaving one out, or taking
 * it in again, changes nothing about the others.
 */
const DATES_AHEAD = 6;
/** The most occurrences of one event that are read. */
const MOST_OCCURRENCES = 500;
/** How far a rule is followed from its start: daily for 130 years. What comes after is not read. */
const MOST_STEPS = 50_000;

/** Whether an event repeats at all. */
export function isRecurring(event: ICAL.Component): boolean {
  return event.hasProperty('rrule') || event.hasProperty('rdate');
}

/**
 * When a repeated event starts within the window: its own start, what its rules and `RDATE`s add, without its
 * `EXDATE`s; in time's order. Counted on the clock of its zone, so that 18:00 stays 18:00 when clocks change.
 */
export function occurrencesOf(event: ICAL.Component, clocks: FeedClocks, window: Window): FeedTime[] {
  const startProperty = event.getFirstProperty('dtstart');
  const [start] = startProperty ? clocks.times(startProperty) : [];
  if (!startProperty || !start) return [];
  const clock = clocks.of(startProperty);
  const added = event.getAllProperties('rdate').flatMap((property) => clocks.times(property));
  const byRules = event.getAllProperties('rrule').flatMap((property) => {
    const rule = property.getFirstValue();
    return rule instanceof ICAL.Recur ? followed(rule, { start, clock, window }) : [];
  });
  const isLeftOut = leftOut(event, clocks);
  const all = new Map([start, ...added, ...byRules].map((time) => [time.ms, time]));
  return [...all.values()]
    .filter((time) => time.ms >= window.fromMs && time.ms <= window.untilMs && !isLeftOut(time))
    .sort((a, b) => a.ms - b.ms)
    .slice(0, MOST_OCCURRENCES);
}

interface Following {
  start: FeedTime;
  clock: FeedClock;
  window: Window;
}

function followed(told: ICAL.Recur, { start, clock, window }: Following): FeedTime[] {
  const rule = told.clone();
  if (told.until) rule.until = localEnd(told.until, start, clock);
  const times: FeedTime[] = [];
  const steps = rule.iterator(start.local.clone());
  for (let step = 0; step < MOST_STEPS && times.length < DATES_AHEAD; step += 1) {
    const next = steps.next();
    if (!next) break;
    const local = floatingTime(next);
    const ms = clock.toMs(local);
    if (ms > window.untilMs) break;
    if (ms >= window.fromMs) times.push({ ...start, local, ms });
  }
  return times;
}

/** The end of a rule, on the clock that the rule is counted on: it is written in UTC, or as a day that still counts. */
function localEnd(until: ICAL.Time, start: FeedTime, clock: FeedClock): ICAL.Time {
  if (start.isDay) return new ICAL.Time({ ...dayOf(until), isDate: true }, ICAL.Timezone.localTimezone);
  if (until.isDate) {
    const end = { ...dayOf(until), hour: 23, minute: 59, second: 59, isDate: false };
    return new ICAL.Time(end, ICAL.Timezone.localTimezone);
  }
  return until.zone === ICAL.Timezone.utcTimezone ? clock.toLocal(until.toUnixTime() * 1000) : floatingTime(until);
}

/** Exceptions are instants; some programs write days, which then leave out all of the day. */
function leftOut(event: ICAL.Component, clocks: FeedClocks): (time: FeedTime) => boolean {
  const exceptions = event.getAllProperties('exdate').flatMap((property) => clocks.times(property));
  const instants = new Set(exceptions.filter(({ isDay }) => !isDay).map(({ ms }) => ms));
  const days = new Set(exceptions.filter(({ isDay }) => isDay).map(({ local }) => dayText(local)));
  return ({ ms, local }) => instants.has(ms) || days.has(dayText(local));
}

function dayOf({ year, month, day }: ICAL.Time) {
  return { year, month, day };
}

function dayText({ year, month, day }: ICAL.Time): string {
  return `${year}-${month}-${day}`;
}
