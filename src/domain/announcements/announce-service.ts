import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { Event } from '../events/event.js';
import type { OrgId, SourceId } from '../ids.js';
import type { CalendarCheck, ChannelCheck, ChannelLooks, ChannelRef, NamedChannel } from '../notifications/channel.js';
import type { Org } from '../orgs/org.js';
import { type OrgAsked, orgForAdmin } from '../orgs/org-for-admin.js';
import { toChoice } from '../orgs/orgs-service.js';
import { isOrgAdmin, type Rights, type SpaceRef } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { notYetAnnounced, postCards } from './announce-new.js';
import { type AnnounceChannel, isSameSpace } from './announcement.js';
import { findNamed, plainName } from './channel-names.js';
import { beginCalendar, endCalendar } from './mirroring.js';

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

/** What became of the wish to keep a space's own calendar in step. */
export type MirrorChoice =
  | { kind: 'unchanged' }
  | { kind: 'begun'; events: number }
  | { kind: 'refused'; check: Exclude<CalendarCheck, { kind: 'open' }> }
  /** Ending it takes events down, so it is asked for first. */
  | { kind: 'ask-to-end'; events: number };

/** One of an org's spaces with its channel. */
export interface AnnouncedSpace {
  space: SpaceRef;
  channel: AnnounceChannel | undefined;
  check: ChannelCheck | undefined;
  lastPostAt: DateTime | undefined;
  /** Whether events can be kept in a calendar of its own. */
  hasCalendar: boolean;
}

/** A space's channel and what became of the wish to keep the space's own calendar. */
export interface CalendarChoice {
  org: Org;
  channel: AnnounceChannel;
  mirror: MirrorChoice;
}

export type AnnounceService = ReturnType<typeof createAnnounceService>;

