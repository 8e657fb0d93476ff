import { DateTime } from 'luxon';
import type { GuestFacts } from '../../domain/events/event-source.js';
import { tidyLine } from '../../shared/tidy-text.js';
import type { GuestEntry } from './shapes.js';

const MOST_IN_NAME = 100;
/** Longer than any link of ours. */
const MOST_IN_TOKEN = 100;

/** A guest as the domain reads them; nothing for someone who began to register and has not finished. */
export function readGuest(entry: GuestEntry): GuestFacts | undefined {
  const status = statusOf(entry.approval_status);
  if (!status) return undefined;
  return {
    lumaGuestId: entry.id,
    lumaUserId: entry.user_id,
    name: nameOf(entry),
    email: emailOf(entry.user_email),
    linkToken: entry.utm_source && entry.utm_source.length <= MOST_IN_TOKEN ? entry.utm_source : undefined,
    status,
    registeredAt: moment(entry.registered_at),
    checkedInAt: earliest(entry.event_tickets?.map(({ checked_in_at: at }) => moment(at)) ?? []),
    joinedOnlineAt: moment(entry.joined_at),
  };
}

function statusOf(told: string): GuestFacts['status'] | undefined {
  switch (told) {
    case 'session':
      return undefined;
    case 'approved':
      return 'registered';
    case 'invited':
      return 'invited';
    case 'declined':
      return 'cancelled';
    // `waitlist` and `pending_approval`; a word we do not know promises no more than these.
    default:
      return 'waiting';
  }
}

function nameOf({ user_name: whole, user_first_name: first, user_last_name: last }: GuestEntry): string {
  return tidyLine(whole || [first, last].filter(Boolean).join(' '), MOST_IN_NAME) || 'Guest';
}

function emailOf(told: string | null | undefined): string | undefined {
  const email = told?.trim().toLowerCase();
  return email && email.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(email) ? email : undefined;
}

function moment(text: string | null | undefined): DateTime | undefined {
  return text ? DateTime.fromMillis(Date.parse(text), { zone: 'utc' }) : undefined;
}

function earliest(moments: (DateTime | undefined)[]): DateTime | undefined {
  return moments.reduce((first, one) => (!first || (one && one < first) ? one : first), undefined);
}
