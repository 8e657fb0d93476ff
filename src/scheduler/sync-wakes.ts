import PQueue from 'p-queue';
import type { SyncService } from '../domain/events/sync-service.js';
import type { WebhookNews } from '../domain/events/webhook-calls.js';
import type { SourceId } from '../domain/ids.js';
import type { Clock } from '../shared/clock.js';

/** How long calls are gathered before they are followed: one act on lu.ma brings several, in milliseconds. */
const GATHER_MS = 500;

/** Least time between two such runs of a calendar, in milliseconds: a full house registers within minutes. */
const SPACING_MS = 20_000;

/** What was asked for and has not begun. */
interface Waiting {
  timer: NodeJS.Timeout;
  isWhole: boolean;
  /** By lu.ma's ids. */
  guestsOf: Set<string>;
}

export type SyncWakes = ReturnType<typeof createSyncWakes>;

/**
 * Syncs a calendar soon after lu.ma called. A burst of calls becomes one run; calls that come while one is going, one
 * more. About guests alone, only the lists named are read.
 */
export function createSyncWakes(parts: {
  syncs: Pick<SyncService, 'syncSource' | 'syncGuestsOf' | 'settled'>;
  clock: Clock;
  /** Whatever is our own mistake, for the log. */
  onFault: (error: unknown) => void;
  gatherMs?: number;
  spacingMs?: number;
}) {
  const { syncs, clock, onFault, gatherMs = GATHER_MS, spacingMs = SPACING_MS } = parts;
  const waiting = new Map<SourceId, Waiting>();
  const startedAtMs = new Map<SourceId, number>();
  const queue = new PQueue({ concurrency: 4 });

  const run = async (id: SourceId, { isWhole, guestsOf }: Waiting): Promise<void> => {
    try {
      if (isWhole) {
        // One that is going may have read before whatever happened.
        await syncs.settled(id);
        await syncs.syncSource(id, { now: clock.now(), force: true });
      }
      if (guestsOf.size > 0) await syncs.syncGuestsOf(id, [...guestsOf], clock.now());
    } catch (error) {
      onFault(error);
    }
  };

  const begin = (id: SourceId): void => {
    const asked = waiting.get(id);
    waiting.delete(id);
    startedAtMs.set(id, performance.now());
    if (asked) void queue.add(() => run(id, asked));
  };

  const wait = (id: SourceId): Waiting => {
    const sinceMs = performance.now() - (startedAtMs.get(id) ?? Number.NEGATIVE_INFINITY);
    const timer = setTimeout(() => begin(id), Math.max(gatherMs, spacingMs - sinceMs)).unref();
    const fresh: Waiting = { timer, isWhole: false, guestsOf: new Set() };
    waiting.set(id, fresh);
    return fresh;
  };

  return {
    wake(id: SourceId, news: WebhookNews): void {
      const asked = waiting.get(id) ?? wait(id);
      if (news.kind === 'event') asked.isWhole = true;
      if (news.kind === 'guest') asked.guestsOf.add(news.lumaId);
    },

    /** Begins nothing more; resolves when what runs has ended. What waited is made up for by the schedule. */
    async stop(): Promise<void> {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
      queue.clear();
      await queue.onIdle();
    },
  };
}
