import type { DateTime } from 'luxon';
import { tidyLine } from '../../shared/tidy-text.js';
import type { EventId } from '../ids.js';
import type { GuestFacts } from './event-source.js';
import type { Guest } from './guests.js';

/** Our own tokens, as `newLinkToken` makes them; any other `utm_source` is of no use to us, and not kept. */
const LINK_TOKEN = /^rc-[0-9a-z]{8,64}$/u;

const MOST_NAME = 100;
const ADDRESS = /[\p{L}\p{N}]@[\p{L}\p{N}-]+\./u;
/** Fewer than so many guests are no measure of whether a list came whole. */
const FEW = 10;

/** What a read guest list changes in the one we have. */
export interface ReadList {
  /** New ones, and those of whom something changed. */
  changed: Guest[];
  /** Hashes of addresses that are no longer any of these guests'. */
  formerEmails: string[];
}

/**
 * Reads a whole guest list beside the one we have. Whoever is no longer on it has cancelled. A list that lost most of
 * many guests at once is taken for a fault of lu.ma's.
 *
 * @param hashOf how an address is kept.
 * @returns `suspicious` when nothing of it is to be used.
 */
export function readGuestList(
  known: readonly Guest[],
  list: readonly GuestFacts[],
  { eventId, now, hashOf }: { eventId: EventId; now: DateTime; hashOf: (email: string) => string },
): ReadList | 'suspicious' {
  const before = new Map(known.map((guest) => [guest.lumaGuestId, guest]));
  const listed = new Set(list.map(({ lumaGuestId }) => lumaGuestId));
  const coming = known.filter(({ status }) => isComing(status));
  const lost = coming.filter(({ lumaGuestId }) => !listed.has(lumaGuestId));
  if (coming.length >= FEW && lost.length > coming.length / 2) return 'suspicious';
  const read = [
    ...list.map((facts) => toGuest(facts, before.get(facts.lumaGuestId), { eventId, now, hashOf })),
    ...lost.map((guest): Guest => ({ ...guest, status: 'cancelled', changedAt: now })),
  ];
  const changed = read.filter((guest) => !isSame(guest, before.get(guest.lumaGuestId)));
  const formerEmails = changed.flatMap(({ lumaGuestId, emailHash }) => {
    const former = before.get(lumaGuestId)?.emailHash;
    return former !== undefined && former !== emailHash ? [former] : [];
  });
  return { changed, formerEmails };
}

/** Whether they mean to come, as far as lu.ma knows. */
export function isComing(status: Guest['status']): boolean {
  return status === 'registered' || status === 'waiting';
}

function toGuest(
  facts: GuestFacts,
  known: Guest | undefined,
  { eventId, now, hashOf }: { eventId: EventId; now: DateTime; hashOf: (email: string) => string },
): Guest {
  const { lumaGuestId, lumaUserId, status, registeredAt, checkedInAt, joinedOnlineAt, email, linkToken } = facts;
  return {
    eventId,
    lumaGuestId,
    lumaUserId,
    name: guestName(facts.name),
    emailHash: email?.trim() ? hashOf(email) : undefined,
    linkToken: linkToken !== undefined && LINK_TOKEN.test(linkToken) ? linkToken : undefined,
    status,
    registeredAt,
    checkedInAt,
    joinedOnlineAt,
    match: known?.match,
    changedAt: stateSince(facts, known, now),
  };
}

/** A name to show; nothing where it is an address in truth, as those are shown to nobody. */
function guestName(name: string): string {
  return ADDRESS.test(name) ? '' : tidyLine(name, MOST_NAME);
}

/**
 * Since when somebody's state speaks for them. lu.ma tells when they registered, so that holds, if it is news; it does
 * not tell when they cancelled, so that is the moment at which we first saw it. Being let in from the waiting list is
 * the hosts' doing and no new word of theirs.
 */
function stateSince({ status, registeredAt }: GuestFacts, known: Guest | undefined, now: DateTime): DateTime {
  if (!known) return registeredAt ?? now;
  if (status === known.status) {
    const isAgain = known.registeredAt !== undefined && registeredAt !== undefined && registeredAt > known.registeredAt;
    return isComing(status) && isAgain ? registeredAt : known.changedAt;
  }
  if (!isComing(status)) return now;
  if (isComing(known.status)) return known.changedAt;
  return registeredAt !== undefined && registeredAt > known.changedAt ? registeredAt : now;
}

function isSame(guest: Guest, known: Guest | undefined): boolean {
  return known !== undefined && fingerprint(guest) === fingerprint(known);
}

function fingerprint(guest: Guest): string {
  const { lumaUserId, name, emailHash, linkToken, status, registeredAt, checkedInAt, joinedOnlineAt, changedAt } =
    guest;
  const moments = [registeredAt, checkedInAt, joinedOnlineAt, changedAt].map((at) => at?.toMillis());
  return JSON.stringify([lumaUserId, name, emailHash, linkToken, status, ...moments]);
}
