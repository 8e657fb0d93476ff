import { type Insertable, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type Source, SYNC_PROBLEMS, type SyncCounts } from '../../domain/events/source.js';
import type { NotedRun, SourcesRepository } from '../../domain/events/sources-repository.js';
import { MemberId, OrgId, SourceId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { EventSourcesTable } from '../schema.js';

const rowOf = prepared((db, id: SourceId) => db.selectFrom('event_sources').selectAll().where('id', '=', id));

const dueRows = prepared((db, now: string, beyond: string) =>
  db
    .selectFrom('event_sources')
    .select('id')
    .where((where) => where.or([where('next_sync_at', '<=', now), where('next_sync_at', '>', beyond)]))
    .orderBy('next_sync_at')
    .orderBy('id'),
);

const firstDueRow = prepared((db) =>
  db.selectFrom('event_sources').select('next_sync_at').orderBy('next_sync_at').limit(1),
);

const lastDueRow = prepared((db) =>
  db.selectFrom('event_sources').select('next_sync_at').orderBy('next_sync_at', 'desc').limit(1),
);

/** Calendars in the database. */
export function sourcesRepository(db: Connection): SourcesRepository {
  return {
    async find(id) {
      const [row] = await rowOf(db, id);
      return row && toSource(row);
    },

    async list(orgId) {
      const rows = await db
        .selectFrom('event_sources')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('connected_at')
        .orderBy('id')
        .execute();
      return rows.map(toSource);
    },

    async listDue({ now, beyond }) {
      const rows = await dueRows(db, toInstantText(now), toInstantText(beyond));
      return rows.map(({ id }) => SourceId.parse(id));
    },

    async isUntouched() {
      const source = await db.selectFrom('event_sources').select('id').limit(1).executeTakeFirst();
      const event = await db.selectFrom('events').select('id').limit(1).executeTakeFirst();
      return !source && !event;
    },

    async dueSpan() {
      const [first] = await firstDueRow(db);
      const [last] = await lastDueRow(db);
      return first && last && { first: fromInstantText(first.next_sync_at), last: fromInstantText(last.next_sync_at) };
    },

    async add(source) {
      await db.insertInto('event_sources').values(fromSource(source)).execute();
    },

    async remove(id) {
      await db.deleteFrom('event_sources').where('id', '=', id).execute();
    },

    async noteRun({ id, runs }, run) {
      const { numUpdatedRows } = await db
        .updateTable('event_sources')
        .set({ runs: runs + 1, last_run_at: toInstantText(run.at), next_sync_at: toInstantText(run.nextSyncAt) })
        .$if(run.kind === 'success', (update) => update.set(successColumns(run)))
        .$if(run.kind === 'failure', (update) =>
          update.set({
            failures: sql`failures + 1`,
            last_problem: run.kind === 'failure' ? run.problem : null,
          }),
        )
        .where('id', '=', id)
        .where('runs', '=', runs)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async noteGuests(id, problem) {
      await db
        .updateTable('event_sources')
        .set({ guests_problem: problem ?? null })
        .where('id', '=', id)
        .execute();
    },

    async wake(id, now) {
      await db
        .updateTable('event_sources')
        .set({ next_sync_at: toInstantText(now) })
        .where('id', '=', id)
        .where('next_sync_at', '>', toInstantText(now))
        .where((where) => where.or([where('last_problem', 'is', null), where('last_problem', '!=', 'rate-limited')]))
        .execute();
    },

    async forgetEtags(orgId, except) {
      await db
        .updateTable('event_sources')
        .set({ etag: null })
        .where('org_id', '=', orgId)
        .where('id', '!=', except)
        .execute();
    },

    async saveWebhook(id, webhook) {
      await db
        .updateTable('event_sources')
        .set({
          webhook_id: webhook?.webhookId ?? null,
          sealed_webhook_secret: webhook?.sealedSecret ?? null,
          webhook_url: webhook?.url ?? null,
        })
        .where('id', '=', id)
        .execute();
    },

    async takeReceipt(id, webhookId, at) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('webhook_receipts')
        .values({ source_id: id, webhook_id: webhookId, received_at: toInstantText(at) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async dropReceipts(id, before) {
      await db
        .deleteFrom('webhook_receipts')
        .where('source_id', '=', id)
        .where('received_at', '<', toInstantText(before))
        .execute();
    },

    async countEvents(id, now) {
      const at = toInstantText(now);
      const counts = await db
        .selectFrom('events')
        .select((select) => [
          select.fn.countAll<number>().filterWhere('starts_at', '>', at).as('upcoming'),
          select.fn.countAll<number>().filterWhere('starts_at', '<=', at).as('past'),
        ])
        .where('source_id', '=', id)
        .where('state', '=', 'on')
        .executeTakeFirstOrThrow();
      return { upcoming: Number(counts.upcoming), past: Number(counts.past) };
    },
  };
}

function successColumns(run: NotedRun) {
  if (run.kind !== 'success') return {};
  const at = toInstantText(run.at);
  return {
    failures: 0,
    last_problem: null,
    last_success_at: at,
    last_counts: JSON.stringify(run.counts),
    etag: run.etag ?? null,
    first_synced_at: sql<string>`coalesce(first_synced_at, ${at})`,
  };
}

function fromSource(source: Source): Insertable<EventSourcesTable> {
  const { access, webhook } = source;
  const at = (instant: Source['lastRunAt']) => (instant ? toInstantText(instant) : null);
  return {
    id: source.id,
    org_id: source.orgId,
    kind: access.kind,
    calendar_id: source.calendarId ?? null,
    name: source.name,
    page_url: source.pageUrl ?? null,
    feed_url: access.kind === 'feed' ? access.feedUrl : null,
    zone: source.zone ?? null,
    sealed_api_key: access.kind === 'api' ? access.sealedKey : null,
    webhook_id: webhook?.webhookId ?? null,
    sealed_webhook_secret: webhook?.sealedSecret ?? null,
    webhook_url: webhook?.url ?? null,
    connected_at: toInstantText(source.connectedAt),
    connected_by: source.connectedBy ?? null,
    first_synced_at: at(source.firstSyncedAt),
    next_sync_at: toInstantText(source.nextSyncAt),
    last_run_at: at(source.lastRunAt),
    last_success_at: at(source.lastSuccessAt),
    last_counts: source.lastCounts ? JSON.stringify(source.lastCounts) : null,
    last_problem: source.lastProblem ?? null,
    failures: source.failures,
    guests_problem: source.guestsProblem ?? null,
    etag: source.etag ?? null,
    runs: source.runs,
  };
}

function toSource(row: Selectable<EventSourcesTable>): Source {
  const at = (text: string | null) => (text === null ? undefined : fromInstantText(text));
  return {
    id: SourceId.parse(row.id),
    orgId: OrgId.parse(row.org_id),
    access: toAccess(row),
    calendarId: row.calendar_id ?? undefined,
    name: row.name,
    pageUrl: row.page_url ?? undefined,
    zone: row.zone ?? undefined,
    connectedAt: fromInstantText(row.connected_at),
    connectedBy: row.connected_by === null ? undefined : MemberId.parse(row.connected_by),
    webhook: toWebhook(row),
    firstSyncedAt: at(row.first_synced_at),
    nextSyncAt: fromInstantText(row.next_sync_at),
    lastRunAt: at(row.last_run_at),
    lastSuccessAt: at(row.last_success_at),
    lastCounts: toCounts(row.last_counts),
    lastProblem: toProblem(row.last_problem),
    failures: row.failures,
    guestsProblem: toProblem(row.guests_problem),
    etag: row.etag ?? undefined,
    runs: row.runs,
  };
}

/** The table's own checks see to it that one of the two is there. */
function toAccess({ sealed_api_key, feed_url }: Selectable<EventSourcesTable>): Source['access'] {
  if (sealed_api_key !== null) return { kind: 'api', sealedKey: sealed_api_key };
  return { kind: 'feed', feedUrl: feed_url ?? '' };
}

function toWebhook(row: Selectable<EventSourcesTable>): Source['webhook'] {
  if (row.webhook_id === null || row.sealed_webhook_secret === null) return undefined;
  return { webhookId: row.webhook_id, sealedSecret: row.sealed_webhook_secret, url: row.webhook_url ?? '' };
}

const Counts = z.object({ added: z.number(), changed: z.number(), cancelled: z.number(), withdrawn: z.number() });

function toCounts(text: string | null): SyncCounts | undefined {
  return text === null ? undefined : Counts.parse(JSON.parse(text));
}

/** A code of another version counts as a fault of our own: it shows, and its words say little. */
function toProblem(text: string | null): Source['lastProblem'] {
  return text === null ? undefined : (SYNC_PROBLEMS.find((code) => code === text) ?? 'own-fault');
}
