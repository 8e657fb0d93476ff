import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import { createTurns } from '../../shared/turns.js';
import type { SourceId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import { applyNews, kindsOf } from './apply-news.js';
import { type CalendarNews, readNews } from './calendar-news.js';
import type { FollowChanges, SyncedChanges } from './event-changes.js';
import { type EventSource, type OpenSource, type SourceAccess, SourceProblem } from './event-source.js';
import type { SyncGuests } from './guests.js';
import type { Source, SourceSecrets, SyncCounts, SyncProblemCode } from './source.js';
import { planSyncAlerts } from './sync-alert.js';
import { beyondBelief, FAILURES_TO_TELL, nextAfterFailure, nextAfterSuccess } from './sync-schedule.js';

/** What came of asking for a sync. */
export type SyncOutcome =
  | { kind: 'synced'; counts: SyncCounts; isFirst: boolean }
  | { kind: 'failed'; problem: SyncProblemCode; nextSyncAt: DateTime }
  /** Nothing was read: lu.ma said how long to wait, or it is not due. */
  | { kind: 'waiting'; until: DateTime }
  /** The calendar was disconnected, before or while it was read. */
  | { kind: 'gone' };

export type SyncService = ReturnType<typeof createSyncService>;

/** Brings the events of calendars in: reads a calendar outside of any transaction, then writes what is new in one. */
export function createSyncService(parts: {
  inTransaction: InTransaction;
  openSource: OpenSource;
  secrets: SourceSecrets;
  /** What follows from changes, in the transaction that writes them. */
  follow: readonly FollowChanges[];
  /** Reads the guest lists after a run that went through. */
  syncGuests?: SyncGuests | undefined;
  /** Sees to it that lu.ma calls us; after a run that went through. */
  keepWebhook?: (source: Source, calendar: EventSource, now: DateTime) => Promise<void>;
  /** How often a calendar is read, in minutes, where that is not as usual. */
  everyMinutes?: (access: SourceAccess) => number | undefined;
  /** From 0 to 1. */
  random: () => number;
  /** Whatever is our own mistake, for the log. */
  onFault: (error: unknown) => void;
}) {
  const { inTransaction, follow, random } = parts;
  const running = new Map<SourceId, Promise<SyncOutcome>>();
  const turns = createTurns();
  /** One calendar writes at a time, and everything else has a turn in between: a burst of runs holds up no tap. */
  const inTurn: InTransaction = (work) => turns.take(() => takeBreath().then(() => inTransaction(work)));

  const run = async (id: SourceId, now: DateTime, force: boolean): Promise<SyncOutcome> => {
    const source = await inTransaction(({ sources }) => sources.find(id), { isReadOnly: true });
    if (!source) return { kind: 'gone' };
    // What lu.ma asked us to wait holds for everybody; our own back-off only for the schedule.
    const mustWait = !force || source.lastProblem === 'rate-limited';
    const isAhead = source.nextSyncAt > now && source.nextSyncAt <= beyondBelief(now);
    if (mustWait && isAhead) return { kind: 'waiting', until: source.nextSyncAt };
    const access = parts.secrets.openAccess(source);
    if (!access) return fail(source, 'key-lost', now);
    const calendar = parts.openSource(access);
    const outcome = await readAndWrite(calendar, source, now, parts.everyMinutes?.(access));
    if (outcome.kind === 'synced') await afterwards(calendar, source, now);
    return outcome;
  };

  const readAndWrite = async (
    calendar: EventSource,
    source: Source,
    now: DateTime,
    everyMinutes: number | undefined,
  ): Promise<SyncOutcome> => {
    try {
      const news = await read(calendar, source, now);
      return await write(source, news, { now, nextSyncAt: nextAfterSuccess(now, random(), everyMinutes) });
    } catch (error) {
      if (error instanceof SourceProblem) return fail(source, error.code, now, error.retryAfterMs);
      parts.onFault(error);
      return fail(source, 'own-fault', now);
    }
  };

  const read = async (calendar: EventSource, source: Source, now: DateTime): Promise<CalendarNews> => {
    const known = await inTransaction(
      async ({ events, sources }) => ({
        outlines: await events.listOutlines(source.orgId),
        kinds: kindsOf(await sources.list(source.orgId)),
      }),
      { isReadOnly: true },
    );
    return readNews(calendar, source, known, now);
  };

  /** All or nothing; nothing as well if another run was written meanwhile, which then counts for this one. */
  const write = async (
    source: Source,
    news: CalendarNews,
    { now, nextSyncAt }: { now: DateTime; nextSyncAt: DateTime },
  ): Promise<SyncOutcome> =>
    inTurn(async (repositories) => {
      const current = await repositories.sources.find(source.id);
      if (!current) return { kind: 'gone' };
      if (current.runs !== source.runs) return outcomeOf(current);
      const { changes, counts } = await applyNews(repositories, current, news, now);
      const noted = { kind: 'success', at: now, nextSyncAt, counts, etag: news.etag } as const;
      await repositories.sources.noteRun(source, noted);
      if (hasNews(changes)) for (const followUp of follow) await followUp(repositories, changes);
      return { kind: 'synced', counts, isFirst: changes.isFirst };
    });

  const fail = async (
    source: Source,
    problem: SyncProblemCode,
    now: DateTime,
    retryAfterMs?: number,
  ): Promise<SyncOutcome> => {
    const failures = source.failures + 1;
    const nextSyncAt = nextAfterFailure(now, { failures, retryAfterMs, random: random() });
    return inTransaction(async (repositories) => {
      const isNoted = await repositories.sources.noteRun(source, { kind: 'failure', at: now, nextSyncAt, problem });
      if (isNoted && failures === FAILURES_TO_TELL) await planSyncAlerts(repositories, source, now);
      const current = await repositories.sources.find(source.id);
      return current ? outcomeOf(current) : { kind: 'gone' };
    });
  };

  const readGuests = async (calendar: EventSource, source: Source, now: DateTime): Promise<void> => {
    const { id: sourceId, orgId, guestsProblem } = source;
    const read = await parts.syncGuests?.(calendar, { orgId, sourceId, now });
    if (!read || read.problem === guestsProblem) return;
    await inTransaction(({ sources }) => sources.noteGuests(sourceId, read.problem));
  };

  /** What may fail without the run having failed. */
  const afterwards = async (calendar: EventSource, source: Source, now: DateTime): Promise<void> => {
    for (const work of [() => readGuests(calendar, source, now), () => parts.keepWebhook?.(source, calendar, now)]) {
      try {
        await work();
      } catch (error) {
        // lu.ma's own failures come again with the next run, and show there if they last.
        if (!(error instanceof SourceProblem)) parts.onFault(error);
      }
    }
  };

  return {
    /**
     * Syncs one calendar if it is due, or with `force` whatever our own back-off says; what lu.ma asked us to wait
     * always holds. A run that is going is joined, not doubled. Never throws for what a calendar does.
     */
    syncSource(id: SourceId, { now, force }: { now: DateTime; force: boolean }): Promise<SyncOutcome> {
      const going = running.get(id);
      if (going) return going;
      const started = run(id, now, force).finally(() => running.delete(id));
      running.set(id, started);
      return started;
    },

    /** Reads the guest lists of these events alone, by lu.ma's ids, as a webhook asks for. */
    async syncGuestsOf(id: SourceId, only: readonly string[], now: DateTime): Promise<void> {
      const source = await inTransaction(({ sources }) => sources.find(id), { isReadOnly: true });
      const access = source && parts.secrets.openAccess(source);
      if (!source || !access) return;
      await parts.syncGuests?.(parts.openSource(access), { orgId: source.orgId, sourceId: id, now, only });
    },

    /** The calendars that are due, the longest due first. */
    listDue: (now: DateTime): Promise<SourceId[]> =>
      inTransaction(({ sources }) => sources.listDue({ now, beyond: beyondBelief(now) }), { isReadOnly: true }),

    /** When the next calendar is due; nothing while there is none. */
    async nextDueAt(now: DateTime): Promise<DateTime | undefined> {
      const span = await inTransaction(({ sources }) => sources.dueSpan(), { isReadOnly: true });
      return span && span.last > beyondBelief(now) ? now : span?.first;
    },

    /** Resolves when the run of this calendar that is going, if any, has ended. */
    settled: async (id: SourceId): Promise<void> => void (await running.get(id)),
  };
}

function hasNews({ added, changed, cancelled, withdrawn = [] }: SyncedChanges): boolean {
  return added.length + changed.length + cancelled.length + withdrawn.length > 0;
}

/** How the last run of a calendar ended, for somebody whose own came too late. */
function outcomeOf({ lastProblem, nextSyncAt, lastCounts }: Source): SyncOutcome {
  if (lastProblem) return { kind: 'failed', problem: lastProblem, nextSyncAt };
  const counts = lastCounts ?? { added: 0, changed: 0, cancelled: 0, withdrawn: 0 };
  return { kind: 'synced', counts, isFirst: false };
}
