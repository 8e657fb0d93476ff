import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { DomainError } from '../errors.js';
import type { Event } from '../events/event.js';
import type { OrgId, SourceId } from '../ids.js';
import type { ChannelCheck, ChannelLooks, ChannelRef, NamedChannel } from '../notifications/channel.js';
import type { Org } from '../orgs/org.js';
import { type OrgAsked, orgForAdmin } from '../orgs/org-for-admin.js';
import { isOrgAdmin, type Rights, type SpaceRef } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { notYetAnnounced, postCards } from './announce-new.js';
import { noteChoice, spaceForAdmin } from './announced-space.js';
import { type AnnounceChannel, isSameChannel, isSameSpace } from './announcement.js';
import { findNamed, plainName } from './channel-names.js';
import { createMirrorService, type MirrorChoice } from './mirror-service.js';

/** How many events "Announce the next three" announces. */
const NEXT = 3;

/** What became of choosing a channel. */
export type ChannelChoice =
  | {
      kind: 'set';
      org: Org;
      channel: AnnounceChannel;
      /** The org's next event, to show what a post looks like. */
      next: Event | undefined;
      mirror: MirrorChoice;
    }
  | { kind: 'refused'; org: Org; space: SpaceRef; asked: string; check: Exclude<ChannelCheck, { kind: 'open' }> };

/** One of an org's spaces with its channel. */
export interface AnnouncedSpace {
  space: SpaceRef;
  channel: AnnounceChannel | undefined;
  check: ChannelCheck | undefined;
  lastPostAt: DateTime | undefined;
  /** Whether events can be kept in a calendar of its own. */
  hasCalendar: boolean;
}

export type AnnounceService = ReturnType<typeof createAnnounceService>;

