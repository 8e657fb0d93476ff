import { hash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { DemoOrg } from '../demo-org.js';
import { DEMO_PERSONAS } from '../demo-personas.js';
import { createSeededRandom } from '../random.js';
import { type DemoSeries, seriesOf } from './demo-series.js';
import { HOURS, TAGS, topicOf, VENUES } from './demo-topics.js';

/** An event on the demo's lu.ma, as it stands at one moment. */
export interface DemoEvent {
  id: string;
  /** The same for ever; what is drawn for this event is drawn from it. */
  seed: number;
  name: string;
  description: string;
  url: string;
  startsAt: DateTime;
  endsAt: DateTime;
  createdAt: DateTime;
  zone: string;
  venue: { name: string; address: string; city: string; latitude: number; longitude: number } | undefined;
  isForGuestsOnly: boolean;
  tags: readonly string[];
}

/** A Monday, from which weeks are counted. */
const FIRST_MONDAY = '2026-01-05';
const WEEKS_BACK = 12;
const WEEKS_AHEAD = 8;
/** How long before an event it appears, in days. */
const LEAST_AHEAD_DAYS = 18;
const MOST_AHEAD_DAYS = 32;
/** When hosts change their minds, in days before the event as it was first planned. */
const MOVED_DAYS_BEFORE = 5;
const CANCELLED_DAYS_BEFORE = 3;

/** An event as first planned, and what becomes of it. */
interface Planned {
  createdAt: DateTime;
  before: DemoEvent;
  /** When hosts change their minds, if they do; nothing after it means that it is called off. */
  change: { at: DateTime; after: DemoEvent | undefined } | undefined;
}

/**
 * What an org's calendar holds at a moment, by start.
 *
 * @param began when the demo began: soon after, something happens in the calendars of orgs that one can look at.
 */
export type DemoEventsAt = (org: DemoOrg, now: DateTime, began?: DateTime) => DemoEvent[];

/**
 * The events of the demo's calendars: at any moment those of the past twelve weeks and what has been published of the
 * weeks ahead. The same moment gives the same events everywhere; as time passes some appear, every sixth moves and every
 * ninth is called off.
 */
export function createDemoEvents(): DemoEventsAt {
  // Moving the playground's clock by a week asks for each of them hundreds of times.
  const planned = new Map<string, Planned>();
  const plan = (org: DemoOrg, series: DemoSeries, week: number): Planned => {
    const key = `${org.key} ${series.key} ${week}`;
    const known = planned.get(key) ?? planOf(org, series, week);
    planned.set(key, known);
    return known;
  };
  const plansAround = (org: DemoOrg, moment: DateTime): Planned[] => {
    const thisWeek = Math.floor(moment.diff(DateTime.fromISO(FIRST_MONDAY, { zone: 'utc' })).as('weeks'));
    const weeks = Array.from({ length: WEEKS_BACK + WEEKS_AHEAD }, (_none, index) => thisWeek - WEEKS_BACK + index);
    return seriesOf(org).flatMap((series) =>
      weeks.filter((week) => isOn(series, week)).map((week) => plan(org, series, week)),
    );
  };
  const stories = new Map<string, ReadonlyMap<string, Planned>>();
  const storyOf = (org: DemoOrg, began: DateTime): ReadonlyMap<string, Planned> => {
    const key = `${org.key} ${began.toMillis()}`;
    const story = stories.get(key) ?? firstWeek(org, plansAround(org, began), began);
    stories.set(key, story);
    return story;
  };
  return (org, now, began) => {
    const story = began && WATCHED.has(org.key) ? storyOf(org, began) : undefined;
    return plansAround(org, now)
      .map((one) => stateAt(story?.get(one.before.id) ?? one, now))
      .filter((event) => event !== undefined)
      .sort(bySoonest);
  };
}

/** Orgs that somebody in the playground can look at. */
const WATCHED: ReadonlySet<string> = new Set(DEMO_PERSONAS.flatMap(({ servers }) => servers));

/**
 * So that nobody waits for weeks to see what comes of a change: the next two events that are not published yet are so
 * within hours, then one moves and the other is called off.
 */
function firstWeek(org: DemoOrg, planned: readonly Planned[], began: DateTime): ReadonlyMap<string, Planned> {
  const unpublished = planned.filter(({ createdAt }) => createdAt > began).map(({ before }) => before);
  const [moving, calledOff] = unpublished.sort(bySoonest);
  const publish = (event: DemoEvent, hours: number, change: Planned['change']): Planned => {
    const createdAt = began.plus({ hours });
    const before = { ...event, createdAt };
    return {
      createdAt,
      before,
      change: change && { ...change, after: change.after && { ...change.after, createdAt } },
    };
  };
  const story = [
    ...(moving ? [publish(moving, 4, { at: began.plus({ days: 2 }), after: movedOn(moving, org) })] : []),
    ...(calledOff ? [publish(calledOff, 5, { at: began.plus({ days: 4 }), after: undefined })] : []),
  ];
  return new Map(story.map((one) => [one.before.id, one]));
}

function bySoonest(one: DemoEvent, other: DemoEvent): number {
  return one.startsAt.toMillis() - other.startsAt.toMillis() || (one.id < other.id ? -1 : 1);
}

function isOn({ everyWeeks, weekday }: DemoSeries, week: number): boolean {
  return (week + weekday) % everyWeeks === 0;
}

function stateAt({ createdAt, before, change }: Planned, now: DateTime): DemoEvent | undefined {
  if (createdAt > now) return undefined;
  return change && change.at <= now ? change.after : before;
}

function planOf(org: DemoOrg, series: DemoSeries, week: number): Planned {
  const zone = org.city?.zone ?? 'UTC';
  const day = DateTime.fromISO(FIRST_MONDAY, { zone }).plus({ weeks: week, days: series.weekday - 1 });
  const startsAt = day.set({ hour: series.hour, minute: series.kind === 'reading' ? 30 : 0 });
  const count = Math.floor(week / series.everyWeeks) + org.key.length + series.weekday;
  const before = draw(org, series, { week, count, startsAt });
  const isCancelled = isEvery(9, count);
  const cancelled = isCancelled ? { at: startsAt.minus({ days: CANCELLED_DAYS_BEFORE }), after: undefined } : undefined;
  const isMoved = !isCancelled && isEvery(6, count);
  const moved = isMoved ? { at: startsAt.minus({ days: MOVED_DAYS_BEFORE }), after: movedOn(before, org) } : undefined;
  return { createdAt: before.createdAt, before, change: cancelled ?? moved };
}

/** To the next day, an hour earlier, in another room. */
function movedOn(event: DemoEvent, org: DemoOrg): DemoEvent {
  const move = (moment: DateTime) => moment.setZone(event.zone).plus({ days: 1 }).minus({ hours: 1 }).toUTC();
  const venue = event.venue && venueOf(org, event.seed + 1);
  return { ...event, startsAt: move(event.startsAt), endsAt: move(event.endsAt), venue };
}

function draw(
  org: DemoOrg,
  series: DemoSeries,
  { week, count, startsAt }: { week: number; count: number; startsAt: DateTime },
): DemoEvent {
  const digest = hash('sha1', `${org.key} ${series.key} ${week}`, 'hex');
  const seed = Number.parseInt(digest.slice(0, 8), 16);
  const random = createSeededRandom(seed);
  const aheadDays = random.between(LEAST_AHEAD_DAYS, MOST_AHEAD_DAYS);
  const { name, description } = topicOf(series.kind, count);
  return {
    id: `evt-demo${digest.slice(0, 14)}`,
    seed,
    name,
    description: `${description}\n\nHosted by ${org.name}.`,
    url: `https://luma.com/demo-${org.key}-${digest.slice(0, 6)}`,
    startsAt: startsAt.toUTC(),
    endsAt: startsAt.plus({ hours: HOURS[series.kind] }).toUTC(),
    createdAt: startsAt.minus({ days: aheadDays }).set({ hour: 11 }).toUTC(),
    zone: org.city?.zone ?? 'UTC',
    venue: series.kind === 'online' ? undefined : venueOf(org, org.key.length),
    isForGuestsOnly: series.kind === 'social' && random.chance(0.3),
    tags: TAGS[series.kind],
  };
}

function isEvery(nth: number, count: number): boolean {
  return count % nth === nth - 1;
}

function venueOf({ city }: DemoOrg, seed: number): DemoEvent['venue'] {
  if (!city) return undefined;
  const [name, street] = VENUES[seed % VENUES.length] ?? ['', ''];
  const random = createSeededRandom(seed);
  const near = (degrees: number) => Math.round((degrees + (random.next() - 0.5) / 25) * 1e4) / 1e4;
  const address = `${name}, ${street}, ${city.name}`;
  return { name, address, city: city.name, latitude: near(city.latitude), longitude: near(city.longitude) };
}
