import { DateTime } from 'luxon';
import type { EventSource, GuestFacts } from '../../src/domain/events/event-source.js';
import type { Guest } from '../../src/domain/events/guests.js';
import { newEventId } from '../../src/domain/ids.js';

const REGISTERED_AT = DateTime.fromISO('2026-02-20T12:00:00Z', { zone: 'utc' });

/** Somebody on lu.ma's list, registered without a link of ours. */
export function guestFacts(overrides: Partial<GuestFacts> = {}): GuestFacts {
  const lumaGuestId = overrides.lumaGuestId ?? 'gst-1';
  return {
    lumaGuestId,
    lumaUserId: `usr-${lumaGuestId}`,
    name: 'Guest One',
    email: undefined,
    linkToken: undefined,
    status: 'registered',
    registeredAt: REGISTERED_AT,
    checkedInAt: undefined,
    joinedOnlineAt: undefined,
    ...overrides,
  };
}

/** A guest as we keep them: registered, and matched to nobody. */
export function aGuest(overrides: Partial<Guest> = {}): Guest {
  const { email: _, ...facts } = guestFacts(overrides);
  return {
    eventId: newEventId(),
    emailHash: undefined,
    match: undefined,
    changedAt: facts.registeredAt ?? REGISTERED_AT,
    ...facts,
    ...overrides,
  };
}

/** A calendar that has nothing but these guest lists, by lu.ma's ids of the events; it notes which were read. */
export function guestSource(lists: Map<string, GuestFacts[] | Error>): EventSource & { asked: string[] } {
  const asked: string[] = [];
  const notAsked = async () => {
    throw new Error('Only guests are asked for here.');
  };
  return {
    asked,
    describe: notAsked,
    read: notAsked,
    async listGuests(lumaId) {
      asked.push(lumaId);
      const list = lists.get(lumaId) ?? [];
      if (list instanceof Error) throw list;
      return list;
    },
  };
}