/** Where an org's events are announced: what its admins see and choose. */
export function createAnnounceService(parts: { inTransaction: InTransaction; looks: ChannelLooks; clock: Clock }) {
  const { inTransaction, looks, clock } = parts;
  const mirrors = createMirrorService(parts);

  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  /** The channel that a text names: by its id as the platform's own inputs give it, or by its name. */
  const lookFor = async (space: SpaceRef, text: string): Promise<{ channel: ChannelRef; check: ChannelCheck }> => {
    const named = findNamed(await looks.list(space), text);
    const channel = { ...refOfSpace(space), channelId: (named?.channelId ?? plainName(text)).slice(0, 100) || '-' };
    return { channel, check: await looks.check(channel) };
  };

  /** The same choice again changes nothing, and leaves no second line in the log. */
  const write = async (
    { org, channel: chosen, name }: { org: Org; channel: ChannelRef; name: string },
    rights: Rights,
  ): Promise<AnnounceChannel> =>
    inTransaction(async (repositories) => {
      const before = (await spaceForAdmin(repositories, org.id, chosen, rights)).channel;
      if (before && !before.off && before.name === name && isSameChannel(before, chosen)) return before;
      const at = clock.now();
      const isMirrored = before?.isMirrored ?? false;
      const channel = { ...chosen, orgId: org.id, name, isMirrored, setAt: at, off: undefined };
      await repositories.announcements.saveChannel(channel, rights.memberId);
      await noteChoice(repositories, 'announce.set', channel, { rights, at });
      return channel;
    });

  const nextOf = async ({ id }: Org): Promise<Event | undefined> =>
    (await reading(({ announcements }) => announcements.listAhead({ orgId: id }, clock.now(), 1)))[0];

  const mirrorAs = (wanted: boolean | undefined, { orgId, ...space }: AnnounceChannel, rights: Rights) => {
    if (wanted === undefined) return undefined;
    return wanted ? mirrors.beginMirror(orgId, space, rights) : mirrors.previewEndMirror(orgId, space, rights);
  };

  const switchTo = async (
    orgId: OrgId,
    space: SpaceRef,
    rights: Rights,
    change: { name?: string; isOff: boolean },
  ): Promise<{ org: Org; channel: AnnounceChannel | undefined }> =>
    inTransaction(async (repositories) => {
      const { org, channel } = await spaceForAdmin(repositories, orgId, space, rights);
      if (!channel || (channel.off !== undefined) === change.isOff) return { org, channel };
      const at = clock.now();
      const off = change.isOff ? { since: at, because: 'asked' as const } : undefined;
      const after = { ...channel, name: change.name ?? channel.name, off };
      await repositories.announcements.updateChannel(after);
      await noteChoice(repositories, change.isOff ? 'announce.off' : 'announce.set', after, { rights, at });
      return { org, channel: after };
    });

  return {
    ...mirrors,

    /**
     * Announces the org's events in a channel of the space that somebody acts in, from now on. The channel is looked at
     * first, and nothing is stored if the bot cannot write there.
     *
     * @param text an id or a name. @param mirror whether the space's own calendar is kept in step; unchanged if left out.
     * @throws DomainError `announce.not-here`, and those of `orgForAdmin`.
     */
    async set(
      asked: OrgAsked,
      at: { space: SpaceRef | undefined; text: string; mirror?: boolean | undefined },
      rights: Rights,
    ): Promise<ChannelChoice> {
      const { org, space } = await reading((all) => spaceForAdmin(all, asked, at.space, rights));
      const { channel, check } = await lookFor(space, at.text);
      if (check.kind !== 'open') return { kind: 'refused', org, space, asked: at.text, check };
      const written = await write({ org, channel, name: check.name }, rights);
      const mirrored = await mirrorAs(at.mirror, written, rights);
      const mirror = mirrored?.mirror ?? { kind: 'unchanged' };
      return { kind: 'set', org, channel: mirrored?.channel ?? written, next: await nextOf(org), mirror };
    },

    /**
     * Announces nothing any more in that space. What stands in its own calendar stays in step. Safe to repeat.
     *
     * @throws DomainError as `set` does.
     */
    off: async (asked: OrgAsked, space: SpaceRef | undefined, rights: Rights) => {
      const found = await reading((all) => spaceForAdmin(all, asked, space, rights));
      return switchTo(found.org.id, found.space, rights, { isOff: true });
    },

    /** Goes on in the channel that is off, if the bot can write there. @throws DomainError as `set` does. */
    async on(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<ChannelChoice | { kind: 'none'; org: Org }> {
      const { org, channel } = await reading((all) => spaceForAdmin(all, orgId, space, rights));
      if (!channel) return { kind: 'none', org };
      const check = await looks.check(channel);
      if (check.kind !== 'open') return { kind: 'refused', org, space, asked: channel.name, check };
      const { channel: after = channel } = await switchTo(orgId, space, rights, { name: check.name, isOff: false });
      return { kind: 'set', org, channel: after, next: await nextOf(org), mirror: { kind: 'unchanged' } };
    },

    /** Every space of an org with its channel, as it stands now. @throws DomainError as `orgForAdmin` does. */
    async show(asked: OrgAsked, rights: Rights): Promise<{ org: Org; spaces: AnnouncedSpace[] }> {
      const { org, spaces } = await reading(async ({ orgs, spaces, announcements }) => {
        const org = await orgForAdmin(orgs, asked, rights);
        const channels = await announcements.listChannels(org.id);
        const all = await spaces.list(org.id);
        const told = all.map(async ({ platform, externalId }) => {
          const channel = channels.find((one) => isSameSpace(one, { platform, externalId }));
          const lastPostAt = channel && (await announcements.lastPlannedAt(channel));
          return { space: { platform, externalId }, channel, lastPostAt };
        });
        return { org, spaces: await Promise.all(told) };
      });
      const checked = spaces.map(async (one) => {
        const check = one.channel && !one.channel.off ? await looks.check(one.channel) : undefined;
        return { ...one, check, hasCalendar: looks.hasCalendar(one.space) };
      });
      return { org, spaces: await Promise.all(checked) };
    },

    /** The channels of one of the org's spaces, to choose from. @throws DomainError as `set` does. */
    async choices(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<{ org: Org; channels: NamedChannel[] }> {
      const { org } = await reading((all) => spaceForAdmin(all, orgId, space, rights));
      return { org, channels: await looks.list(space) };
    },

    /** Channels of a space whose names hold what was typed, for an admin of its org; there may be private ones. */
    async suggest(space: SpaceRef | undefined, text: string, rights: Rights): Promise<NamedChannel[]> {
      if (!space) return [];
      const isAdmin = await reading(async ({ orgs }) => {
        const org = await orgs.findOrgOfSpace(space);
        return org !== undefined && (await isOrgAdmin(orgs, org, rights));
      });
      if (!isAdmin) return [];
      const typed = plainName(text).toLowerCase();
      return (await looks.list(space)).filter(({ name }) => name.toLowerCase().includes(typed));
    },

    /**
     * Announces the next three events of a calendar in the org's channels, those of them that were not yet. For after
     * a first sync, which announces nothing by itself. Safe to repeat: the same three are announced once.
     *
     * @throws DomainError `events.gone` for a calendar that was disconnected, and those of `orgForAdmin`.
     */
    async announceNext(
      sourceId: SourceId,
      rights: Rights,
    ): Promise<{ org: Org; events: number; announced: number; channels: AnnounceChannel[] }> {
      return inTransaction(async (repositories) => {
        const now = clock.now();
        const source = await repositories.sources.find(sourceId);
        if (!source) throw new DomainError({ code: 'events.gone' });
        const org = await orgForAdmin(repositories.orgs, source.orgId, rights);
        const events = await repositories.announcements.listAhead({ sourceId }, now, NEXT);
        const channels = (await repositories.announcements.listChannels(org.id)).filter(({ off }) => !off);
        const announced = new Set<string>();
        for (const channel of channels) {
          const fresh = await notYetAnnounced(repositories, channel, events);
          await postCards(repositories, channel, fresh, now);
          for (const { id } of fresh) announced.add(id);
        }
        return { org, events: events.length, announced: announced.size, channels };
      });
    },
  };
}

function refOfSpace({ platform, externalId }: SpaceRef): SpaceRef {
  return { platform, externalId };
}
