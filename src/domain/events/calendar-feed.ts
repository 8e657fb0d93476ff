import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { type MemberId, randomId } from '../ids.js';
import type { OrgPageService } from '../orgs/org-page-service.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { CalendarFeed, FeedSpan } from './calendar-feeds-repository.js';
import type { Event } from './event.js';
import type { ResponseValue } from './response.js';

/** An event in a calendar feed. */
export interface FeedEvent {
  event: Event;
  orgName: string;
  /** What the reader said; only what they go to takes up their time. */
  response: ResponseValue | undefined;
  /** The token of the reader's own link to it on lu.ma, where they have one. */
  linkToken: string | undefined;
}

/** What a feed's address gives. */
export interface Feed {
  name: string;
  events: FeedEvent[];
}

/** A member's own feed, for them alone. */
export interface OwnFeed {
  /** Of this address: another one has another. */
  id: string;
  /** What stands in the address; nothing when no key at hand opens it. It is read all the same, but not shown again. */
  token: string | undefined;
}

/** How far back a feed reaches, and for how long a member's own tells that an event was cancelled. */
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

  const opened = ({ id, sealedToken }: CalendarFeed): OwnFeed => ({ id, token: secrets.open(id, sealedToken) });

  const make = async ({ calendarFeeds }: Repositories, memberId: MemberId): Promise<OwnFeed> => {
    const [id, token] = [randomId(), newToken()];
    const sealedToken = secrets.seal(id, token);
    await calendarFeeds.save({ id, memberId, tokenHash: hashOf(token), sealedToken, madeAt: clock.now() });
    return { id, token };
  };

  /** The member's feed, if they have one. */
  const findOwn = async (memberId: MemberId): Promise<OwnFeed | undefined> => {
    const known = await inTransaction(({ calendarFeeds }) => calendarFeeds.find(memberId), { isReadOnly: true });
    return known && opened(known);
  };

  return {
    findOwn,

    /** The same, made at the first call. */
    async findOrMake(memberId: MemberId): Promise<OwnFeed> {
      const found = await findOwn(memberId);
      if (found) return found;
      return inTransaction(async (repositories) => {
        const known = await repositories.calendarFeeds.find(memberId);
        return known ? opened(known) : make(repositories, memberId);
      });
    },

    /**
     * A new address in the place of the one with that id, which works no more from this moment on. Asked for twice, it
     * is made once.
     */
    async renew(memberId: MemberId, id: string): Promise<OwnFeed> {
      return inTransaction(async (repositories) => {
        const known = await repositories.calendarFeeds.find(memberId);
        return known && known.id !== id ? opened(known) : make(repositories, memberId);
      });
    },

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

    /** The public events of the org of that very slug, the cancelled ones too; nothing for one that is hidden. */
    async findOfOrg(slug: string): Promise<(Feed & { isListed: boolean }) | undefined> {
      const page = await orgPages.find(slug);
      if (!page) return undefined;
      const { id, name, isListed } = page.org;
      const { from } = spanAt(clock.now());
      const events = await inTransaction(({ calendarFeeds }) => calendarFeeds.listOfOrg(id, from), {
        isReadOnly: true,
      });
      return { name, events, isListed };
    },
  };
}
