import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { type MemberId, randomId } from '../ids.js';
import type { OrgPageService } from '../orgs/org-page-service.js';
import type { InTransaction } from '../repositories.js';
import type { FeedSpan } from './calendar-feeds-repository.js';
import type { Event } from './event.js';

/** An event in a calendar feed. */
export interface FeedEvent {
  event: Event;
  orgName: string;
  /** Whether the reader said they go: then it takes up their time. */
  isGoing: boolean;
  /** The token of the reader's own link to it on lu.ma, where they have one. */
  linkToken: string | undefined;
}

/** What a feed's address gives. */
export interface Feed {
  name: string;
  events: FeedEvent[];
}

/** How far back a feed reaches, and for how long it tells that an event was cancelled. */
const PAST_DAYS = 90;
const CANCELLED_DAYS = 30;

function spanAt(now: DateTime): FeedSpan {
  return { from: now.minus({ days: PAST_DAYS }), cancelledSince: now.minus({ days: CANCELLED_DAYS }) };
}

/** Seals tokens, so that their members can be shown them again and nobody else. */
export interface FeedSecrets {
  seal(feedId: string, token: string): string;
  /** Nothing when no key at hand opens it. */
  open(feedId: string, sealed: string): string | undefined;
}

/** 160 random bits: whoever has it reads the feed, so nobody must come upon it by trying. */
const newToken = (): string => randomId() + randomId();
const TOKEN = /^[0-9a-z]{32}$/;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export type CalendarFeedService = ReturnType<typeof createCalendarFeedService>;

/** Events as calendar programs subscribe to them: an org's public ones, and a member's own by a private address. */
export function createCalendarFeedService(parts: {
  inTransaction: InTransaction;
  orgPages: Pick<OrgPageService, 'find'>;
  secrets: FeedSecrets;
  clock: Clock;
}) {
  const { inTransaction, orgPages, secrets, clock } = parts;

  const make = (memberId: MemberId): Promise<string> =>
    inTransaction(async ({ calendarFeeds }) => {
      const [id, token] = [randomId(), newToken()];
      const sealedToken = secrets.seal(id, token);
      await calendarFeeds.save({ id, memberId, tokenHash: hashOf(token), sealedToken, madeAt: clock.now() });
      return token;
    });

  return {
    /** The token of the member's feed, which is made at the first call; the same ever after. */
    async tokenOf(memberId: MemberId): Promise<string> {
      const known = await inTransaction(({ calendarFeeds }) => calendarFeeds.find(memberId), { isReadOnly: true });
      return (known && secrets.open(known.id, known.sealedToken)) ?? make(memberId);
    },

    /** A new address; the old one works no more from this moment on. */
    renew: make,

    /** Ends the feed. Nothing happens when there is none. */
    async turnOff(memberId: MemberId): Promise<void> {
      await inTransaction(({ calendarFeeds }) => calendarFeeds.remove(memberId));
    },

    /** What a private address gives; nothing for one that never was, or is no more. */
    async findPrivate(token: string, { onlyGoing }: { onlyGoing: boolean }): Promise<Feed | undefined> {
      if (!TOKEN.test(token)) return undefined;
      return inTransaction(
        async ({ calendarFeeds }) => {
          const memberId = await calendarFeeds.findMember(hashOf(token));
          if (!memberId) return undefined;
          const span = spanAt(clock.now());
          return onlyGoing
            ? { name: 'Events I go to', events: await calendarFeeds.listGoing(memberId, span) }
            : { name: 'Events of my orgs', events: await calendarFeeds.listOfMember(memberId, span) };
        },
        { isReadOnly: true },
      );
    },

    /** The public events of the org of that very slug; nothing for one that an operator has hidden. */
    async findOfOrg(slug: string): Promise<(Feed & { isListed: boolean }) | undefined> {
      const page = await orgPages.find(slug);
      if (!page) return undefined;
      const { id, name, isListed } = page.org;
      const span = spanAt(clock.now());
      const events = await inTransaction(({ calendarFeeds }) => calendarFeeds.listOfOrg(id, span), {
        isReadOnly: true,
      });
      return { name, events, isListed };
    },
  };
}
