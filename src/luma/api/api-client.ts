import type { z } from 'zod';
import { SourceProblem } from '../../domain/events/event-source.js';
import { ask, type HttpAnswer } from '../http.js';
import { retryAfterMs } from '../retry-after.js';
import { retrying } from '../retrying.js';
import type { Pacing } from './pacing.js';

/** A page of lu.ma's has at most some hundred entries. */
const MOST_BYTES = 10 * 1024 * 1024;

/** What fits into a header; anything else that somebody pasted is no key. */
const POSSIBLE_KEY = /^[\x21-\x7e]{1,500}$/;

export type Query = Readonly<Record<string, string | readonly string[]>>;

/** What a route gave: for one event, being refused it is an answer. */
export type Answered<T> = { kind: 'ok'; value: T } | { kind: 'no-access'; status: 403 | 404 };

export type ApiClient = ReturnType<typeof createApiClient>;

/** lu.ma's API with one key. Every failure is a `SourceProblem`. */
export function createApiClient({ apiUrl, apiKey, pacing }: { apiUrl: string; apiKey: string; pacing: Pacing }) {
  const headers = { 'x-luma-api-key': apiKey, accept: 'application/json' };

  async function once(path: string, query: Query, body?: unknown): Promise<HttpAnswer> {
    if (!POSSIBLE_KEY.test(apiKey)) throw new SourceProblem('key-refused');
    const url = new URL(apiUrl + path);
    for (const [name, value] of Object.entries(query)) {
      for (const one of [value].flat()) url.searchParams.append(name, one);
    }
    const post = { method: 'POST' as const, body: JSON.stringify(body) };
    const sent =
      body === undefined ? { headers } : { headers: { ...headers, 'content-type': 'application/json' }, ...post };
    const answer = await pacing.run(apiKey, () => ask({ url, mostBytes: MOST_BYTES, ...sent }));
    if (answer.status === 429) {
      const waitMs = retryAfterMs(answer.header, Date.now());
      pacing.block(apiKey, waitMs);
      throw new SourceProblem('rate-limited', waitMs);
    }
    if (answer.status >= 500 || answer.status === 408) throw new SourceProblem('unavailable');
    // A page is what stands before lu.ma, such as a wall against robots: its refusal says nothing of key or event.
    if (answer.status >= 403 && isPage(answer)) throw new SourceProblem('bad-answer');
    return answer;
  }

  async function read<T>(path: string, schema: z.ZodType<T>, query: Query): Promise<Answered<T>> {
    const answer = await retrying(() => once(path, query));
    return answered(answer, schema);
  }

  return {
    /** @throws SourceProblem `key-refused` when the key may not read this, `not-found`. */
    async get<T>(path: string, schema: z.ZodType<T>, query: Query = {}): Promise<T> {
      const answer = await read(path, schema, query);
      if (answer.kind === 'no-access') throw new SourceProblem(answer.status === 403 ? 'key-refused' : 'not-found');
      return answer.value;
    },

    /** Of one event, which may be gone or somebody else's: lu.ma answers 403 for both. */
    getOfEvent: read,

    /** Never tried again by itself: what came of a try that failed is unknown. */
    async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<Answered<T>> {
      return answered(await once(path, {}, body), schema);
    },
  };
}

function isPage({ header }: HttpAnswer): boolean {
  return header('content-type')?.includes('html') ?? false;
}

function answered<T>(answer: HttpAnswer, schema: z.ZodType<T>): Answered<T> {
  if (answer.status === 403 || answer.status === 404) return { kind: 'no-access', status: answer.status };
  return { kind: 'ok', value: parsed(answer, schema) };
}

function parsed<T>({ status, header, body }: HttpAnswer, schema: z.ZodType<T>): T {
  // 402: the calendar's plan has ended.
  if (status === 401 || status === 402) throw new SourceProblem('key-refused');
  if (status !== 200 || !header('content-type')?.includes('json')) throw new SourceProblem('bad-answer');
  const checked = schema.safeParse(json(body));
  if (!checked.success) throw new SourceProblem('bad-answer');
  return checked.data;
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SourceProblem('bad-answer');
  }
}
