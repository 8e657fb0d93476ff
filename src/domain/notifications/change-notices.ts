import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { areOtherHours, type Event, endOf, isSameAddress } from '../events/event.js';
import type { ChangedEvent, FollowChanges, SyncedChanges } from '../events/event-changes.js';
import { EventId } from '../ids.js';
import { type Arrangement, before, type PastLine } from './event-past.js';
import type { Goer } from './goer.js';

/** To those who go to an event, or think of it: it was moved, called off, or takes place after all. */
export const CHANGE_NOTICE = 'notify.change';
/** `at` is the run that found the change. What it was, and what is so now, is looked up when it is said. */
export const AboutChange = z.object({ event: EventId, at: z.iso.datetime({ precision: 3 }) });
export type AboutChange = z.infer<typeof AboutChange>;

/**
 * How long a run may have been reading when it writes what it found, in minutes: who answered meanwhile saw the event as
 * it was.
 */
const READING_MINUTES = 5;

/** Who answered after it knows of a change. */
export function answeredBy(changedAt: DateTime): DateTime {
  return changedAt.plus({ minutes: READING_MINUTES });
}

/**
 * Plans a notice for each event that takes place at another time, at another place, not at all or after all. A new title
 * alone changes nobody's plans, and stands on the reminder.
 */
export const planChangeNotices: FollowChanges = async ({ goers, mailings }, changes) => {
  for (const { id } of toTell(changes)) {
    if (!(await goers.hasAny(id))) continue;
    const payload: z.input<typeof AboutChange> = { event: id, at: toInstantText(changes.at) };
    const occasion = `change:${id}:${changes.at.toMillis()}`;
    await mailings.plan({ occasion, kind: CHANGE_NOTICE, eventId: id, payload, dueAt: changes.at });
  }
};

function toTell({ changed, cancelled, at }: SyncedChanges): Event[] {
  const told = [...changed.filter(isTold).map(({ after }) => after), ...cancelled];
  return [...new Map(told.map((event) => [event.id, event])).values()].filter((event) => isOpen(event, changed, at));
}

function isTold({ before, what }: ChangedEvent): boolean {
  // What comes back with a calendar that is connected again was called off by nobody.
  const isBack = what.includes('back') && before.state === 'cancelled';
  return isBack || what.includes('moved') || what.includes('relocated');
}

function isOpen(event: Event, changed: readonly ChangedEvent[], at: DateTime): boolean {
  const was = changed.find(({ after }) => after.id === event.id)?.before ?? event;
  return endOf(event) > at || endOf(was) > at;
}

/** What somebody knows of an event, and what is so. */
export interface Difference {
  was: Arrangement;
  what: ('cancelled' | 'back' | 'moved' | 'relocated')[];
}

/**
 * What is not as a member knows it: as they answered, or as they were last told. Nothing when it was all taken back
 * meanwhile, or is over both as it was and as it is.
 */
export function differenceFor(
  { respondedAt }: Pick<Goer, 'respondedAt'>,
  event: Event,
  { past, toldAt, now }: { past: readonly PastLine[]; toldAt: DateTime | undefined; now: DateTime },
): Difference | undefined {
  const unknown = past.filter(({ at }) => answeredBy(at) > respondedAt && (!toldAt || at > toldAt));
  const was = before(event, unknown);
  if (event.state === 'withdrawn' || (endOf(was) <= now && endOf(event) <= now)) return undefined;
  const what = differences(was, event);
  return what.length > 0 ? { was, what } : undefined;
}

function differences(was: Arrangement, event: Event): Difference['what'] {
  if (event.state === 'cancelled') return was.state === 'cancelled' ? [] : ['cancelled'];
  const what: [Difference['what'][number], boolean][] = [
    ['back', was.state === 'cancelled'],
    ['moved', areOtherHours(was, event)],
    ['relocated', !isSameAddress(was.place, event.place)],
  ];
  return what.flatMap(([kind, is]) => (is ? [kind] : []));
}
