import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { asNumber, asRecord, asText, type Json } from './json.js';
import type { World } from './world.js';
import type { WorldJson } from './world-json.js';

/** Gateway intents the fake distinguishes. @see developers/events/gateway, "Gateway Intents" */
export const Intent = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;

const PRIVILEGED = Intent.guildMembers | Intent.guildPresences | Intent.messageContent;
/** Close codes. @see developers/topics/opcodes-and-status-codes, "Gateway Close Event Codes" */
const CLOSE = { decodeError: 4002, badToken: 4004, tooFast: 4008, badIntents: 4014 };

interface Dispatch {
  t: string;
  s: number;
  d: unknown;
}

/** One identified client. It outlives its socket until it is ended, so that a resume finds what was missed. */
interface Session {
  id: string;
  intents: number;
  seq: number;
  sent: Dispatch[];
  socket: WebSocket | undefined;
}

interface GatewayOptions {
  world: World;
  json: WorldJson;
  heartbeatIntervalMs: number;
  /** Privileged intents switched on in the portal, as bits. */
  privilegedIntents: number;
  isRefusing: () => boolean;
}

/** The WebSocket side: identifies, resumes, and hands events to every session whose intents ask for them. */
export function createGateway(server: Server, { world, json, ...options }: GatewayOptions) {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identifies: 0, resumes: 0 };
  let answersHeartbeats = true;
  let url = '';

  server.on('upgrade', (request, socket, head) => {
    if (options.isRefusing()) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, welcome);
  });

  function welcome(socket: WebSocket): void {
    const sentAt: number[] = [];
    send(socket, 10, { heartbeat_interval: options.heartbeatIntervalMs });
    socket.on('message', (data) => {
      const text = String(data);
      sentAt.push(Date.now());
      while ((sentAt[0] ?? 0) < Date.now() - 60_000) sentAt.shift();
      // 120 sends a minute and 4,096 bytes each. @see developers/events/gateway, "Rate Limiting"
      if (sentAt.length > 120) return socket.close(CLOSE.tooFast, 'You are being rate limited.');
      if (text.length > 4096) return socket.close(CLOSE.decodeError, 'Error while decoding payload.');
      receive(socket, asRecord(JSON.parse(text)));
    });
    socket.on('close', (code) => leave(socket, code));
    socket.on('error', () => socket.terminate());
  }

  function receive(socket: WebSocket, { op, d }: Json) {
    if (op === 1 && answersHeartbeats) send(socket, 11);
    if (op === 2) identify(socket, asRecord(d));
    if (op === 6) resume(socket, asRecord(d));
  }

  function identify(socket: WebSocket, { token, intents }: Json) {
    counts.identifies += 1;
    if (asText(token).replace(/^Bot /, '') !== world.token)
      return socket.close(CLOSE.badToken, 'Authentication failed.');
    if (asNumber(intents) & PRIVILEGED & ~options.privilegedIntents)
      return socket.close(CLOSE.badIntents, 'Disallowed intent(s).');
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      intents: asNumber(intents),
      seq: 0,
      sent: [],
      socket,
    };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
    const bot = world.users.get(world.botId);
    dispatchTo(session, 'READY', {
      v: 10,
      user: bot && json.user(bot),
      application: { id: world.applicationId, flags: 0 },
      session_id: session.id,
      resume_gateway_url: url,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    });
    if (!(session.intents & Intent.guilds)) return;
    for (const guild of guilds) dispatchTo(session, 'GUILD_CREATE', json.guildCreate(guild));
  }

  function resume(socket: WebSocket, { token, session_id: id, seq }: Json) {
    const session = sessions.get(asText(id));
    if (asText(token).replace(/^Bot /, '') !== world.token)
      return socket.close(CLOSE.badToken, 'Authentication failed.');
    if (!session) return send(socket, 9, false);
    counts.resumes += 1;
    session.socket = socket;
    for (const missed of session.sent.filter(({ s }) => s > asNumber(seq))) sendDispatch(socket, missed);
    dispatchTo(session, 'RESUMED', {});
  }

  function leave(socket: WebSocket, code: number): void {
    const session = [...sessions.values()].find((candidate) => candidate.socket === socket);
    if (!session) return;
    session.socket = undefined;
    // A client that closes with one of these says it will not come back.
    if (code === 1000 || code === 1001) sessions.delete(session.id);
  }

  function dispatchTo(session: Session, t: string, d: unknown): void {
    session.seq += 1;
    const dispatch = { t, s: session.seq, d };
    session.sent.push(dispatch);
    if (session.sent.length > 2_000) session.sent.splice(0, 1_000);
    if (session.socket) sendDispatch(session.socket, dispatch);
  }

  function live(): WebSocket[] {
    return [...sessions.values()].flatMap(({ socket }) => socket ?? []);
  }

  return {
    counts,

    /** Where clients connect; known once the server listens. */
    listenAt(address: string): void {
      url = address;
    },

    /** Sends an event to every session that asked for its intent; 0 needs none. `view` may change it per session. */
    dispatch(event: string, data: unknown, intent = 0, view = (_intents: number): unknown => data): void {
      for (const session of sessions.values()) {
        if (intent === 0 || session.intents & intent) dispatchTo(session, event, view(session.intents));
      }
    },

    connectedCount: () => live().length,

    /** Cuts every socket without a word, as a network fault does. Sessions stay and can be resumed. */
    dropSockets(): void {
      for (const socket of live()) socket.terminate();
    },

    /** Asks every client to reconnect and resume. */
    requestReconnect(): void {
      for (const socket of live()) send(socket, 7);
    },

    /** Ends every session: clients have to identify anew and miss what happened between. */
    invalidateSessions(): void {
      const open = live();
      sessions.clear();
      for (const socket of open) send(socket, 9, false);
    },

    /** Closes every socket with a code; the fatal ones (4004, 4010-4014) stop a client for good. */
    closeAll(code: number): void {
      for (const socket of live()) socket.close(code);
    },

    /** While off, heartbeats go unanswered: to a client the connection is a zombie. */
    answerHeartbeats(on: boolean): void {
      answersHeartbeats = on;
    },

    stop(): void {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;

function send(socket: WebSocket, op: number, d: unknown = null): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

function sendDispatch(socket: WebSocket, dispatch: Dispatch): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ op: 0, ...dispatch }));
}
