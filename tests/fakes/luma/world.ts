import type { DateTime } from 'luxon';

/** Where an event of the stand-in is; `address` is the venue's name. */
export interface FakePlace {
  address: string;
  city: string | null;
  fullAddress: string | null;
  latitude: number;
  longitude: number;
}

/** One event as its hosts see it. */
export interface FakeEvent {
  id: string;
  platform: 'luma' | 'external';
  name: string;
  description: string;
  url: string;
  startAt: DateTime;
  /** Real ones always have one; without, the stand-in sends null. */
  endAt: DateTime | undefined;
  zone: string;
  place: FakePlace | undefined;
  locationType: string;
  isForGuestsOnly: boolean;
  visibility: string;
  meetingUrl: string | null;
  tags: string[];
  hostName: string;
  /** Whether the calendar's list holds it. */
  isListed: boolean;
  /** `view`: listed here, but another calendar's. */
  access: 'manage' | 'view';
  createdAt: DateTime;
  guests: FakeGuest[];
}

/** What a test may say of a new event; the rest is an evening in Lisbon. */
export type NewEvent = Partial<Omit<FakeEvent, 'startAt' | 'endAt' | 'guests' | 'createdAt'>> & {
  /** ISO 8601, or a moment. */
  startAt?: string | DateTime;
  /** Two hours after the start unless told; `null` for none. */
  endAt?: string | DateTime | null;
};

export type ApprovalStatus = 'approved' | 'session' | 'pending_approval' | 'invited' | 'declined' | 'waitlist';

export interface FakeTicket {
  id: string;
  checkedInAt: DateTime | undefined;
}

export interface FakeGuest {
  id: string;
  userId: string;
  name: string | null;
  email: string;
  status: ApprovalStatus;
  utmSource: string | null;
  registeredAt: DateTime | undefined;
  joinedAt: DateTime | undefined;
  tickets: FakeTicket[];
}

export type NewGuest = Partial<Omit<FakeGuest, 'id' | 'tickets'>> & {
  /** How many; one unless told. */
  ticketCount?: number;
};

export interface FakeWebhook {
  id: string;
  url: string;
  eventTypes: string[];
  status: 'active' | 'paused';
  secret: string;
  createdAt: DateTime;
}

/** What lu.ma's town tells of a calendar. */
export interface CalendarFacts {
  id: string;
  name: string;
  slug: string;
  city: string | null;
  zone: string;
}

/** How many characters lu.ma's own ids have after their dash. */
const ID_LENGTH = 16;
const ID_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Ids like lu.ma's, in a fixed order so that a failing test fails the same way again. */
export function createIds(): (prefix: string) => string {
  let state = 0x2545f491;
  const letter = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ID_LETTERS[(state >>> 8) % ID_LETTERS.length];
  };
  return (prefix) => `${prefix}-${Array.from({ length: ID_LENGTH }, letter).join('')}`;
}
