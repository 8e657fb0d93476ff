import type { WireMoved, WirePersona } from '../wire.js';
import { formatTime, type Reader } from './times.js';

/** What came of moving the clock, in a sentence or two. */
export function movedWords(
  { clock, delivered, jobs }: WireMoved,
  personas: readonly WirePersona[],
  reader: Reader,
): string {
  const nameOf = (key: string) => personas.find((one) => one.key === key)?.name.split(' ')[0];
  const known = Object.entries(delivered).flatMap(([key, count]) => {
    const name = nameOf(key);
    return name ? [`${name} (${count})`] : [];
  });
  const all = Object.values(delivered).reduce((sum, count) => sum + count, 0);
  const others = all - Object.entries(delivered).reduce((sum, [key, count]) => sum + (nameOf(key) ? count : 0), 0);
  const to = [...known, ...(others > 0 ? [`other members (${others})`] : [])].join(', ');
  const ran = jobs.length > 0 ? ` ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} ran.` : '';
  const came = all > 0 ? ` Direct messages went to ${to}.` : ' No direct messages were due.';
  return `It is now ${formatTime(clock.now, 'moment', reader)}.${ran}${came}`;
}
