import { type Connection, openDatabase } from '../../src/db/database.js';
import { sourceSecrets } from '../../src/db/source-secrets.js';
import { newSourceId } from '../../src/domain/ids.js';
import type { ChannelRef } from '../../src/domain/notifications/channel.js';
import { systemClock } from '../../src/shared/clock.js';
import { createSecretBox, makeKey, writeKey } from '../../src/shared/secret-box.js';
import { anOrg } from '../builders/orgs.js';
import { aSource } from '../builders/sync.js';
import { startFakeLuma } from '../fakes/luma/fake-luma.js';

/** A channel on a fake platform, and what stands in it. */
export interface CrashChannel {
  ref: ChannelRef;
  messageIds(): string[];
}

export type CrashCalendar = Awaited<ReturnType<typeof startCrashCalendar>>;

/** A calendar on a lu.ma of the test's own, whose events are announced in a channel. */
export async function startCrashCalendar(channel: CrashChannel) {
  const luma = await startFakeLuma({ perMinute: Number.POSITIVE_INFINITY });
  const calendar = luma.addCalendar();
  const key = makeKey();
  const titles = () => [...calendar.events.values()].map(({ name }) => name);
  return {
    environment: { LUMA_API_URL: luma.apiUrl, LUMA_ICS_URL: luma.icsUrl, ENCRYPTION_KEY: writeKey(key) },
    titles,

    /** Connects it as if it had been read before, so that every event is announced. */
    async connect(file: string): Promise<void> {
      const database = openDatabase(file);
      const [id, org, now] = [newSourceId(), anOrg(), systemClock().now()];
      const apiKey = calendar.apiKey ?? '';
      const access = sourceSecrets(createSecretBox([key])).sealAccess(id, { kind: 'api', apiKey });
      await database.inTransaction(async ({ orgs, sources, announcements }) => {
        await orgs.add(org);
        await orgs.addSpace(channel.ref, org.id, now);
        await sources.add(aSource(org.id, { id, access, calendarId: calendar.id, firstSyncedAt: now }));
        const named = { ...channel.ref, orgId: org.id, name: 'events', isMirrored: false, setAt: now, off: undefined };
        await announcements.saveChannel(named, undefined);
      });
      await database.close();
    },

    /** One event more, and the one before is called something else. */
    change(): void {
      const last = [...calendar.events.values()].at(-1);
      if (last) calendar.rename(last, `${last.name}, renamed`);
      calendar.addEvent({ name: `Event ${calendar.events.size + 1}` });
    },

    /** Whether the database knows the events as they are now. */
    async isRead(db: Connection): Promise<boolean> {
      const events = await db.selectFrom('events').select('title').execute();
      const known = events.map(({ title }) => title).sort();
      return JSON.stringify(known) === JSON.stringify(titles().sort());
    },

    /** Events that no message in the channel tells of, and messages there beyond those that the outbox knows. */
    async count(db: Connection): Promise<{ lost: number; doubled: number }> {
      const there = channel.messageIds();
      const sent = await db
        .selectFrom('deliveries')
        .select(['dedupe_key', 'sent_message_id'])
        .where('state', '=', 'sent')
        .where('sent_channel_id', '=', channel.ref.channelId)
        .execute();
      const known = new Map(sent.map((one) => [one.dedupe_key, one.sent_message_id ?? '']));
      const announced = await db.selectFrom('announcements').select('post_key').where('state', '=', 'posted').execute();
      const told = announced.filter(({ post_key }) => there.includes(known.get(post_key) ?? ''));
      const ids = new Set(known.values());
      return { lost: calendar.events.size - told.length, doubled: there.filter((id) => !ids.has(id)).length };
    },

    stop: () => luma.close(),
  };
}
