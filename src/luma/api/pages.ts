import { z } from 'zod';
import { SourceProblem } from '../../domain/events/event-source.js';
import type { Answered, ApiClient, Query } from './api-client.js';

/** As many as public clients ask for; lu.ma caps it by itself at a number it does not publish. */
const WANTED = '100';
/** A list of more pages than this is none that we can be meant to read. */
const MOST_PAGES = 2_000;

/**
 * Every entry of a list, page after page; the end is where lu.ma says that there is no more.
 *
 * @throws SourceProblem `bad-answer` when a cursor comes twice or is missing.
 */
export async function listAll<T extends { id: string }>(
  client: ApiClient,
  path: string,
  { entry, query = {} }: { entry: z.ZodType<T>; query?: Query },
): Promise<Answered<T[]>> {
  const Page = z.object({ entries: z.array(entry), has_more: z.boolean(), next_cursor: z.string().nullish() });
  const entries: T[] = [];
  const cursors = new Set<string>();
  let cursor: Query = {};
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await client.getOfEvent(path, Page, { ...query, pagination_limit: WANTED, ...cursor });
    if (page.kind === 'no-access') return page;
    for (const one of page.value.entries) entries.push(one);
    if (!page.value.has_more) return { kind: 'ok', value: entries };
    const next = page.value.next_cursor;
    if (!next || cursors.has(next)) throw new SourceProblem('bad-answer');
    cursors.add(next);
    cursor = { pagination_cursor: next };
  }
  throw new SourceProblem('too-large');
}
