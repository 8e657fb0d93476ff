import type { DateTime } from 'luxon';
import type { Event } from '../../domain/events/event.js';
import type { Goer } from '../../domain/notifications/goer.js';
import { type RichText, rich, time } from '../text.js';

/** Why somebody hears of an event: "You said Going". */
export function goerWords({ response, source }: Pick<Goer, 'response' | 'source'>): string {
  if (response === 'interested') return source === 'luma' ? 'You are on lu.ma’s waiting list' : 'You said Interested';
  return source === 'luma' ? 'You registered on lu.ma' : 'You said Going';
}

/** How soon an event begins: "Begins in 1 day.", or in days of its own zone where it is whole days: "Begins tomorrow." */
export function soonWords(
  { startsAt, zone, isAllDay }: Pick<Event, 'startsAt' | 'zone' | 'isAllDay'>,
  now: DateTime,
): RichText {
  return isAllDay ? rich`Begins ${dayWords(startsAt, zone, now)}.` : rich`Begins ${time(startsAt, 'relative')}.`;
}

function dayWords(startsAt: DateTime, zone: string, now: DateTime): string {
  const day = (at: DateTime) => at.setZone(zone).startOf('day');
  const days = Math.round(day(startsAt).diff(day(now), 'days').days);
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}
