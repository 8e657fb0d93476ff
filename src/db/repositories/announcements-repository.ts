import type { Insertable, Selectable } from 'kysely';
import type { AnnounceChannel, Announcement, EventMirror } from '../../domain/announcements/announcement.js';
import { ANNOUNCEMENT_STATES, OFF_REASONS } from '../../domain/announcements/announcement.js';
import type { AnnouncementsRepository } from '../../domain/announcements/announcements-repository.js';
import { EventId, OrgId } from '../../domain/ids.js';
import { SpaceRef } from '../../domain/orgs/rights.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { AnnounceChannelsTable, AnnouncementsTable, EventMirrorsTable } from '../schema.js';
import { toEvent } from './events-repository.js';

/** Rows and ids that go into one statement. */
const AT_ONCE = 500;

/** Channels for announcements, what was announced in them, and events in spaces' own calendars, in the database. */
export function announcementsRepository(db: Connection): AnnouncementsRepository {
  const channelOf = ({ platform, externalId }: SpaceRef) =>
    db.selectFrom('announce_channels').selectAll().where('platform', '=', platform).where('space_id', '=', externalId);

  return {
    async listChannels(orgId) {
      const rows = await db
        .selectFrom('announce_channels')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('set_at')
        .orderBy('space_id')
        .execute();
      return rows.map(toChannel);
    },

    async findChannel(space) {
      const row = await channelOf(space).executeTakeFirst();
      return row && toChannel(row);
    },

    async saveChannel(channel, setBy) {
      const row = { ...fromChannel(channel), set_by: setBy ?? null };
      await db
        .insertInto('announce_channels')
        .values(row)
        .onConflict((conflict) => conflict.columns(['platform', 'space_id']).doUpdateSet(row))
        .execute();
    },

    async updateChannel(channel) {
      await db
        .updateTable('announce_channels')
        .set(fromChannel(channel))
        .where('platform', '=', channel.platform)
        .where('space_id', '=', channel.externalId)
        .execute();
    },

    async listOf(eventIds) {
      const rows = await inChunks(eventIds, (ids) =>
        db.selectFrom('announcements').selectAll().where('event_id', 'in', ids).execute(),
      );
      return rows.map(toAnnouncement);
    },

    async listSince({ platform, externalId, channelId }, moment) {
      const rows = await db
        .selectFrom('announcements')
        .selectAll()
        .where('platform', '=', platform)
        .where('space_id', '=', externalId)
        .where('channel_id', '=', channelId)
        .where('planned_at', '>', toInstantText(moment))
        .execute();
      return rows.map(toAnnouncement);
    },

    async listOfPost(post) {
      const rows = await db.selectFrom('announcements').selectAll().where('post_key', '=', post).execute();
      return rows.map(toAnnouncement);
    },

    async lastPlannedAt({ platform, externalId, channelId }) {
      const row = await db
        .selectFrom('announcements')
        .select('planned_at')
        .where('platform', '=', platform)
        .where('space_id', '=', externalId)
        .where('channel_id', '=', channelId)
        .where('state', '=', 'posted')
        .orderBy('planned_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && fromInstantText(row.planned_at);
    },

    async saveAll(announcements) {
      await inChunks(announcements, async (some) => {
        await db
          .insertInto('announcements')
          .values(some.map(fromAnnouncement))
          .onConflict((conflict) =>
            conflict.columns(['event_id', 'platform', 'space_id', 'channel_id']).doUpdateSet((eb) => ({
              post_key: eb.ref('excluded.post_key'),
              is_summary: eb.ref('excluded.is_summary'),
              state: eb.ref('excluded.state'),
              planned_at: eb.ref('excluded.planned_at'),
            })),
          )
          .execute();
        return [];
      });
    },

    async notePost(post, state) {
      await db.updateTable('announcements').set({ state }).where('post_key', '=', post).execute();
    },

    async listMirrorsOf(eventIds) {
      const rows = await inChunks(eventIds, (ids) =>
        db.selectFrom('event_mirrors').selectAll().where('event_id', 'in', ids).execute(),
      );
      return rows.map(toMirror);
    },

    async listMirrorsAhead({ platform, externalId }, now) {
      const rows = await db
        .selectFrom('event_mirrors')
        .innerJoin('events', 'events.id', 'event_mirrors.event_id')
        .selectAll('event_mirrors')
        .where('platform', '=', platform)
        .where('space_id', '=', externalId)
        .where('events.starts_at', '>', toInstantText(now))
        .orderBy('events.starts_at')
        .execute();
      return rows.map(toMirror);
    },

    async addMirrors(mirrors) {
      await inChunks(mirrors, async (some) => {
        await db
          .insertInto('event_mirrors')
          .values(some.map(fromMirror))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return [];
      });
    },

    async removeMirror(made) {
      await db.deleteFrom('event_mirrors').where('made_key', '=', made).execute();
    },

    async removeMirrorsOfSpace({ platform, externalId }) {
      await db
        .deleteFrom('event_mirrors')
        .where('platform', '=', platform)
        .where('space_id', '=', externalId)
        .execute();
    },

    async listAhead(of, now, most) {
      const [column, id] = 'orgId' in of ? (['org_id', of.orgId] as const) : (['source_id', of.sourceId] as const);
      const rows = await db
        .selectFrom('events')
        .selectAll()
        .where(column, '=', id)
        .where('starts_at', '>', toInstantText(now))
        .where('state', '=', 'on')
        .where('visibility', '=', 'public')
        .orderBy('starts_at')
        .orderBy('id')
        .limit(most)
        .execute();
      return rows.map(toEvent);
    },
  };
}

async function inChunks<Item, Row>(items: readonly Item[], work: (some: Item[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    rows.push(...(await work(items.slice(from, from + AT_ONCE))));
  return rows;
}

function spaceOf({ platform, space_id }: { platform: string; space_id: string }): SpaceRef {
  return SpaceRef.parse({ platform, externalId: space_id });
}

function toChannel(row: Selectable<AnnounceChannelsTable>): AnnounceChannel {
  const because = OFF_REASONS.find((reason) => reason === row.off_because);
  return {
    ...spaceOf(row),
    channelId: row.channel_id,
    orgId: OrgId.parse(row.org_id),
    name: row.name,
    isMirrored: row.is_mirrored === 1,
    setAt: fromInstantText(row.set_at),
    off: row.off_since && because ? { since: fromInstantText(row.off_since), because } : undefined,
  };
}

function fromChannel(channel: AnnounceChannel): Omit<Insertable<AnnounceChannelsTable>, 'set_by'> {
  return {
    platform: channel.platform,
    space_id: channel.externalId,
    org_id: channel.orgId,
    channel_id: channel.channelId,
    name: channel.name,
    is_mirrored: Number(channel.isMirrored),
    set_at: toInstantText(channel.setAt),
    off_since: channel.off ? toInstantText(channel.off.since) : null,
    off_because: channel.off?.because ?? null,
  };
}

function toAnnouncement(row: Selectable<AnnouncementsTable>): Announcement {
  return {
    eventId: EventId.parse(row.event_id),
    channel: { ...spaceOf(row), channelId: row.channel_id },
    post: row.post_key,
    isSummary: row.is_summary === 1,
    // The CHECK constraint refuses anything else.
    state: ANNOUNCEMENT_STATES.find((state) => state === row.state) ?? 'dropped',
    plannedAt: fromInstantText(row.planned_at),
  };
}

function fromAnnouncement(announcement: Announcement): Insertable<AnnouncementsTable> {
  const { eventId, channel, post, isSummary, state, plannedAt } = announcement;
  return {
    event_id: eventId,
    platform: channel.platform,
    space_id: channel.externalId,
    channel_id: channel.channelId,
    post_key: post,
    is_summary: Number(isSummary),
    state,
    planned_at: toInstantText(plannedAt),
  };
}

function toMirror(row: Selectable<EventMirrorsTable>): EventMirror {
  return { eventId: EventId.parse(row.event_id), space: spaceOf(row), made: row.made_key };
}

function fromMirror({ eventId, space, made }: EventMirror): Insertable<EventMirrorsTable> {
  return { event_id: eventId, platform: space.platform, space_id: space.externalId, made_key: made };
}
