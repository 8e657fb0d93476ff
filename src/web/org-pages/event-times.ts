import type { DateTime } from 'luxon';
import type { Event } from '../../domain/events/event.js';

type Timed = Pick<Event, 'startsAt' | 'endsAt' | 'zone' | 'isAllDay'>;

/** How days are written: with the year, or without it where that stands above. */
const DAY = { year: 'ccc d LLLL yyyy', month: 'ccc d LLLL' } as const;
type DayStyle = keyof typeof DAY;

/** A party until the morning is still one evening. */
const LONGEST_EVENING_HOURS = 16;

/** When it is by the clocks where it is: "Thu 5 March, 18:30–20:30". */
export function whenText(event: Timed, style: DayStyle): string {
  const start = inZone(event.startsAt, event.zone);
  const end = event.endsAt && event.endsAt > event.startsAt ? inZone(event.endsAt, event.zone) : undefined;
  const day = (at: DateTime) => at.toFormat(DAY[style]);
  if (event.isAllDay) {
    const last = end?.minus({ milliseconds: 1 });
    return last && !last.hasSame(start, 'day') ? `${day(start)} – ${day(last)}` : `${day(start)}, all day`;
  }
  if (!end) return `${day(start)}, ${hour(start)}`;
  const isLong = end.diff(start, 'hours').hours > LONGEST_EVENING_HOURS;
  const until = isLong ? ` – ${day(end)}, ${hour(end)}` : `–${hour(end)}`;
  return `${day(start)}, ${hour(start)}${until}`;
}

/** The month an event begins in, by the clocks where it is: "March 2026". */
export function monthText({ startsAt, zone }: Timed): string {
  return inZone(startsAt, zone).toFormat('LLLL yyyy');
}

/** When it begins as a machine reads it: a day for whole days, else a moment with the offset there. */
export function machineTime(event: Timed, at: DateTime = event.startsAt): string {
  const there = inZone(at, event.zone);
  return (event.isAllDay ? there.toISODate() : there.toISO({ suppressMilliseconds: true })) ?? '';
}

/** A moment by the clocks in a zone; by UTC when there is no such zone. */
function inZone(at: DateTime, zone: string): DateTime {
  const there = at.setZone(zone);
  return there.isValid ? there : at.toUTC();
}

const hour = (at: DateTime): string => at.toFormat('HH:mm');

/** Whose clocks those are: "Lisbon time, UTC+1"; the offset alone for a zone that bears no city's name. */
export function zoneText({ startsAt, zone }: Timed): string {
  const at = inZone(startsAt, zone);
  const [area, ...rest] = (at.zoneName ?? '').split('/');
  const offset = at.offset === 0 ? 'UTC' : `UTC${at.toFormat('Z').replace(':00', '')}`;
  const city = area === 'Etc' ? undefined : rest.at(-1)?.replaceAll('_', ' ');
  return city === undefined ? offset : `${city} time, ${offset}`;
}
