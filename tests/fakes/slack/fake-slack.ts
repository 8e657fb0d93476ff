import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FakeChannel } from './channel.js';
import { Enterprise } from './enterprise.js';
import type { Delivery, Envelope, StrayAck } from './envelopes.js';
import { EventQueue } from './events.js';
import { Faults } from './faults.js';
import { HttpDelivery } from './http-delivery.js';
import { createHttpServer } from './http-server.js';
import { Grants } from './oauth.js';
import { type FakeSlackOptions, type Settings, settingsFrom } from './options.js';
import type { Person } from './person.js';
import { RateLimits } from './rate-limits.js';
import { ResponseUrls } from './response-urls.js';
import { Sights } from './sights.js';
import { type RefreshOptions, SocketMode } from './socket-mode.js';
import type { RecordedRequest, Stage } from './stage.js';
import { Triggers } from './triggers.js';
import { type NewChannel, type NewUser, type NewWorkspace, Workspace } from './workspace.js';
import { World } from './world.js';

/**
 * Slack's far end on this machine: the Web API over HTTP and Socket Mode over WebSockets, with Slack's limits.
 *
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const stage = stageFrom(options);
  const server = createHttpServer(stage);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stage.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new FakeSlack(stage, async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
}

function stageFrom(options: FakeSlackOptions): Stage {
  const settings = settingsFrom(options);
  const sockets = new SocketMode(settings);
  return {
    settings,
    world: new World(settings.now),
    sights: new Sights(),
    sockets,
    carrier: sockets,
    grants: new Grants(),
    triggers: new Triggers(settings.now, settings.triggerLifetimeMs),
    responseUrls: new ResponseUrls(),
    faults: new Faults(),
    rateLimits: new RateLimits(settings),
    violations: [],
    requests: [],
    inFlight: 0,
    origin: '',
  };
}

interface FaultTarget {
  /** Only calls of this method, or posts to a `response_url`; any but those and `apps.connections.open` without. */
  method?: string;
}

/** A running fake: its people and channels, its records, and what can be made to go wrong. */
export class FakeSlack {
  /** The workspace that is there from the start. */
  readonly workspace: Workspace;
  readonly #stage: Stage;
  readonly #events: EventQueue;
  readonly #closeServer: () => Promise<void>;

  constructor(stage: Stage, closeServer: () => Promise<void>) {
    this.#stage = stage;
    this.#closeServer = closeServer;
    this.#events = new EventQueue(stage);
    this.workspace = new Workspace(stage, this.#events, { botToken: stage.settings.botToken });
  }

  /** `slackApiUrl` for clients. */
  get apiUrl(): string {
    return `${this.#stage.origin}/api/`;
  }

  get appToken(): string {
    return this.#stage.settings.appToken;
  }

  get botToken(): string {
    return this.workspace.botToken;
  }

  get appId(): string {
    return this.#stage.settings.appId;
  }

  /** Everything the app sent that Slack would refuse or people would suffer from. Empty at the end of a good test. */
  get violations(): string[] {
    return this.#stage.violations;
  }

  /** Every call, upload and response URL post, in order. */
  get requests(): RecordedRequest[] {
    return this.#stage.requests;
  }

  /** Every envelope with its instants. */
  get deliveries(): Delivery[] {
    return this.#stage.carrier.deliveries;
  }

  /** Acknowledgements that came twice, too late or for nothing. */
  get strayAcks(): StrayAck[] {
    return this.#stage.sockets.strayAcks;
  }

  /** Connections that take envelopes now. */
  get connections(): number {
    return this.#stage.sockets.connectionCount;
  }

  /** Events nobody acknowledged that will be sent again. */
  get eventsWaiting(): number {
    return this.#events.waiting;
  }

  /** The app's settings that stand beside its tokens. */
  get app(): Pick<Settings, 'clientId' | 'clientSecret' | 'signingSecret'> {
    return this.#stage.settings;
  }

  /**
   * Sends everything from now on as signed requests to this address, once it gave Slack's challenge back.
   *
   * @throws Error when it did not.
   */
  async deliversTo(url: string): Promise<void> {
    const requests = new HttpDelivery(this.#stage.settings, url);
    await requests.verify();
    this.#stage.carrier = requests;
  }

  addEnterprise(name: string): Enterprise {
    return new Enterprise(this.#stage, this.#events, name);
  }

  addWorkspace(workspace: NewWorkspace = {}): Workspace {
    return new Workspace(this.#stage, this.#events, workspace);
  }

  addUser(user: NewUser): Person {
    return this.workspace.addUser(user);
  }

  addChannel(name: string, channel: NewChannel = {}): FakeChannel {
    return this.workspace.addChannel(name, channel);
  }

  async uninstalls(): Promise<void> {
    await this.workspace.uninstalls();
  }

  /** Sends any envelope as it is. `outcome` resolves with its acknowledgement; the instants stand beside it. */
  send(envelope: Envelope): Delivery {
    return this.#stage.carrier.send(envelope);
  }

  /** Sends an event once more with the same event id, as after a lost acknowledgement; the latest without. */
  redeliver(delivery = this.deliveries.findLast(({ envelope }) => envelope.type === 'events_api')): Delivery {
    if (!delivery) throw new Error('No event was sent yet.');
    const retryAttempt = (delivery.envelope.retryAttempt ?? 0) + 1;
    return this.send({ ...delivery.envelope, retryAttempt, retryReason: 'timeout' });
  }

  retryEventsNow(): void {
    this.#events.retryNow();
  }

  refreshConnections(options: RefreshOptions = {}): void {
    this.#stage.sockets.refresh(options);
  }

  dropSockets(): void {
    this.#stage.sockets.drop();
  }

  refuseConnections(on: boolean): void {
    this.#stage.sockets.refuseConnections(on);
  }

  /** The next openings fail: with a status code, or with an error in Slack's words. */
  failOpens(times: number, problem: number | string): void {
    const method = 'apps.connections.open';
    this.failNext(times, typeof problem === 'number' ? { status: problem, method } : { error: problem, method });
  }

  /** The next calls are answered with this and not carried out. */
  failNext(times: number, problem: ({ status: number } | { error: string }) & FaultTarget): void {
    const fault =
      'status' in problem
        ? ({ kind: 'status', status: problem.status } as const)
        : ({ kind: 'error', error: problem.error } as const);
    this.#stage.faults.plan(fault, times, problem.method);
  }

  rateLimitNext(retryAfterSeconds = 1, { times = 1, method }: FaultTarget & { times?: number } = {}): void {
    this.#stage.faults.plan({ kind: 'rate-limit', retryAfterSeconds }, times, method);
  }

  /** The next call is carried out, but the app never gets the answer. */
  dropConnectionAfterHandlingNext({ method }: FaultTarget = {}): void {
    this.#stage.faults.plan({ kind: 'drop-after-handling' }, 1, method);
  }

  delayNext(ms: number, { method }: FaultTarget = {}): void {
    this.#stage.faults.plan({ kind: 'delay', ms }, 1, method);
  }

  clearFaults(): void {
    this.#stage.faults.clear();
  }

  /** Calls of one method, in order. */
  calls(method: string): RecordedRequest[] {
    return this.requests.filter((request) => request.method === method);
  }

  /** Waits until it holds. @throws Error after `ms`. */
  async waitFor(holds: () => unknown, ms = 5000): Promise<void> {
    const until = performance.now() + ms;
    while (!holds()) {
      if (performance.now() > until) throw new Error(`Did not happen within ${ms} ms: ${holds}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async stop(): Promise<void> {
    this.#events.stop();
    await this.#stage.sockets.stop();
    await this.#closeServer();
  }
}
