import type { DateTime } from 'luxon';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { plainText } from '../../src/bot/text.js';
import { textsOf, type View } from '../../src/bot/views.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import type { AnnounceChannel } from '../../src/domain/announcements/announcement.js';
import { planAnnouncements } from '../../src/domain/events/announcements.js';
import type { Event } from '../../src/domain/events/event.js';
import type { ChangedEvent, SyncedChanges } from '../../src/domain/events/event-changes.js';
import { newSourceId } from '../../src/domain/ids.js';
import type { ChannelLooks, ChannelRef } from '../../src/domain/notifications/channel.js';
import type { MirroredEvent } from '../../src/domain/notifications/mirrored-event.js';
import type { SpaceRef } from '../../src/domain/orgs/rights.js';
import type { Delivered } from '../../src/platforms/platform.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import type { SendingPlatform } from '../../src/scheduler/sending.js';
import { createServices } from '../../src/services.js';
import { movableClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';
import { anEvent } from './events.js';
import { anOrg } from './orgs.js';
import { aSource, utc } from './sync.js';

/** A message as it stands in a channel. */
export interface Posted {
  id: string;
  channelId: string;
  under: string | undefined;
  view: View;
  /** Everything readable in it. */
  text: string;
  edits: number;
}

export type Announcing = Awaited<ReturnType<typeof startAnnouncing>>;

export const SPACE: SpaceRef = { platform: 'discord', externalId: '600000000000000001' };
export const EVENTS_CHANNEL: ChannelRef = { ...SPACE, channelId: '400000000000000001' };

/** An org with a channel, over a real database, and a platform in memory on which everybody sees what is posted. */
export async function startAnnouncing({
  now = '2026-03-01T10:00:00Z',
  channel = {},
  looks,
}: {
  now?: string;
  channel?: Partial<AnnounceChannel> | undefined;
  looks?: Partial<ChannelLooks>;
} = {}) {
  const database = openDatabase(':memory:');
  await migrate(database.connection);
  const clock = movableClock({ now: () => utc(now) });
  const logger = createLogger('silent', { write: () => undefined });
  const services = createServices(database, clock, {
    looks: {
      check: async ({ channelId }) => ({
        kind: 'open',
        name: channelId === EVENTS_CHANNEL.channelId ? 'events' : channelId,
      }),
      list: async () => [{ channelId: EVENTS_CHANNEL.channelId, name: 'events' }],
      checkCalendar: async () => ({ kind: 'open' }),
      hasCalendar: () => true,
      ...looks,
    },
  });
  const bot = createRollcallBot({ services, clock, logger });
  const far = farEnd();
  const dispatcher = createDispatcher({
    inTransaction: database.inTransaction,
    bot,
    platforms: [far.platform],
    clock,
    logger,
    random: () => 0.5,
  });
  const org = anOrg();
  const sourceId = newSourceId();
  const aChannel: AnnounceChannel = {
    ...EVENTS_CHANNEL,
    orgId: org.id,
    name: 'events',
    isMirrored: false,
    setAt: clock.now(),
    off: undefined,
    ...channel,
  };
  await database.inTransaction(async ({ orgs, announcements, sources }) => {
    await orgs.add(org);
    await orgs.addSpace(SPACE, org.id, clock.now());
    await sources.add(aSource(org.id, { id: sourceId }));
    await announcements.saveChannel(aChannel, undefined);
  });

  const write = (changes: Partial<SyncedChanges>) =>
    database.inTransaction(async (repositories) => {
      const all: SyncedChanges = {
        orgId: org.id,
        sourceId,
        isFirst: false,
        at: clock.now(),
        added: [],
        changed: [],
        cancelled: [],
        ...changes,
      };
      await repositories.events.addAll(all.added);
      for (const { after } of all.changed) await repositories.events.update(after);
      for (const event of [...all.cancelled, ...(all.withdrawn ?? [])]) await repositories.events.update(event);
      await planAnnouncements(repositories, all);
      await planAnnouncements(repositories, all);
    });

  return {
    database,
    services,
    bot,
    clock,
    org,
    sourceId,
    far,
    /** An event of the org that is days ahead. */
    event: (overrides: Partial<Event> = {}) =>
      anEvent({ orgId: org.id, sourceId, startsAt: clock.now().plus({ days: 4 }), ...overrides }),
    /** What a run of the sync found: written and followed up, the latter twice, as it must be safe to. */
    write,
    /** Sends what is due. */
    settle: () => dispatcher.run(),
    /** A run, and all that follows sent. */
    async run(changes: Partial<SyncedChanges>) {
      await write(changes);
      await dispatcher.run();
    },
    after: (duration: { minutes?: number; hours?: number; days?: number }) => clock.moveTo(clock.now().plus(duration)),
    channel: () =>
      database.inTransaction(({ announcements }) => announcements.findChannel(SPACE), { isReadOnly: true }),
    stop: () => database.close(),
  };
}

/** The event with something changed, as a sync tells it. */
export function changedTo(before: Event, changes: Partial<Event>, ...what: ChangedEvent['what']): ChangedEvent {
  return { before, after: { ...before, ...changes, sequence: before.sequence + 1 }, what };
}

export function calledOff(event: Event): Event {
  return { ...event, state: 'cancelled', sequence: event.sequence + 1 };
}

/** The event some time later, with its end. */
export function movedBy(event: Event, duration: { hours?: number; days?: number }): ChangedEvent {
  const startsAt: DateTime = event.startsAt.plus(duration);
  return changedTo(event, { startsAt, endsAt: event.endsAt?.plus(duration) }, 'moved');
}

/** Channels, calendars and conversations in memory. A nonce posts once, as on Discord. */
function farEnd() {
  const posts: Posted[] = [];
  const nonces = new Map<string, string>();
  const calendar = new Map<string, MirroredEvent>();
  const marks = new Map<string, string>();
  const alerts: string[] = [];
  const faults: { next: Delivered[]; always: Delivered | undefined } = { next: [], always: undefined };
  let count = 0;
  const fault = () => faults.next.shift() ?? faults.always;
  const words = (view: View) => textsOf(view).map(plainText).join('\n');
  const platform: SendingPlatform = {
    name: 'discord',
    async sendDirect(_to, view) {
      alerts.push(words(view));
      return { kind: 'sent', channelId: 'dm', messageId: 'm' };
    },
    editDirect: async ({ channelId, messageId }) => ({ kind: 'sent', channelId, messageId }),
    channels: {
      async post({ channel, under }, view, nonce) {
        const failed = fault();
        if (failed) return failed;
        const known = nonces.get(nonce);
        if (known) return { kind: 'sent', channelId: channel.channelId, messageId: known };
        count += 1;
        const id = String(count);
        nonces.set(nonce, id);
        posts.push({ id, channelId: channel.channelId, under, view, text: words(view), edits: 0 });
        return { kind: 'sent', channelId: channel.channelId, messageId: id };
      },
      async edit({ channel, messageId }, view) {
        const failed = fault();
        if (failed) return failed;
        const post = posts.find(({ id }) => id === messageId);
        if (!post) return { kind: 'rejected', reason: 'gone' };
        Object.assign(post, { view, text: words(view), edits: post.edits + 1 });
        return { kind: 'sent', channelId: channel.channelId, messageId };
      },
    },
    scheduledEvents: {
      async save(space, event, mark, id) {
        const failed = fault();
        if (failed) return failed;
        count += 1;
        const known = id ?? marks.get(mark) ?? String(count);
        if (id !== undefined && !calendar.has(id)) return { kind: 'rejected', reason: 'gone' };
        marks.set(mark, known);
        calendar.set(known, event);
        return { kind: 'sent', channelId: space.externalId, messageId: known };
      },
      async cancel(space, id) {
        const failed = fault();
        if (failed) return failed;
        calendar.delete(id);
        return { kind: 'sent', channelId: space.externalId, messageId: id };
      },
    },
  };
  return {
    platform,
    /** What was posted, replies included, in order. */
    posts,
    cards: () => posts.filter(({ under }) => under === undefined),
    replies: () => posts.filter(({ under }) => under !== undefined),
    /** Events in the space's own calendar. */
    calendar: () => [...calendar.values()].sort((one, other) => one.startsAt.toMillis() - other.startsAt.toMillis()),
    /** Takes one out by hand. */
    removeFromCalendar(title: string) {
      for (const [id, event] of calendar) if (event.title === title) calendar.delete(id);
    },
    alerts,
    faults,
  };
}
