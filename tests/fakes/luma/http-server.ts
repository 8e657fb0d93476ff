import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Asked } from './answer.js';
import type { Fault, Faults } from './faults.js';

/** One request as the stand-in saw it. */
export interface SeenRequest {
  method: string;
  /** With its query. */
  url: string;
  path: string;
  query: URLSearchParams;
  apiKey: string;
  status: number;
}

export interface ServerParts {
  faults: Faults;
  seen: SeenRequest[];
  answer(asked: Asked): Answer;
}

/** The HTTP side: reads requests, asks for the answer, and lets go wrong what a test wants to. */
export function createHttpServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    handle(parts, request, response).catch(() => response.destroy());
  });
}

async function handle({ faults, seen, answer }: ServerParts, request: IncomingMessage, response: ServerResponse) {
  const asked = await read(request);
  const fault = faults.next(asked.path);
  if (fault?.kind === 'slow') await wait(fault.ms);
  const result = spoilt(answer(asked), asked, fault);
  seen.push({
    method: asked.method,
    url: request.url ?? '',
    path: asked.path,
    query: asked.query,
    apiKey: String(asked.headers['x-luma-api-key'] ?? ''),
    status: result.status,
  });
  if (fault?.kind === 'then') fault.act();
  if (fault?.kind === 'drop') response.destroy();
  else write(response, result, fault?.kind === 'cut-off');
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://luma');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const { method = 'GET', headers } = request;
  return { method, path: url.pathname, query: url.searchParams, body: parsed(text), headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text || 'null');
  } catch {
    return null;
  }
}

const PAGE = '<!doctype html><html><body><h1>We will be right back</h1></body></html>';

function spoilt(answer: Answer, { query }: Asked, fault: Fault | undefined): Answer {
  switch (fault?.kind) {
    case 'status':
      return {
        status: fault.status,
        body: { message: 'Something went wrong', code: null },
        headers: fault.headers ?? {},
      };
    case 'html':
      return { status: 200, body: PAGE, headers: { 'content-type': 'text/html; charset=utf-8' } };
    case 'redirect':
      return { status: 302, body: '', headers: { location: fault.to } };
    case 'huge':
      return { ...answer, body: ' '.repeat(fault.bytes) };
    case 'broken-json': {
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      return {
        ...answer,
        body: text.slice(0, text.length / 2),
        headers: { 'content-type': typeOf(answer), ...answer.headers },
      };
    }
    case 'repeat-cursor':
      return {
        ...answer,
        body: { ...Object(answer.body), has_more: true, next_cursor: query.get('pagination_cursor') ?? 'MA' },
      };
    default:
      return answer;
  }
}

function typeOf({ body }: Answer): string {
  return typeof body === 'string' ? 'text/plain' : 'application/json; charset=utf-8';
}

function write(response: ServerResponse, answer: Answer, isCutOff: boolean): void {
  const { status, body, headers } = answer;
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const length = status === 304 ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(status, { 'content-type': typeOf(answer), ...length, ...headers });
  if (!isCutOff) {
    response.end(status === 304 ? undefined : bytes);
    return;
  }
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}
