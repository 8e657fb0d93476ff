import type { DateTime } from 'luxon';
import { toInstantText } from '../../shared/clock.js';
import { newEventId } from '../ids.js';
import {
  areOtherHours,
  areOtherTimes,
  type Event,
  type EventFacts,
  type EventPlace,
  type EventState,
  isSameAddress,
  typeOf,
} from './event.js';
import type { ChangeKind } from './event-changes.js';
import type { EventHistoryEntry } from './event-history.js';
import { ruledType } from './event-type.js';
import type { Source } from './source.js';
import type { ToldEvent } from './told-event.js';

/** An event that is told of for the first time. */
export function newEvent({ facts, fingerprint }: ToldEvent, { id, orgId }: Source, now: DateTime): Event {
  return {
    id: newEventId(),
    orgId,
    sourceId: id,
    ...factsOf(facts),
    ruledType: ruledType(facts),
    chosenType: undefined,
    state: 'on',
    sequence: 0,
    fingerprint,
    missedReads: 0,
    firstSeenAt: now,
    changedAt: now,
  };
}

/**
 * The event as it is told of now. An event that shows as it did before keeps its sequence and the moment of its last
 * change.
 */
export function toldAgain(
  before: Event,
  { facts, fingerprint }: ToldEvent,
  { source, state, now }: { source: Pick<Source, 'id'>; state: EventState; now: DateTime },
): Event {
  const after: Event = {
    ...before,
    ...factsOf(facts),
    sourceId: source.id,
    ruledType: ruledType(facts),
    state,
    fingerprint,
    missedReads: 0,
  };
  return showsTheSame(before, after) ? after : { ...after, ...stamped(before, now) };
}

/** The event as one that its hosts called off, or that is no longer ours to tell of. */
export function ended(before: Event, state: 'cancelled' | 'withdrawn', now: DateTime): Event {
  return { ...before, state, ...stamped(before, now) };
}

const stamped = ({ sequence }: Event, now: DateTime) => ({ sequence: sequence + 1, changedAt: now });

function factsOf({ tags: _tags, ...facts }: EventFacts): Omit<EventFacts, 'tags'> {
  const { startsAt, endsAt } = facts;
  return { ...facts, endsAt: endsAt && endsAt >= startsAt ? endsAt : undefined };
}

function showsTheSame(before: Event, after: Event): boolean {
  return changesOf(before, after).length === 0 && detailsAreSame(before, after);
}

const detailsAreSame = (before: Event, after: Event): boolean =>
  before.url === after.url && before.visibility === after.visibility;

/** In which ways an event changed; none when only its link, its visibility or nothing at all did. */
export function changesOf(before: Event, after: Event): ChangeKind[] {
  const kinds: [ChangeKind, boolean][] = [
    ['back', before.state !== 'on' && after.state === 'on'],
    ['moved', hasMoved(before, after)],
    ['renamed', before.title !== after.title],
    ['relocated', !isSamePlace(before.place, after.place)],
    ['described', before.description !== after.description],
    ['retyped', typeOf(before) !== typeOf(after)],
  ];
  return kinds.filter(([, is]) => is).map(([kind]) => kind);
}

function hasMoved(before: Event, after: Event): boolean {
  return areOtherHours(before, after) || before.zone !== after.zone;
}

function isSamePlace(one: EventPlace, other: EventPlace): boolean {
  const pin = (place: EventPlace) => (place.kind === 'offline' ? place.at : undefined);
  const [first, second] = [pin(one), pin(other)];
  const isSamePin = first?.latitude === second?.latitude && first?.longitude === second?.longitude;
  return isSameAddress(one, other) && isSamePin;
}

/**
 * Of an event's changes those that people are told of. When it is told of in other words from now on (`isRetold`), as
 * after a change from feed to key, only new hours, a new title and its return count.
 */
export function changesToTell(before: Event, after: Event, isRetold: boolean): ChangeKind[] {
  const all = changesOf(before, after);
  if (!isRetold) return all;
  return all.filter(
    (kind) => kind === 'back' || kind === 'renamed' || (kind === 'moved' && areOtherTimes(before, after)),
  );
}

/** The lines that an event's history gets: one for each way in which it changed. */
export function historyOf(before: Event, after: Event): EventHistoryEntry[] {
  const line = { eventId: after.id, at: after.changedAt };
  const lines = changesOf(before, after).map((what) => ({
    ...line,
    what,
    before: partOf(before, what),
    after: partOf(after, what),
  }));
  if (detailsAreSame(before, after)) return lines;
  return [...lines, { ...line, what: 'details', before: detailsOf(before), after: detailsOf(after) }];
}

/** The line for an event that ended by being called off or taken away. */
export function endOfHistory(before: Event, after: Event, state: 'cancelled' | 'withdrawn'): EventHistoryEntry {
  const line = { eventId: after.id, at: after.changedAt, what: state };
  return { ...line, before: partOf(before, 'back'), after: partOf(after, 'back') };
}

const detailsOf = ({ url, visibility }: Event) => ({ url, visibility });

function partOf(event: Event, what: ChangeKind): unknown {
  switch (what) {
    case 'back':
      return { state: event.state };
    case 'moved':
      return {
        startsAt: toInstantText(event.startsAt),
        endsAt: event.endsAt && toInstantText(event.endsAt),
        zone: event.zone,
        isAllDay: event.isAllDay,
      };
    case 'renamed':
      return { title: event.title };
    case 'relocated':
      return event.place;
    case 'described':
      return { description: event.description };
    case 'retyped':
      return { type: typeOf(event) };
  }
}
