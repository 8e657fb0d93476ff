import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import { asString, type Dict, isDict } from './json.js';
import { receiveUpload } from './methods/files.js';
import { oauthPage } from './oauth.js';
import { SlackError } from './slack-error.js';
import type { Stage } from './stage.js';
import { answerCall, planned } from './web-api.js';

/** Fields that hold JSON; in a form they arrive as text. */
const JSON_FIELDS = new Set(['attachments', 'blocks', 'files', 'metadata', 'view']);

/** The HTTP side: Web API, uploads and their bytes, response URLs. WebSocket handshakes go to Socket Mode. */
export function createHttpServer(stage: Stage): Server {
  const server = createServer((request, response) => {
    stage.inFlight += 1;
    answer(stage, request)
      .catch((error: unknown): Answer => ({ status: 500, body: String(error) }))
      .then((result) => write(response, result))
      .finally(() => {
        stage.inFlight -= 1;
      });
  });
  server.on('upgrade', (request, socket, head) => stage.sockets.upgrade(request, socket, head));
  return server;
}

async function answer(stage: Stage, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const path = url.pathname;
  if (path.startsWith('/api/')) return callFrom(stage, path.slice('/api/'.length), request, { url, body, type });
  if (path.startsWith('/oauth/v2/')) return oauthPage(stage, url);
  if (path.startsWith('/response/')) return responseFrom(stage, path, body);
  if (path.startsWith('/upload/')) return uploadFrom(stage, path, body, type);
  if (path.startsWith('/files-pri/')) return fileAt(stage, path, bearer(request));
  return { status: 404, body: 'not found' };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Read {
  url: URL;
  body: Buffer;
  type: string;
}

async function callFrom(stage: Stage, method: string, request: IncomingMessage, read: Read): Promise<Answer> {
  const headerToken = bearer(request);
  try {
    const { token, ...args } = argsFrom(read);
    return await answerCall(stage, { method, args, headerToken, token: headerToken || asString(token) });
  } catch (error) {
    if (error instanceof SlackError) return { status: 200, body: { ok: false, error: error.code } };
    throw error;
  }
}

function bearer(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function argsFrom({ url, body, type }: Read): Dict {
  const fromQuery = Object.fromEntries(url.searchParams);
  const text = body.toString('utf8');
  const sent = type.startsWith('application/json')
    ? parseJson(text || '{}')
    : Object.fromEntries(new URLSearchParams(text));
  if (!isDict(sent)) throw new SlackError('invalid_json');
  const args: Dict = { ...fromQuery, ...sent };
  for (const [name, value] of Object.entries(args)) {
    if (JSON_FIELDS.has(name) && typeof value === 'string') args[name] = parseJson(value, `invalid_${name}_format`);
  }
  return args;
}

function parseJson(text: string, code = 'invalid_json'): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SlackError(code);
  }
}

function responseFrom(stage: Stage, path: string, body: Buffer): Answer {
  try {
    const args = parseJson(body.toString('utf8'));
    if (!isDict(args)) throw new SlackError('invalid_payload');
    const refused = planned(stage.faults.next('response_url'));
    const status = refused?.status === 200 ? 400 : refused?.status;
    stage.requests.push({ method: 'response_url', args, token: '', at: performance.now(), status: status ?? 200 });
    if (refused && status) return { ...refused, status };
    stage.responseUrls.receive(stage, path, args);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const isGone = error.code === 'used_url' || error.code === 'expired_url';
    return { status: isGone ? 404 : 400, body: { ok: false, error: error.code, ...error.extra } };
  }
}

async function uploadFrom(stage: Stage, path: string, body: Buffer, type: string): Promise<Answer> {
  stage.requests.push({
    method: 'upload',
    args: { bytes: body.length },
    token: '',
    at: performance.now(),
    status: 200,
  });
  try {
    await receiveUpload(stage, path, body, type);
    return { status: 200, body: `OK - ${body.length}` };
  } catch (error) {
    if (error instanceof SlackError) return { status: 404, body: error.code };
    throw error;
  }
}

function fileAt(stage: Stage, path: string, token: string): Answer {
  const file = stage.world.files.get(path.split('/')[2] ?? '');
  const team = file && stage.world.teams.get(file.teamId);
  if (!file?.bytes || team?.botToken !== token) return { status: 403, body: 'forbidden' };
  return { status: 200, body: file.bytes.toString('latin1'), headers: { 'content-type': file.mimetype } };
}

function write(response: ServerResponse, { status, body, headers, drop }: Answer): void {
  if (drop) {
    response.socket?.destroy();
    return;
  }
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8', ...headers });
  if (isText) response.end(Buffer.from(body, 'latin1'));
  else response.end(JSON.stringify(body));
}
