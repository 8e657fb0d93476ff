import type { Clock } from '../../shared/clock.js';
import type { OrgId } from '../ids.js';
import type { CalendarCheck, ChannelLooks } from '../notifications/channel.js';
import type { Org } from '../orgs/org.js';
import type { Rights, SpaceRef } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { channelForAdmin, noteChoice } from './announced-space.js';
import type { AnnounceChannel } from './announcement.js';
import { beginCalendar, endCalendar } from './mirroring.js';

/** What became of the wish to keep a space's own calendar in step. */
export type MirrorChoice =
  | { kind: 'unchanged' }
  | { kind: 'begun'; events: number }
  | { kind: 'refused'; check: Exclude<CalendarCheck, { kind: 'open' }> }
  /** Ending it takes events down, so it is asked for first. */
  | { kind: 'ask-to-end'; events: number };

/** A space's channel and what became of the wish to keep the space's own calendar. */
export interface CalendarChoice {
  org: Org;
  channel: AnnounceChannel;
  mirror: MirrorChoice;
}

/** Whether an org's events are kept in the own calendars of its spaces: what its admins choose. */
export function createMirrorService(parts: { inTransaction: InTransaction; looks: ChannelLooks; clock: Clock }) {
  const { inTransaction, looks, clock } = parts;

  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  const countAhead = async (space: SpaceRef): Promise<number> =>
    (await reading(({ announcements }) => announcements.listMirrorsAhead(space, clock.now()))).length;

  return {
    /**
     * Keeps the calendar of a space in step from now on, its channel being on or off. Safe to repeat.
     *
     * @throws DomainError `announce.not-here` for a space without a channel, and those of `orgForAdmin`.
     */
    async beginMirror(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<CalendarChoice> {
      const { org, channel } = await reading((all) => channelForAdmin(all, orgId, space, rights));
      const check = await looks.checkCalendar(space);
      if (check.kind !== 'open') return { org, channel, mirror: { kind: 'refused', check } };
      return inTransaction(async (repositories) => {
        const { channel: before } = await channelForAdmin(repositories, orgId, space, rights);
        if (before.isMirrored) return { org, channel: before, mirror: { kind: 'unchanged' } };
        const at = clock.now();
        const after = { ...before, isMirrored: true };
        await repositories.announcements.updateChannel(after);
        await noteChoice(repositories, 'announce.set', after, { rights, at });
        return {
          org,
          channel: after,
          mirror: { kind: 'begun', events: await beginCalendar(repositories, space, orgId, at) },
        };
      });
    },

    /** What ending to keep a calendar would come to, without doing it. @throws DomainError as `beginMirror` does. */
    async previewEndMirror(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<CalendarChoice> {
      const found = await reading((all) => channelForAdmin(all, orgId, space, rights));
      const { isMirrored } = found.channel;
      return {
        ...found,
        mirror: isMirrored ? { kind: 'ask-to-end', events: await countAhead(space) } : { kind: 'unchanged' },
      };
    },

    /** Ends keeping a calendar, and takes down what has not begun. Safe to repeat. @throws as `beginMirror` does. */
    async endMirror(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<{ org: Org; events: number }> {
      return inTransaction(async (repositories) => {
        const { org, channel } = await channelForAdmin(repositories, orgId, space, rights);
        if (!channel.isMirrored) return { org, events: 0 };
        const at = clock.now();
        const after = { ...channel, isMirrored: false };
        await repositories.announcements.updateChannel(after);
        await noteChoice(repositories, 'announce.set', after, { rights, at });
        return { org, events: await endCalendar(repositories, space, at) };
      });
    },
  };
}
