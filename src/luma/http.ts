import { createGunzip } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import { SourceProblem } from '../domain/events/event-source.js';

const MOST_MS = 10_000;

export interface HttpRequest {
  url: URL;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** A longer body is `too-large`; counted as it is when unpacked. */
  mostBytes: number;
  /** How long it may take from the first byte to the last, in milliseconds; 10 s unless told. */
  mostMs?: number;
  dispatcher?: Dispatcher | undefined;
}

export interface HttpAnswer {
  status: number;
  /** The first of each name. */
  header(name: string): string | undefined;
  body: Buffer;
}

/**
 * One request, its answer read whole. Redirects are answers like any other.
 *
 * @throws SourceProblem `unavailable` when nobody answers in time, `bad-answer` when the body ends in the middle,
 *   `too-large`.
 */
export async function ask({ url, mostBytes, mostMs = MOST_MS, dispatcher, ...how }: HttpRequest): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(mostMs);
  const { statusCode, headers, body } = await request(url, {
    ...how,
    headers: { 'user-agent': 'Rollcall', 'accept-encoding': 'gzip', ...how.headers },
    signal,
    ...(dispatcher ? { dispatcher } : {}),
  }).catch((error: unknown) => {
    throw new SourceProblem(isRefusal(error) ? 'not-found' : 'unavailable');
  });
  const header = (name: string) => [headers[name]].flat()[0];
  try {
    return { status: statusCode, header, body: await readBody(body, header('content-encoding'), mostBytes) };
  } catch (error) {
    body.on('error', () => {}).destroy();
    if (error instanceof SourceProblem) throw error;
    throw new SourceProblem(signal.aborted ? 'unavailable' : 'bad-answer');
  }
}

/** An address that we will not connect to, as opposed to one that cannot be reached. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

function isRefusal(error: unknown): boolean {
  return error instanceof RefusedAddress || (error instanceof Error && error.cause instanceof RefusedAddress);
}

type Body = Dispatcher.ResponseData['body'];

async function readBody(body: Body, encoding: string | undefined, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of encoding === 'gzip' ? unpacked(body) : body) {
    size += chunk.length;
    if (size > mostBytes) throw new SourceProblem('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function unpacked(body: Body): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}
