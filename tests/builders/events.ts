import { DateTime } from 'luxon';
import type { Event } from '../../src/domain/events/event.js';
import { newEventId, newOrgId } from '../../src/domain/ids.js';

/** A valid public event, an evening in Lisbon. */
export function anEvent(overrides: Partial<Event> = {}): Event {
  const id = overrides.id ?? newEventId();
  const startsAt = overrides.startsAt ?? DateTime.fromISO('2026-03-05T18:30:00Z', { zone: 'utc' });
  return {
    id,
    orgId: newOrgId(),
    sourceId: undefined,
    lumaId: `evt-${id}`,
    title: 'Reading: Concrete Problems',
    description: 'We read it together. Bring a question.',
    url: `https://luma.com/${id}`,
    startsAt,
    endsAt: startsAt.plus({ hours: 2 }),
    zone: 'Europe/Lisbon',
    isAllDay: false,
    isForeign: false,
    place: { kind: 'offline', name: 'Rua Augusta 1, Lisbon', city: 'Lisbon', at: undefined },
    ruledType: 'reading_group',
    chosenType: undefined,
    visibility: 'public',
    state: 'on',
    sequence: 0,
    fingerprint: id,
    missedReads: 0,
    firstSeenAt: DateTime.fromISO('2026-02-01T09:00:00Z', { zone: 'utc' }),
    changedAt: DateTime.fromISO('2026-02-01T09:00:00Z', { zone: 'utc' }),
    ...overrides,
  };
}
