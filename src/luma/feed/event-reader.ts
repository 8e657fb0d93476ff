import { hash } from 'node:crypto';
import ICAL from 'ical.js';
import { isLikelyMoment } from '../plausible.js';
import { feedFacts, textOf, zoneOfPlace } from './feed-facts.js';
import type { FeedEvent } from './feed-task.js';
import type { FeedClock, FeedClocks, FeedTime } from './feed-times.js';

/** lu.ma's own: what stands before the `@` is the event's id in its API too. */
export const LUMA_UID = /^((?:evt|calev)-[\w-]{1,100})@events\.lu\.ma$/;

/** @throws Error when the event has no such time. */
export function timeOf(component: ICAL.Component, name: string, clocks: FeedClocks): FeedTime {
  const property = component.getFirstProperty(name);
  const [time] = property ? clocks.times(property) : [];
  if (!time) throw new Error(`an event without ${name}`);
  return time;
}

/** Reads once what all occurrences of an event share; gives what makes the event that starts then. */
export function eventReader(
  component: ICAL.Component,
  { clocks, fallbackZone }: { clocks: FeedClocks; fallbackZone: string },
): (lumaId: string, start: FeedTime) => FeedEvent {
  const own = timeOf(component, 'dtstart', clocks);
  const facts = feedFacts(component, LUMA_UID.test(textOf(component, 'uid')));
  const clock = clockOf(component, clocks);
  const isUtc = !clock.zone && !own.isFloating && !own.isDay;
  const zone = clock.zone ?? (isUtc ? zoneOfPlace(facts) : undefined) ?? fallbackZone;
  const isCancelled = textOf(component, 'status').toUpperCase() === 'CANCELLED';
  const endOf = own.isDay ? dayEnd(component, own, clocks) : momentEnd(component, own, clocks);
  return (lumaId, start) => {
    const when = { startsAtMs: start.ms, endsAtMs: endOf(start), zone, isAllDay: start.isDay };
    const fingerprint = hash('sha1', JSON.stringify([when, facts]), 'base64url');
    return { lumaId, ...when, facts, isCancelled, fingerprint };
  };
}

function clockOf(component: ICAL.Component, clocks: FeedClocks): FeedClock {
  const property = component.getFirstProperty('dtstart');
  if (!property) throw new Error('an event without dtstart');
  return clocks.of(property);
}

/** As long after a start as the event's own end is after its own start; an end before it says nothing. */
function momentEnd(
  component: ICAL.Component,
  own: FeedTime,
  clocks: FeedClocks,
): (start: FeedTime) => number | undefined {
  const lastsMs = component.hasProperty('dtend')
    ? timeOf(component, 'dtend', clocks).ms - own.ms
    : (secondsOf(component) ?? -1) * 1000;
  return ({ ms }) => (lastsMs >= 0 && isLikelyMoment(ms + lastsMs) ? ms + lastsMs : undefined);
}

/** Whole days last until a midnight, the next one unless told. */
function dayEnd(component: ICAL.Component, own: FeedTime, clocks: FeedClocks): (start: FeedTime) => number | undefined {
  const seconds = component.hasProperty('dtend')
    ? timeOf(component, 'dtend', clocks).local.subtractDate(own.local).toSeconds()
    : (secondsOf(component) ?? 0);
  const days = Math.max(1, Math.round(seconds / 86_400));
  const clock = clockOf(component, clocks);
  return ({ local }) => {
    const last = local.clone();
    last.adjust(days, 0, 0, 0);
    const ms = clock.toMs(last);
    return isLikelyMoment(ms) ? ms : undefined;
  };
}

function secondsOf(component: ICAL.Component): number | undefined {
  const duration = component.getFirstPropertyValue('duration');
  return duration instanceof ICAL.Duration ? duration.toSeconds() : undefined;
}