/** Where an org's events are announced: what its admins see and choose. */
export function createAnnounceService(parts: { inTransaction: InTransaction; looks: ChannelLooks; clock: Clock }) {
  const { inTransaction, looks, clock } = parts;

  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  const spaceForAdmin = async (
    repositories: Repositories,
    asked: OrgAsked,
    space: SpaceRef | undefined,
    rights: Rights,
  ) => {
    const org = await orgForAdmin(repositories.orgs, asked, rights);
    const own = space && (await repositories.orgs.findOrgOfSpace(space));
    if (!space || own?.id !== org.id) throw new DomainError({ code: 'announce.not-here', org: toChoice(org) });
    return { org, space, channel: await repositories.announcements.findChannel(space) };
  };

  /** The channel that a text names: by its id as the platform's own inputs give it, or by its name. */
  const lookFor = async (space: SpaceRef, text: string): Promise<{ channel: ChannelRef; check: ChannelCheck }> => {
    const named = findNamed(await looks.list(space), text);
    const channel = { ...refOfSpace(space), channelId: (named?.channelId ?? plainName(text)).slice(0, 100) || '-' };
    return { channel, check: await looks.check(channel) };
  };

  const write = async (
    org: Org,
    found: { channel: ChannelRef; name: string },
    rights: Rights,
    mirror: 'begin' | 'leave',
  ): Promise<{ channel: AnnounceChannel; begun: number }> =>
    inTransaction(async (repositories) => {
      const { announcements, audit } = repositories;
      const now = clock.now();
      const before = (await spaceForAdmin(repositories, org.id, found.channel, rights)).channel;
      const isMirrored = mirror === 'begin' || (before?.isMirrored ?? false);
      const channel = { ...found.channel, orgId: org.id, name: found.name, isMirrored, setAt: now, off: undefined };
      await announcements.saveChannel(channel, rights.memberId);
      const after = { platform: channel.platform, name: channel.name, isMirrored };
      await audit.add({ orgId: org.id, actor: auditActor(rights), action: 'announce.set', after, at: now });
      return { channel, begun: mirror === 'begin' ? await beginCalendar(repositories, found.channel, org.id, now) : 0 };
    });

  const countAhead = async (space: SpaceRef): Promise<number> =>
    (await reading(({ announcements }) => announcements.listMirrorsAhead(space, clock.now()))).length;

  const chooseMirror = async (
    space: SpaceRef,
    before: AnnounceChannel | undefined,
    wanted: boolean | undefined,
  ): Promise<'begin' | Extract<MirrorChoice, { kind: 'unchanged' | 'refused' | 'ask-to-end' }>> => {
    const isMirrored = before?.isMirrored ?? false;
    if (wanted === undefined || (!wanted && !isMirrored)) return { kind: 'unchanged' };
    if (!wanted) return { kind: 'ask-to-end', events: await countAhead(space) };
    const check = await looks.checkCalendar(space);
    return check.kind === 'open' ? 'begin' : { kind: 'refused', check };
  };

  /** The channel of a space that has one, for what is about both. */
  const channelForAdmin = async (repositories: Repositories, orgId: OrgId, space: SpaceRef, rights: Rights) => {
    const { org, channel } = await spaceForAdmin(repositories, orgId, space, rights);
    if (!channel) throw new DomainError({ code: 'announce.not-here', org: toChoice(org) });
    return { org, channel };
  };

  const noteMirror = async (
    { announcements, audit }: Repositories,
    channel: AnnounceChannel,
    rights: Rights,
    isMirrored: boolean,
  ): Promise<AnnounceChannel> => {
    const changed = { ...channel, isMirrored };
    const after = { platform: channel.platform, name: channel.name, isMirrored };
    await announcements.updateChannel(changed);
    const entry = { orgId: channel.orgId, actor: auditActor(rights), action: 'announce.set' as const, after };
    await audit.add({ ...entry, at: clock.now() });
    return changed;
  };

  const switchTo = async (
    orgId: OrgId,
    space: SpaceRef,
    rights: Rights,
    change: { name?: string; isOff: boolean },
  ): Promise<{ org: Org; channel: AnnounceChannel | undefined; isChanged: boolean }> =>
    inTransaction(async (repositories) => {
      const { org, channel } = await spaceForAdmin(repositories, orgId, space, rights);
      if (!channel || (channel.off !== undefined) === change.isOff) return { org, channel, isChanged: false };
      const at = clock.now();
      const off = change.isOff ? { since: at, because: 'asked' as const } : undefined;
      const after = { ...channel, name: change.name ?? channel.name, off };
      await repositories.announcements.updateChannel(after);
      const action = change.isOff ? ('announce.off' as const) : ('announce.set' as const);
      const told = { platform: channel.platform, name: after.name, isMirrored: after.isMirrored };
      const entry = { orgId: org.id, actor: auditActor(rights), action, at };
      await repositories.audit.add(change.isOff ? { ...entry, before: told } : { ...entry, after: told });
      return { org, channel: after, isChanged: true };
    });

  return {
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
      const { org, space, channel: before } = await reading((all) => spaceForAdmin(all, asked, at.space, rights));
      const { channel, check } = await lookFor(space, at.text);
      if (check.kind !== 'open') return { kind: 'refused', org, space, asked: at.text, check };
      const mirror = await chooseMirror(space, before, at.mirror);
      const found = { channel, name: check.name };
      const written = await write(org, found, rights, mirror === 'begin' ? 'begin' : 'leave');
      const [next] = await reading(({ announcements }) => announcements.listAhead({ orgId: org.id }, clock.now(), 1));
      const outcome = mirror === 'begin' ? ({ kind: 'begun', events: written.begun } as const) : mirror;
      return { kind: 'set', org, channel: written.channel, next, mirror: outcome };
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
      return { kind: 'set', org, channel: after, next: undefined, mirror: { kind: 'unchanged' } };
    },

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
        const after = await noteMirror(repositories, before, rights, true);
        const events = await beginCalendar(repositories, space, orgId, clock.now());
        return { org, channel: after, mirror: { kind: 'begun', events } };
      });
    },

    /** What ending to keep a calendar would come to, without doing it. @throws DomainError as `beginMirror` does. */
    async previewEndMirror(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<CalendarChoice> {
      const found = await reading((all) => channelForAdmin(all, orgId, space, rights));
      return { ...found, mirror: { kind: 'ask-to-end', events: await countAhead(space) } };
    },

    /** Ends keeping a calendar, and takes down what has not begun. Safe to repeat. @throws as `beginMirror` does. */
    async endMirror(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<{ org: Org; events: number }> {
      return inTransaction(async (repositories) => {
        const { org, channel } = await channelForAdmin(repositories, orgId, space, rights);
        if (!channel.isMirrored) return { org, events: 0 };
        await noteMirror(repositories, channel, rights, false);
        return { org, events: await endCalendar(repositories, space, clock.now()) };
      });
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
     * @throws DomainError `events.gone` for a calendar that holds nothing ahead, and those of `orgForAdmin`.
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
