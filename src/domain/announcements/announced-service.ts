import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { type Event, endOf } from '../events/event.js';
import type { EventHost } from '../events/listed-event.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import type { ChannelRef } from '../notifications/channel.js';
import type { CalendarTarget, Settled } from '../notifications/delivery.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { ToldChange } from './announce-messages.js';
import { type AnnounceChannel, isAnnounceable, isSameChannel } from './announcement.js';
import { settleAddition, settleFollowUp, settleMirror, settlePost } from './outcomes.js';

/** An event with its org, as a post shows it. */
export interface Announced {
  event: Event;
  org: EventHost;
}

/** A change as a notice tells it: what it was told to be, and what it is now. */
export interface TellableChange extends Omit<ToldChange, 'event'> {
  event: Event;
}

export type AnnouncedService = ReturnType<typeof createAnnouncedService>;

/** What posts, notices and calendars say, as things stand at the moment of sending; nothing when it no longer holds. */
export function createAnnouncedService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  return {
    /** An event that is still to be posted; not one that was called off or has begun, nor into a channel that is off. */
    async toPost(eventId: EventId, channel: ChannelRef): Promise<Announced | undefined> {
      return reading(async (repositories) => {
        if (!(await findOpen(repositories, channel))) return undefined;
        const found = await announced(repositories, eventId);
        return found && isAnnounceable(found.event, clock.now()) ? found : undefined;
      });
    },

    /** An event whose post is up, as it is now. */
    async posted(eventId: EventId): Promise<Announced | undefined> {
      return reading((repositories) => announced(repositories, eventId));
    },

    /** The events of a summary by start. For one that is not up yet only those that can still be gone to. */
    async summary(
      { post, org: orgId }: { post: string; org: OrgId },
      channel: ChannelRef,
      { isUp }: { isUp: boolean },
    ): Promise<{ org: EventHost; events: Event[] } | undefined> {
      return reading(async (repositories) => {
        const org = await visibleOrg(repositories, orgId);
        if (!org || !(isUp || (await findOpen(repositories, channel)))) return undefined;
        const ids = (await repositories.announcements.listOfPost(post)).map(({ eventId }) => eventId);
        const all = await repositories.events.list(ids);
        const now = clock.now();
        const events = isUp ? all.filter(isListed) : all.filter((event) => isAnnounceable(event, now));
        return events.length > 0 ? { org, events } : undefined;
      });
    },

    /** Those of the changes that are still so, and matter still. */
    async changes(told: readonly ToldChange[], channel: ChannelRef): Promise<TellableChange[]> {
      return reading(async (repositories) => {
        if (!(await findOpen(repositories, channel))) return [];
        const events = await repositories.events.list(told.map(({ event }) => event));
        const byId = new Map(events.map((event) => [event.id, event]));
        const now = clock.now();
        return told.flatMap((change) => {
          const event = byId.get(change.event);
          return event && isStillSo(change, event, now) ? [{ ...change, event }] : [];
        });
      });
    },

    /** @see settlePost */
    settlePost: (repositories: Repositories, post: string, outcome: Settled, channel: ChannelRef): Promise<void> =>
      settlePost(repositories, post, outcome, { channel, now: clock.now() }),

    /** @see settleAddition */
    settleAddition: (repositories: Repositories, post: string, outcome: Settled, channel: ChannelRef): Promise<void> =>
      settleAddition(repositories, post, outcome, { channel, now: clock.now() }),

    /** @see settleFollowUp */
    settleFollowUp: (repositories: Repositories, outcome: Settled, channel: ChannelRef): Promise<void> =>
      settleFollowUp(repositories, outcome, { channel, now: clock.now() }),

    /** @see settleMirror */
    settleMirror: (repositories: Repositories, made: string, outcome: Settled, target: CalendarTarget): Promise<void> =>
      settleMirror(repositories, made, outcome, target, clock.now()),

    /** An event that belongs into a space's calendar, as it is now. */
    async toMirror(eventId: EventId): Promise<Announced | undefined> {
      return reading(async (repositories) => {
        const found = await announced(repositories, eventId);
        return found && isAnnounceable(found.event, clock.now()) ? found : undefined;
      });
    },

    /** A channel that is off for being lost, or a calendar that is no longer kept, for one of the org's admins. */
    async lost(
      channel: ChannelRef,
      what: 'channel' | 'calendar',
      memberId: MemberId,
    ): Promise<{ channel: AnnounceChannel; org: EventHost } | undefined> {
      return reading(async (repositories) => {
        const own = await repositories.announcements.findChannel(channel);
        const isStillLost = what === 'channel' ? own?.off?.because === 'lost' : own?.isMirrored === false;
        if (!own || !isStillLost) return undefined;
        const org = await visibleOrg(repositories, own.orgId);
        const membership = await repositories.orgs.findMembership(own.orgId, memberId);
        const isAdmin = membership?.status === 'active' && membership.role === 'admin';
        return org && isAdmin ? { channel: own, org } : undefined;
      });
    },
  };
}

async function findOpen({ announcements }: Repositories, channel: ChannelRef): Promise<AnnounceChannel | undefined> {
  const own = await announcements.findChannel(channel);
  return own && !own.off && isSameChannel(own, channel) ? own : undefined;
}

async function announced(repositories: Repositories, eventId: EventId): Promise<Announced | undefined> {
  const event = await repositories.events.find(eventId);
  const org = event && (await visibleOrg(repositories, event.orgId));
  return event && org ? { event, org } : undefined;
}

async function visibleOrg({ orgs }: Repositories, id: OrgId): Promise<EventHost | undefined> {
  const org = await orgs.find(id);
  return org && !org.isHidden ? org : undefined;
}

/** Whether a list for everybody names it, be it called off. */
function isListed({ state, visibility }: Event): boolean {
  return state !== 'withdrawn' && visibility === 'public';
}

/** A change that was taken back, or followed by another that tells more, is left to that one. */
function isStillSo({ what }: ToldChange, event: Event, now: DateTime): boolean {
  if (!isListed(event) || endOf(event) < now) return false;
  return (event.state === 'on') !== what.includes('cancelled');
}
