import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Carrier } from './carrier.js';
import {
  type Delivery,
  disconnectFrame,
  type Envelope,
  helloFrame,
  type Outcome,
  type StrayAck,
  toFrame,
} from './envelopes.js';
import { asDict, asString } from './json.js';
import type { Settings } from './options.js';

interface Connection {
  id: number;
  socket: WebSocket;
  takesEnvelopes: boolean;
}

export interface RefreshOptions {
  reason?: 'warning' | 'refresh_requested' | 'link_disabled';
  /** Between a warning and the real thing; about ten seconds in Slack. */
  graceMs?: number;
  /** How many of the open connections; all without. */
  count?: number;
}

const MAX_CONNECTIONS = 10;
const TICKET_LIFETIME_MS = 30_000;

const NOBODY: Outcome = { kind: 'no-connection' };

/** Slack's end of Socket Mode: tickets, connections, envelopes and their acknowledgements. */
export class SocketMode implements Carrier {
  readonly deliveries: Delivery[] = [];
  readonly strayAcks: StrayAck[] = [];
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #settings: Settings;
  readonly #tickets = new Map<string, number>();
  readonly #connections = new Map<number, Connection>();
  readonly #open = new Map<string, { delivery: Delivery; settle: (outcome: Outcome) => void }>();
  readonly #settled = new Set<string>();
  readonly #late = new Set<string>();
  #ids = 0;
  #turn = 0;
  #isRefusing = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Connections that take envelopes now. */
  get connectionCount(): number {
    return this.#takers().length;
  }

  /** A ticket for one connection, used within thirty seconds. */
  issueTicket(): string {
    const ticket = `ticket-${++this.#ids}`;
    this.#tickets.set(ticket, Date.now());
    return ticket;
  }

  refuseConnections(on: boolean): void {
    this.#isRefusing = on;
  }

  /** A WebSocket handshake: refused without an unused ticket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://fake').searchParams.get('ticket') ?? '';
    const issuedAt = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    const isGood = issuedAt !== undefined && Date.now() - issuedAt <= TICKET_LIFETIME_MS;
    if (this.#isRefusing || !isGood) {
      socket.end(`HTTP/1.1 ${this.#isRefusing ? '503 Service Unavailable' : '401 Unauthorized'}\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  #welcome(socket: WebSocket): void {
    if (this.#connections.size >= MAX_CONNECTIONS) {
      socket.send(disconnectFrame('too_many_websockets'));
      socket.close();
      return;
    }
    const connection = { id: ++this.#ids, socket, takesEnvelopes: true };
    this.#connections.set(connection.id, connection);
    socket.on('message', (data) => this.#acknowledge(String(data)));
    socket.on('close', () => this.#connections.delete(connection.id));
    socket.on('error', () => {});
    socket.send(helloFrame(this.#connections.size, this.#settings.appId));
    const pings = setInterval(() => socket.ping('slack'), 10_000);
    socket.on('close', () => clearInterval(pings));
  }

  #takers(): Connection[] {
    const open = [...this.#connections.values()];
    return open.filter(({ takesEnvelopes, socket }) => takesEnvelopes && socket.readyState === socket.OPEN);
  }

  /** Sends to exactly one of the open connections, each in turn. With none open the outcome says so at once. */
  send(envelope: Envelope): Delivery {
    const envelopeId = `env-${++this.#ids}`;
    const takers = this.#takers();
    const taker = takers[this.#turn++ % Math.max(takers.length, 1)];
    const delivery: Delivery = { envelopeId, envelope, sentAt: performance.now(), outcome: Promise.resolve(NOBODY) };
    this.deliveries.push(delivery);
    if (!taker) return delivery;
    delivery.connectionId = taker.id;
    delivery.outcome = new Promise((resolve) => this.#await(delivery, resolve));
    const frame = JSON.stringify(toFrame(envelopeId, envelope));
    delivery.sentAt = performance.now();
    taker.socket.send(frame);
    return delivery;
  }

  #await(delivery: Delivery, resolve: (outcome: Outcome) => void): void {
    const { envelopeId } = delivery;
    const timer = setTimeout(() => {
      this.#open.delete(envelopeId);
      this.#late.add(envelopeId);
      resolve({ kind: 'timeout' });
    }, this.#settings.ackDeadlineMs);
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    this.#open.set(envelopeId, { delivery, settle });
  }

  #acknowledge(text: string): void {
    const ackedAt = performance.now();
    const { envelope_id: id, payload } = asDict(JSON.parse(text));
    const envelopeId = asString(id);
    const waiting = this.#open.get(envelopeId);
    if (!waiting) {
      const late = this.#late.has(envelopeId) ? 'late' : 'unknown';
      this.strayAcks.push({ envelopeId, why: this.#settled.has(envelopeId) ? 'second' : late });
      return;
    }
    this.#open.delete(envelopeId);
    this.#settled.add(envelopeId);
    waiting.delivery.ackedAt = ackedAt;
    waiting.delivery.ackPayload = asDict(payload);
    waiting.settle({ kind: 'acked', payload: asDict(payload) });
  }

  /** Recycles connections as Slack does every few hours: a frame with the reason, then the close. */
  refresh({ reason = 'refresh_requested', graceMs = 10_000, count = MAX_CONNECTIONS }: RefreshOptions = {}): void {
    for (const connection of this.#takers().slice(0, count)) {
      connection.socket.send(disconnectFrame(reason));
      if (reason === 'warning') {
        setTimeout(() => this.#retire(connection, 'refresh_requested'), graceMs).unref();
      } else this.#retire(connection);
    }
  }

  #retire(connection: Connection, reason?: string): void {
    connection.takesEnvelopes = false;
    if (reason && connection.socket.readyState === connection.socket.OPEN)
      connection.socket.send(disconnectFrame(reason));
    setTimeout(() => connection.socket.close(), 1000).unref();
  }

  /** Cuts connections without a word, as a network does. */
  drop(): void {
    for (const { socket } of this.#connections.values()) socket.terminate();
    this.#connections.clear();
  }

  /** Says goodbye to every connection and cuts those that do not answer. */
  async stop(): Promise<void> {
    for (const { settle } of this.#open.values()) settle({ kind: 'timeout' });
    this.#open.clear();
    for (const { socket } of this.#connections.values()) socket.close(1001);
    const until = performance.now() + 250;
    while (this.#connections.size > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.drop();
    this.#server.close();
  }
}
