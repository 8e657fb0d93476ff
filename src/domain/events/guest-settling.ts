import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import { settleCheckIns } from '../attendance/checkins.js';
import { askLate } from '../attendance/prompts-service.js';
import type { EventId, MemberId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import { matchGuests } from './guest-matching.js';
import { guestWord, responseOf } from './guest-responses.js';
import type { Guest } from './guests.js';
import type { EventResponse } from './response.js';

/** Guests looked at before everything else has a turn. */
const AT_ONCE = 200;

/**
 * Makes matches, learnt addresses and responses what the rules say by all that is known at this moment, for these events
 * and for every other one that the same addresses bear on. It depends on nothing but what is stored, so that it comes to
 * the same in whatever order and how often it runs. To be called in the transaction of whatever it follows from.
 *
 * @param emails hashes of addresses whose owner may have changed.
 */
export async function settleGuests(
  repositories: Repositories,
  { events = [], emails = [] }: { events?: readonly EventId[]; emails?: readonly string[] },
  now: DateTime,
): Promise<void> {
  const { guests, guestProofs } = repositories;
  const settled = new Map<EventId, Guest[]>();
  const settle = async (ids: readonly EventId[]) => {
    for (const id of ids) settled.set(id, await matchEvent(repositories, id));
  };
  await settle([...new Set([...events, ...(await guests.listEventsWith({ emails }))])]);
  const present = all([...settled.values()].flat(), 'emailHash');
  const relearnt = await learn(guestProofs, [...new Set([...emails, ...present])], now);
  // Tokens do not depend on addresses, so that one more look is enough.
  await settle(await guests.listEventsWith({ emails: relearnt }));
  for (const [eventId, list] of settled) {
    await settleCheckIns(repositories, eventId, list, now);
    await bringInStep(repositories, eventId, list, now);
  }
}

/** The same for all that bears on these members, after two became one or one became two. */
export async function settleGuestsOf(
  repositories: Repositories,
  members: readonly MemberId[],
  now: DateTime,
): Promise<void> {
  const { guests, guestProofs, responses } = repositories;
  const events = await guests.listEventsWith({ members });
  const emails: string[] = [];
  for (const id of members) {
    emails.push(...(await guestProofs.listEmailsOf(id)).map(({ emailHash }) => emailHash));
    const fromLuma = (await responses.listHeardOf(id)).filter(({ response }) => response.source === 'luma');
    events.push(...fromLuma.map(({ response }) => response.eventId));
  }
  await settleGuests(repositories, { events, emails }, now);
}

async function matchEvent({ guests, guestProofs }: Repositories, eventId: EventId): Promise<Guest[]> {
  const before = await guests.list(eventId);
  const matches = matchGuests(before, {
    memberOfToken: await guestProofs.membersOfTokens(eventId, all(before, 'linkToken')),
    emails: await guestProofs.listEmails(all(before, 'emailHash')),
  });
  const list: Guest[] = [];
  for (const [index, guest] of before.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await takeBreath();
    const match = matches.get(guest.lumaGuestId);
    if (match?.memberId !== guest.match?.memberId || match?.by !== guest.match?.by) await guests.setMatch(guest, match);
    list.push({ ...guest, match });
  }
  return list;
}

function all(guests: readonly Guest[], key: 'linkToken' | 'emailHash'): string[] {
  return [...new Set(guests.flatMap((guest) => guest[key] ?? []))];
}

/** Makes what links taught about these addresses what they teach now, and says of which that is news. */
async function learn(
  guestProofs: Repositories['guestProofs'],
  emails: readonly string[],
  now: DateTime,
): Promise<string[]> {
  const keyOf = ({ memberId, emailHash }: { memberId: MemberId; emailHash: string }) => `${memberId} ${emailHash}`;
  const known = await guestProofs.listEmails(emails);
  const taught = await guestProofs.listTaught(emails);
  const knownKeys = new Set(known.map(keyOf));
  const taughtKeys = new Set(taught.map(keyOf));
  const added = taught.filter((one) => !knownKeys.has(keyOf(one)));
  const dropped = known.filter((one) => one.by === 'token' && !taughtKeys.has(keyOf(one)));
  for (const one of added) await guestProofs.saveEmail({ ...one, by: 'token' }, now);
  for (const one of dropped) await guestProofs.forgetTaught(one);
  return [...new Set([...added, ...dropped].map(({ emailHash }) => emailHash))];
}

/** Members matched now, and those of whom the list spoke before and does no longer. */
async function bringInStep(
  repositories: Repositories,
  eventId: EventId,
  list: readonly Guest[],
  now: DateTime,
): Promise<void> {
  const { responses } = repositories;
  const guestsOf = new Map<MemberId, Guest[]>();
  for (const guest of list) {
    if (guest.match) guestsOf.set(guest.match.memberId, [...(guestsOf.get(guest.match.memberId) ?? []), guest]);
  }
  const heard = await responses.listHeard(eventId, [...guestsOf.keys()]);
  for (const memberId of new Set([...guestsOf.keys(), ...heard.keys()])) {
    const { response: before, said } = heard.get(memberId) ?? {};
    const after = responseOf(said, guestWord(guestsOf.get(memberId) ?? []));
    if (isSame(before, after)) continue;
    if (after) await responses.save({ eventId, memberId, ...after });
    if (after && after.response !== 'not_going') await askLate(repositories, { eventId, memberId }, now);
    if (!after) await responses.remove(eventId, memberId);
  }
}

function isSame(one: EventResponse | undefined, other: Omit<EventResponse, 'eventId' | 'memberId'> | undefined) {
  if (!one || !other) return one === other;
  const isSameMoment = one.respondedAt.toMillis() === other.respondedAt.toMillis();
  return one.response === other.response && one.source === other.source && isSameMoment;
}
