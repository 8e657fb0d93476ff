import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { SourceId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import { emailHash } from './email-hash.js';
import { type GuestFacts, SourceProblem, type SourceProblemCode } from './event-source.js';
import { readGuestList } from './guest-list.js';
import { settleGuests } from './guest-settling.js';
import type { SyncedGuests, SyncGuests } from './guests.js';
import type { ReadableEvent } from './guests-repository.js';

/** How long after its end an event's list is still read: check-ins are put right on the days after. */
const DAYS_AFTER = 3;
/** Lists of events up to so far ahead are read at every run. */
const NEAR_DAYS = 14;
/** Those of later events are read less often: they change slowly, and lu.ma allows 200 requests a minute a calendar. */
const FAR_DAYS = 182;
const FAR_HOURS = 6;
/** How far around the present a webhook may ask for a list by name. */
const NAMED_DAYS = 731;

/** Bounds of one run, so that it stays well below lu.ma's limit even at fifty guests a page. */
const MOST_LISTS = 60;
const MOST_GUESTS = 6_000;

/** Guests kept before everything else has a turn. */
const AT_ONCE = 200;

/** After these, asking for the next list is of no use in this run. */
const HOPELESS: readonly SourceProblemCode[] = ['key-refused', 'rate-limited', 'unavailable'];

/** The reading of guest lists; see `SyncGuests`. */
export function createSyncGuests({ inTransaction }: { inTransaction: InTransaction }): SyncGuests {
  return async (source, { sourceId, now, only }) => {
    const total: SyncedGuests = { events: 0, guests: 0, checkedIn: 0 };
    if (!source.listGuests) return total;
    for (const event of await eventsToRead(inTransaction, { sourceId, now, only })) {
      if (total.guests >= MOST_GUESTS) break;
      // One after the other: the requests of a calendar count together.
      const read = await source.listGuests(event.lumaId).catch(problemOf);
      const outcome = await keepList(inTransaction, event, read, now);
      if (typeof outcome === 'object') {
        total.events += 1;
        total.guests += outcome.guests;
        total.checkedIn += outcome.checkedIn;
      } else if (outcome !== 'none') {
        total.problem = outcome;
        if (HOPELESS.includes(outcome)) break;
      }
    }
    return total;
  };
}

/** The lists whose turn it is, the longest unread first, so that each gets its turn however many there are. */
async function eventsToRead(
  inTransaction: InTransaction,
  { sourceId, now, only }: { sourceId: SourceId; now: DateTime; only: readonly string[] | undefined },
): Promise<ReadableEvent[]> {
  const span = only
    ? { since: now.minus({ days: NAMED_DAYS }), until: now.plus({ days: NAMED_DAYS }) }
    : { since: now.minus({ days: DAYS_AFTER }), until: now.plus({ days: FAR_DAYS }) };
  const readable = await inTransaction(({ guestReads }) => guestReads.listReadable(sourceId, span), {
    isReadOnly: true,
  });
  const isDue = ({ startsAt, readAt }: ReadableEvent) =>
    startsAt <= now.plus({ days: NEAR_DAYS }) || !readAt || readAt <= now.minus({ hours: FAR_HOURS }) || readAt > now;
  const wanted = readable.filter((event) => (only ? only.includes(event.lumaId) : isDue(event)));
  // Entries of a calendar for events elsewhere (`calev-…`) have no guests of ours.
  return wanted.filter(({ lumaId }) => lumaId.startsWith('evt-')).slice(0, MOST_LISTS);
}

function problemOf(error: unknown): SourceProblemCode {
  if (error instanceof SourceProblem) return error.code;
  throw error;
}

/**
 * Keeps what was read, and that it was this list's turn.
 *
 * @returns what came of it, why it came to nothing, or `none` for a list that is not ours to read or has gone meanwhile.
 */
async function keepList(
  inTransaction: InTransaction,
  { id: eventId }: ReadableEvent,
  read: readonly GuestFacts[] | SourceProblemCode,
  now: DateTime,
): Promise<{ guests: number; checkedIn: number } | SourceProblemCode | 'none'> {
  return inTransaction(async (repositories) => {
    const { events, guests, guestReads, guestProofs } = repositories;
    const event = await events.find(eventId);
    if (!event || event.state === 'withdrawn') return 'none';
    await guestReads.noteRead(eventId, now);
    if (typeof read === 'string') return read === 'not-found' ? 'none' : read;
    const key = await guestProofs.emailKey();
    const hashOf = (email: string) => emailHash(key, email);
    const list = readGuestList(await guests.list(eventId), read, { eventId, now, hashOf });
    if (list === 'suspicious') return 'suspicious';
    if (list.changed.length > 0) {
      for (let start = 0; start < list.changed.length; start += AT_ONCE) {
        await guests.saveAll(list.changed.slice(start, start + AT_ONCE));
        await takeBreath();
      }
      await settleGuests(repositories, { events: [eventId], emails: list.formerEmails }, now);
    }
    const registered = read.filter(({ status }) => status === 'registered');
    return { guests: registered.length, checkedIn: read.filter(({ checkedInAt }) => checkedInAt).length };
  });
}
