import type { EventId } from '../ids.js';
import type { MissingVerdict } from './calendar-news.js';
import type { EventOutline } from './event-history.js';
import { type EventSource, type LookedUp, SourceProblem } from './event-source.js';
import { type TouchedEvent, toTouched } from './told-event.js';

/** Events asked for one by one in a run; the rest are asked for in the next. */
const MOST_LOOK_UPS = 60;

/** Missing events that lu.ma was asked about, and what it said. */
interface LookUps {
  verdicts: Map<EventId, MissingVerdict>;
  /** Those that are there all the same, as they are now. */
  stillHere: TouchedEvent[];
}

/**
 * Asks about each event ahead that a key's calendar no longer lists: gone means called off, elsewhere means no longer
 * ours, and so does gone of one that others run, as lu.ma tells us of those only while they are listed. An event about which no answer comes stays as it is and is asked about again in the next run.
 *
 * @throws SourceProblem `key-refused` when the key was taken back meanwhile.
 */
export async function lookUpMissing(
  calendar: Pick<EventSource, 'lookUp'>,
  missing: readonly EventOutline[],
): Promise<LookUps> {
  const found: LookUps = { verdicts: new Map(), stillHere: [] };
  for (const outline of missing.slice(0, MOST_LOOK_UPS)) {
    const answer = await ask(calendar, outline.lumaId);
    if (answer === 'later') break;
    note(found, outline, answer);
  }
  return found;
}

type Answer = LookedUp | 'unknown' | 'later' | undefined;

async function ask(calendar: Pick<EventSource, 'lookUp'>, lumaId: string): Promise<Answer> {
  try {
    return await calendar.lookUp?.(lumaId);
  } catch (error) {
    if (!(error instanceof SourceProblem) || error.code === 'key-refused') throw error;
    return error.code === 'rate-limited' ? 'later' : 'unknown';
  }
}

function note(
  { verdicts, stillHere }: LookUps,
  { id, fingerprint, isForeign }: EventOutline,
  answer: Exclude<Answer, 'later'>,
) {
  if (answer === undefined || answer === 'unknown') return;
  if (answer.kind === 'gone') verdicts.set(id, isForeign ? 'withdrawn' : 'cancelled');
  if (answer.kind === 'elsewhere') verdicts.set(id, 'withdrawn');
  if (answer.kind !== 'here') return;
  if (answer.event.state === 'cancelled' || answer.event.fingerprint !== fingerprint) {
    stillHere.push(toTouched(answer.event));
  }
}
