import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { isLikelyMoment } from '../plausible.js';
import { ianaZone } from '../zones.js';

/** A moment of a feed, as written and as it is meant. */
export interface FeedTime {
  /** As on the clock that the feed reads it from, without a zone. */
  local: ICAL.Time;
  ms: number;
  /** A day instead of a moment; `ms` is its midnight. */
  isDay: boolean;
  /** Says no zone at all: it is whatever the calendar's clock shows. */
  isFloating: boolean;
}

/** One clock of a feed: turns what it shows into instants, and back. */
export interface FeedClock {
  /** IANA name; nothing for UTC, floating times and definitions of the feed's own that have none. */
  zone: string | undefined;
  /** An hour that a clock change skips counts as the one after, one that comes twice as the first (RFC 5545, 3.3.5). */
  toMs(local: ICAL.Time): number;
  toLocal(ms: number): ICAL.Time;
}

/** The clocks of one feed. */
export interface FeedClocks {
  /** The clock that a property's times are read from. */
  of(property: ICAL.Property): FeedClock;
  /** Each moment of a property: its date or dates, or the starts of its periods. */
  times(property: ICAL.Property): FeedTime[];
}

/** Floating times, and names that mean nothing to us, are read from the clock of `fallbackZone`. */
export function createFeedClocks(calendar: ICAL.Component, fallbackZone: string): FeedClocks {
  const byTzid = new Map<string, FeedClock>();
  const floating = { ...zonedClock(fallbackZone), zone: undefined };

  const named = (tzid: string): FeedClock => {
    const known = byTzid.get(tzid);
    if (known) return known;
    const clock = clockOf(tzid, calendar) ?? floating;
    byTzid.set(tzid, clock);
    return clock;
  };
  const of = (property: ICAL.Property): FeedClock => {
    const tzid = property.getFirstParameter('tzid');
    const [first] = property.getValues();
    if (first instanceof ICAL.Time && first.zone === ICAL.Timezone.utcTimezone) return UTC_CLOCK;
    return tzid ? named(tzid) : floating;
  };
  return {
    of,
    times(property) {
      const clock = of(property);
      return property.getValues().flatMap((value) => {
        const time = value instanceof ICAL.Period ? value.start : value;
        return time instanceof ICAL.Time ? [toFeedTime(time, clock, clock === floating)] : [];
      });
    },
  };
}

/**
 * Moves times as an override moves the occurrence that it replaces: by so many days and hours on the clock of its start,
 * so that an evening stays that evening's hour when clocks change.
 */
export function movedAs(
  override: ICAL.Component,
  { replaced, start }: { replaced: FeedTime; start: FeedTime },
  clocks: FeedClocks,
): (time: FeedTime) => FeedTime {
  const property = override.getFirstProperty('dtstart');
  if (!property) return (time) => time;
  const clock = clocks.of(property);
  const shown = ({ local, ms }: FeedTime) => (start.isDay ? local : clock.toLocal(ms));
  const by = start.local.subtractDate(shown(replaced));
  return (time) => {
    const local = shown(time).clone();
    local.isDate = start.isDay;
    local.addDuration(by);
    return { ...start, local, ms: clock.toMs(local) };
  };
}

/** The same wall-clock time without any zone, for counting in days and hours of that clock. */
export function floatingTime(time: ICAL.Time): ICAL.Time {
  const { year, month, day, hour, minute, second, isDate } = time;
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate }, ICAL.Timezone.localTimezone);
}

function toFeedTime(time: ICAL.Time, clock: FeedClock, isFloating: boolean): FeedTime {
  const local = floatingTime(time);
  const ms = clock.toMs(local);
  if (!isLikelyMoment(ms)) throw new Error('a time that is none');
  return { local, ms, isDay: time.isDate, isFloating };
}

const UTC_CLOCK: FeedClock = { ...zonedClock('UTC'), zone: undefined };

function zonedClock(zone: string): FeedClock {
  return {
    zone,
    toMs({ year, month, day, hour, minute, second }) {
      const moment = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone });
      return Math.min(...moment.getPossibleOffsets().map((one) => one.toMillis()));
    },
    toLocal(ms) {
      return localTime(DateTime.fromMillis(ms, { zone }));
    },
  };
}

function localTime({ year, month, day, hour, minute, second }: DateTime): ICAL.Time {
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone);
}

/** An IANA name counts before what the feed says of it: programs write definitions for the rules of one year. */
function clockOf(tzid: string, calendar: ICAL.Component): FeedClock | undefined {
  const definition = calendar
    .getAllSubcomponents('vtimezone')
    .find((zone) => zone.getFirstPropertyValue('tzid') === tzid);
  const zone = nameWithin(tzid) ?? nameWithin(String(definition?.getFirstPropertyValue('x-lic-location') ?? ''));
  if (zone) return zonedClock(zone);
  return definition && definedClock(definition);
}

/** The IANA name at the end of names such as `/mozilla.org/20050126_1/Europe/Lisbon`. */
function nameWithin(tzid: string): string | undefined {
  const parts = tzid.split('/').filter((part) => part !== '');
  const ends = parts.slice(-3).map((_part, index) => parts.slice(-3 + index).join('/'));
  return [tzid, ...ends].map(ianaZone).find((zone) => zone !== undefined);
}

/** A clock that the feed defines itself, as Outlook does for Windows' zones. */
function definedClock(definition: ICAL.Component): FeedClock {
  const timezone = new ICAL.Timezone(definition);
  return {
    zone: undefined,
    toMs(local) {
      const time = floatingTime(local);
      time.isDate = false;
      time.zone = timezone;
      return time.toUnixTime() * 1000;
    },
    toLocal(ms) {
      const time = ICAL.Time.fromJSDate(new Date(ms), true).convertToZone(timezone);
      return floatingTime(time);
    },
  };
}
