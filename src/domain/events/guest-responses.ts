import type { DateTime } from 'luxon';
import type { Guest } from './guests.js';
import type { EventResponse, ResponseValue } from './response.js';
import type { Heard } from './responses-repository.js';

/** What lu.ma's guest list says for a member, and since when. */
export interface GuestWord {
  state: 'registered' | 'waiting' | 'cancelled';
  at: DateTime;
}

/** What a member said themselves. */
export type Said = Pick<EventResponse, 'response' | 'respondedAt'>;

/**
 * What the guest list says for somebody by all their registrations at one event: registered before waiting before
 * cancelled, of equals the latest. An invitation says nothing.
 */
export function guestWord(guests: readonly Pick<Guest, 'status' | 'changedAt'>[]): GuestWord | undefined {
  for (const state of ['registered', 'waiting', 'cancelled'] as const) {
    const [latest] = guests
      .filter(({ status }) => status === state)
      .sort((one, other) => other.changedAt.toMillis() - one.changedAt.toMillis());
    if (latest) return { state, at: latest.changedAt };
  }
  return undefined;
}

/**
 * What counts of a member's own word and the guest list's: the later of the two. Registered is going and waiting is at
 * least interested; who cancelled is not going after all, if they had said that they might come, and has else said
 * nothing. Where both mean the same, it is the member's word.
 */
export function responseOf(
  said: Said | undefined,
  word: GuestWord | undefined,
): Omit<EventResponse, 'eventId' | 'memberId'> | undefined {
  const own = said && { ...said, source: 'member' as const };
  if (!word || (said && said.respondedAt >= word.at)) return own;
  const response = meaningOf(word.state, said?.response);
  return response === said?.response ? own : response && { response, source: 'luma', respondedAt: word.at };
}

/**
 * What was heard of two members about the same events, as they become one: of each kind of word the later. What counts
 * of the two is settled by the guest list once they are one.
 */
export function mergeHeard(kept: readonly Heard[], absorbed: readonly Heard[]): Heard[] {
  return kept.flatMap((own) => {
    const other = absorbed.find(({ response }) => response.eventId === own.response.eventId);
    return other ? [mergedHeard(own, other)] : [];
  });
}

function mergedHeard(own: Heard, other: Heard): Heard {
  const said = [own.said, other.said].flatMap((one) => one ?? []).sort(byTime)[0];
  const [response = own.response] = [own.response, other.response].sort(byTime);
  return { response: { ...response, memberId: own.response.memberId }, said };
}

/** The later one first; of two of the same moment, the order stays. */
const byTime = (one: { respondedAt: DateTime }, other: { respondedAt: DateTime }): number =>
  other.respondedAt.toMillis() - one.respondedAt.toMillis();

function meaningOf(state: GuestWord['state'], said: ResponseValue | undefined): ResponseValue | undefined {
  switch (state) {
    case 'registered':
      return 'going';
    case 'waiting':
      return said === 'going' ? 'going' : 'interested';
    case 'cancelled':
      return said && 'not_going';
  }
}
