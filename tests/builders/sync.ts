import { DateTime } from 'luxon';
import { migrate, openDatabase } from '../../src/db/database.js';
import { sourceSecrets } from '../../src/db/source-secrets.js';
import type { FollowChanges, SyncedChanges } from '../../src/domain/events/event-changes.js';
import type { EventSource } from '../../src/domain/events/event-source.js';
import { newConnection } from '../../src/domain/events/new-connection.js';
import type { Source } from '../../src/domain/events/source.js';
import { createSyncService } from '../../src/domain/events/sync-service.js';
import { newSourceId, type OrgId, type SourceId } from '../../src/domain/ids.js';
import { createSecretBox, makeKey } from '../../src/shared/secret-box.js';
import { anOrg } from './orgs.js';

export const utc = (text: string): DateTime<true> => DateTime.fromISO(text, { zone: 'utc' }) as DateTime<true>;

/** A calendar as it is stored right after it was connected. */
export function aSource(orgId: OrgId, overrides: Partial<Source> = {}): Source {
  const connectedAt = overrides.connectedAt ?? utc('2026-03-01T10:00:00Z');
  const calendar = { calendarId: 'cal-test', name: 'Test calendar', pageUrl: undefined, zone: undefined };
  const access: Source['access'] = {
    kind: 'feed',
    feedUrl: 'https://api.lu.ma/ics/get?entity=calendar&id=cal-test',
  };
  const offer = { id: newSourceId(), orgId, access, calendar };
  return { ...newConnection(offer, undefined, connectedAt), ...overrides };
}

/** The sync service over a real database, with calendars of the test's own and a note of what followed. */
export async function startSyncs({
  file = ':memory:',
  follow = [],
}: {
  file?: string;
  follow?: readonly FollowChanges[];
} = {}) {
  const database = openDatabase(file);
  await migrate(database.connection);
  const secrets = sourceSecrets(createSecretBox([makeKey()]));
  const calendars = new Map<string, EventSource>();
  const followed: SyncedChanges[] = [];
  const faults: unknown[] = [];
  const org = anOrg();
  await database.inTransaction(({ orgs }) => orgs.add(org));
  const startProcess = () =>
    createSyncService({
      inTransaction: database.inTransaction,
      openSource(access) {
        const calendar = calendars.get(access.kind === 'api' ? access.apiKey : access.feedUrl);
        if (!calendar) throw new Error('The test has no such calendar.');
        return calendar;
      },
      secrets,
      follow: [...follow, async (_repositories, changes) => void followed.push(changes)],
      random: () => 0.5,
      onFault: (error) => void faults.push(error),
    });
  let syncs = startProcess();
  return {
    database,
    get syncs() {
      return syncs;
    },
    /** Another process on the same database. */
    restart() {
      syncs = startProcess();
    },
    secrets,
    org,
    followed,
    faults,
    /** Connects a calendar of the test's own to an org. */
    async connect(calendar: EventSource, kind: 'api' | 'feed', overrides: Partial<Source> = {}): Promise<SourceId> {
      const id = overrides.id ?? newSourceId();
      const address = `https://calendars.example/${id}`;
      calendars.set(address, calendar);
      const access = secrets.sealAccess(
        id,
        kind === 'api' ? { kind, apiKey: address } : { kind: 'feed', feedUrl: address },
      );
      await database.inTransaction(({ sources }) => sources.add(aSource(org.id, { ...overrides, id, access })));
      return id;
    },
    sync: (id: SourceId, at: string) => syncs.syncSource(id, { now: utc(at), force: true }),
    /** Every event of the org, by lu.ma's id. */
    async events() {
      const rows = await database.connection.selectFrom('events').selectAll().orderBy('luma_id').execute();
      return new Map(rows.map((row) => [row.luma_id, row]));
    },
    /** What became of an event, in order. */
    async history(lumaId: string) {
      const rows = await database.connection
        .selectFrom('event_changes')
        .innerJoin('events', 'events.id', 'event_changes.event_id')
        .select(['what', 'before', 'after'])
        .where('luma_id', '=', lumaId)
        .orderBy('event_changes.id')
        .execute();
      return rows.map(({ what, before, after }) => ({
        what,
        before: before === null ? undefined : (JSON.parse(before) as unknown),
        after: after === null ? undefined : (JSON.parse(after) as unknown),
      }));
    },
    source: (id: SourceId) => database.inTransaction(({ sources }) => sources.find(id), { isReadOnly: true }),
    stop: () => database.close(),
  };
}
