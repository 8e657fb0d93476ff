import type { DateTime } from 'luxon';
import { type EventId, type MemberId, randomId } from '../ids.js';
import type { Event } from './event.js';

/** What tells lu.ma's guest list who came by a link: made up for one member and one event, and meaning nothing else. */
export interface PersonalLink {
  /** `rc-` and 16 random characters. */
  token: string;
  eventId: EventId;
  memberId: MemberId;
  madeAt: DateTime;
}

/** Storage of personal links. */
export interface PersonalLinksRepository {
  /** The token of this member's link to this event. */
  findToken(eventId: EventId, memberId: MemberId): Promise<string | undefined>;
  /** Keeps the link, unless that member has one to that event already. */
  add(link: PersonalLink): Promise<void>;
}

/**
 * The event's page on lu.ma for one member, to be shown to nobody else; made when it is first shown, and the same ever
 * after. Nothing for an event without a page, or whose address is none.
 */
export async function personalLinkTo(
  personalLinks: PersonalLinksRepository,
  { id: eventId, url }: Pick<Event, 'id' | 'url'>,
  memberId: MemberId,
  now: DateTime,
): Promise<string | undefined> {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const known = await personalLinks.findToken(eventId, memberId);
  if (known !== undefined) return markedUrl(url, known);
  await personalLinks.add({ token: newLinkToken(), eventId, memberId, madeAt: now });
  const token = await personalLinks.findToken(eventId, memberId);
  return token === undefined ? undefined : markedUrl(url, token);
}

/** A new token. lu.ma gives it back as the guest's `utm_source`. */
export const newLinkToken = (): string => `rc-${randomId()}`;

/** The address with the token, and with nothing else: a query or fragment of its own could only mislead lu.ma. */
export function markedUrl(url: string, token: string): string {
  const marked = new URL(url);
  marked.hash = '';
  marked.search = new URLSearchParams({ utm_source: token }).toString();
  return marked.href;
}
