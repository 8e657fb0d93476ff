import type { DateTime } from 'luxon';
import type { CalendarNews } from './calendar-news.js';
import type { EventOutline } from './event-history.js';
import { type EventSource, SourceProblem } from './event-source.js';

/** Descriptions asked for in a run, as each is a request of its own; the rest come with the next runs. */
const MOST_DESCRIPTIONS = 30;

/** How many may fail before the rest are left for the next run. */
const MOST_FAILURES = 10;

/**
 * Asks for descriptions where the list comes without: of new and changed events ahead first, then of those never asked
 * for. The news hold them afterwards.
 */
export async function describeEvents(
  calendar: Pick<EventSource, 'describeEvent'>,
  news: CalendarNews,
  ahead: readonly EventOutline[],
  now: DateTime,
): Promise<void> {
  if (!calendar.describeEvent) return;
  const inNews = news.touched
    .filter(({ facts, state }) => state === 'on' && facts.description === '' && facts.startsAt > now)
    .map((touched) => ({
      lumaId: touched.facts.lumaId,
      keep(description: string) {
        touched.facts = { ...touched.facts, description };
        news.described.add(touched.facts.lumaId);
      },
    }));
  const touchedIds = new Set(news.touched.map(({ facts }) => facts.lumaId));
  const waiting = ahead
    .filter(({ id, lumaId, isDescribed }) => !isDescribed && !touchedIds.has(lumaId) && !news.missing.has(id))
    .map(({ id, lumaId }) => ({
      lumaId,
      keep: (description: string) => void news.descriptions.set(id, description),
    }));
  await askFor(calendar, [...inNews, ...waiting].slice(0, MOST_DESCRIPTIONS));
}

async function askFor(
  calendar: Pick<EventSource, 'describeEvent'>,
  asked: readonly { lumaId: string; keep: (description: string) => void }[],
): Promise<void> {
  let failures = 0;
  for (const { lumaId, keep } of asked) {
    try {
      keep((await calendar.describeEvent?.(lumaId)) ?? '');
    } catch (error) {
      // An event without its description is better than none: the run goes on.
      if (!(error instanceof SourceProblem)) throw error;
      failures += 1;
      if (failures >= MOST_FAILURES || error.code === 'rate-limited') return;
    }
  }
}
