import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DiscordError, refusals } from './discord-errors.js';
import type { Faults } from './faults.js';
import { type createRateLimits, globalRefusal, retryHeaders, type Verdict } from './rate-limits.js';
import { parseBody, readBytes, type UploadedFile } from './request-body.js';
import { createRouter, type Route, type Router } from './router.js';

/** One request as it was answered, for tests to look at. */
export interface RecordedRequest {
  method: string;
  /** The path below `/api/v10`, decoded. */
  route: string;
  /** The endpoint it met: `/channels/:channel/messages`. */
  endpoint: string | undefined;
  query: Record<string, string>;
  body: unknown;
  files: UploadedFile[];
  at: number;
  /** Absent when the connection was cut instead of answered. */
  status?: number;
  /** Discord's error code, when it was refused. */
  code?: number;
}

interface HttpServerOptions {
  routes: () => readonly Route[];
  token: string;
  faults: Faults;
  rateLimits: ReturnType<typeof createRateLimits>;
  requests: RecordedRequest[];
  violations: string[];
  /** Whether the network is down: every connection is cut. */
  isRefusing: () => boolean;
}

interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The fake itself failed, or could not make sense of the body. */
  isBug?: boolean;
}

/** Codes that mean the request itself was wrong, so that no test should ever cause one by accident. */
const VIOLATIONS = new Set([50035, 50006, 30015, 50109]);

/** The HTTP side: finds the route, applies faults and limits, refuses in Discord's shape, writes everything down. */
export function createHttpServer(options: HttpServerOptions): Server {
  let find: Router | undefined;
  return createServer((request, response) => {
    if (options.isRefusing()) return void request.socket.destroy();
    find ??= createRouter(options.routes());
    handle(request, response, { ...options, find }).catch(() => request.socket.destroy());
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions & { find: Router },
) {
  const bytes = await readBytes(request);
  const receivedAt = performance.now();
  const url = new URL(request.url ?? '/', 'http://fake');
  const method = request.method ?? 'GET';
  const path = decodeURIComponent(url.pathname).replace(/^\/api(\/v\d+)?/, '');
  const found = options.find(method, path);
  const record: RecordedRequest = {
    method,
    route: path,
    endpoint: found?.route.path,
    query: Object.fromEntries(url.searchParams),
    body: undefined,
    files: [],
    at: Date.now(),
  };
  options.requests.push(record);
  const parsed = parseBody(bytes, request.headers['content-type'] ?? '');
  await parsed.then(
    ({ json, files }) => Object.assign(record, { body: json, files }),
    () => undefined,
  );
  const fault = await options.faults.meet(`${method} ${path}`);
  if (fault?.kind === 'drop' && !fault.isHandled) return cut(request, fault);
  const reply =
    fault && fault.kind !== 'drop'
      ? faultReply(fault)
      : await answer({ request, found, parsed, query: url.searchParams, receivedAt, path, options });
  if (fault?.kind === 'drop') return cut(request, fault);
  note(record, reply, options.violations);
  send(response, reply);
}

function cut({ socket }: IncomingMessage, { isReset }: { isReset: boolean }): void {
  if (isReset) socket.resetAndDestroy();
  else socket.destroy();
}

interface Asked {
  request: IncomingMessage;
  found: ReturnType<Router>;
  parsed: ReturnType<typeof parseBody>;
  query: URLSearchParams;
  receivedAt: number;
  path: string;
  options: HttpServerOptions;
}

async function answer({ request, found, parsed, query, receivedAt, path, options }: Asked): Promise<Reply> {
  let headers: Record<string, string> = {};
  try {
    if (!found) throw refusals.notFound();
    const { route, params } = found;
    const isBot = route.access === 'bot';
    if (isBot && request.headers.authorization !== `Bot ${options.token}`) throw refusals.unauthorized();
    const resource = path
      .split('/')
      .slice(1, route.path.startsWith('/webhooks') ? 4 : 3)
      .join('/');
    const verdict = options.rateLimits.count({ bucket: route.bucket, resource, isGlobal: isBot });
    headers = verdict.headers;
    if (verdict.retryAfterMs !== undefined) return rateLimited(verdict);
    const { json, files } = await parsed;
    const body = await route.handle({ params, query, body: json, files, receivedAt });
    return { status: body === undefined ? 204 : 200, body, headers };
  } catch (error) {
    if (error instanceof DiscordError) return { status: error.status, body: error, headers };
    return { status: 500, body: { message: `500: the fake failed: ${String(error)}`, code: 0 }, headers, isBug: true };
  }
}

function faultReply(
  fault:
    | { kind: 'fail'; status: number }
    | { kind: 'rate-limit'; retryAfterMs: number; scope: 'user' | 'global' | 'shared' },
): Reply {
  if (fault.kind === 'fail')
    return { status: fault.status, body: { message: `${fault.status}: planned fault`, code: 0 } };
  const { retryAfterMs, scope } = fault;
  if (scope === 'global') return rateLimited(globalRefusal(retryAfterMs));
  return rateLimited({ headers: retryHeaders(retryAfterMs, scope), retryAfterMs });
}

function rateLimited({ headers, retryAfterMs = 0, isGlobal = false }: Verdict): Reply {
  const body = { message: 'You are being rate limited.', retry_after: retryAfterMs / 1000, global: isGlobal };
  return { status: 429, body, headers };
}

function note(record: RecordedRequest, { status, body, isBug }: Reply, violations: string[]): void {
  record.status = status;
  if (isBug) violations.push(`${record.method} ${record.route}: ${JSON.stringify(body)}`);
  if (!(body instanceof DiscordError)) return;
  record.code = body.code;
  if (!VIOLATIONS.has(body.code)) return;
  violations.push(...body.describe().map((line) => `${record.method} ${record.endpoint}: ${line}`));
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  if (Buffer.isBuffer(body)) return void response.writeHead(status, headers).end(body);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
