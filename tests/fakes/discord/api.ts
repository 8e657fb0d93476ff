import type { RouteMatch } from './faults.js';
import type { RecordedRequest } from './http-server.js';
import type { Interaction, InteractionDraft } from './interactions.js';
import type { Person } from './people.js';
import type { Server } from './servers.js';
import type { RegisteredCommand } from './world.js';

/** How strict and how fast this Discord is. The defaults are the real platform's. */
export interface FakeDiscordOptions {
  /** The only bot token it accepts. */
  token?: string;
  botName?: string;
  /** How long a first answer to an interaction may take. */
  ackDeadlineMs?: number;
  /** How long an interaction's token lives. */
  tokenLifeMs?: number;
  /** How long tests wait for a deferred answer before they fail. */
  settleTimeoutMs?: number;
  /** How long a nonce is remembered. */
  nonceLifeMs?: number;
  heartbeatIntervalMs?: number;
  /** Privileged intents switched on for the application, as bits. */
  privilegedIntents?: number;
  /** Off for benchmarks: no limits, no headers. */
  rateLimits?: boolean;
  globalRequestsPerSecond?: number;
  /** Off for benchmarks: bodies are checked against the documented limits only, not against the published schema. */
  specification?: boolean;
  /**
   * Takes first answers without looking at them: for benchmarks, which would otherwise measure the fake's own checking
   * and keeping along, and the more of it the more there is to an answer.
   */
  isOnlyMeasuring?: boolean;
  commandCreatesPerDay?: number;
  identifiesPerDay?: number;
}

/** A Discord that runs in the test: a real client logs into it, people act on it, and it refuses what Discord refuses. */
export interface FakeDiscord {
  /** For discord.js's `rest.api`. */
  apiUrl: string;
  token: string;
  applicationId: string;
  botId: string;
  /** Every request so far, in order. */
  requests: RecordedRequest[];
  /** Every body that broke a rule. A test that does not provoke one expects none. */
  violations: string[];
  /** Global commands as registered. */
  commands(): RegisteredCommand[];
  /** How often commands were put or posted. */
  commandRegistrations(): number;
  gatewayCounts: { identifies: number; resumes: number };
  connectedCount(): number;

  addGuild(guild: { name: string; ownerId?: string }): Server;
  addUser(user: { username: string; globalName?: string; locale?: string; acceptsDms?: boolean }): Person;
  /** Sends an interaction as it is, without the client's checks; see `Spot.prepares`. */
  send(draft: InteractionDraft): Interaction;
  /** Calls back on every accepted first answer. Returns how to stop listening. */
  onCallback(listener: (interaction: Interaction) => void): () => void;
  replayLastInteraction(): void;
  /** Whether each interaction is delivered twice from now on. */
  deliverTwice(on: boolean): void;
  /** Ends every interaction token given out so far. */
  expireTokens(): void;

  dropSockets(): void;
  requestReconnect(): void;
  invalidateSession(): void;
  closeAll(code: number): void;
  answerHeartbeats(on: boolean): void;
  /** The network between the bot and Discord is down: both HTTP and gateway. */
  refuseConnections(on: boolean): void;

  failNext(times: number, fault?: { status?: number; route?: RouteMatch }): void;
  rateLimitNext(
    times: number,
    limit?: { retryAfterMs?: number; scope?: 'user' | 'global' | 'shared'; route?: RouteMatch },
  ): void;
  /**
   * Cuts the connection instead of answering; the request has been handled unless said otherwise. A reset is retried by
   * discord.js itself at once; a plain end reaches the caller as an error.
   */
  dropConnectionNext(times: number, fault?: { isHandled?: boolean; isReset?: boolean; route?: RouteMatch }): void;
  delayNext(delayMs: number, fault?: { times?: number; route?: RouteMatch }): void;
  /** How many new direct messages the bot may still open before 40003. */
  limitDmOpenings(count: number): void;
  /** The anti-spam flag: known direct messages work, new ones answer 20026. */
  quarantine(on: boolean): void;

  /** Resolves once the condition holds; rejects naming `what` was missing. */
  waitFor(condition: () => boolean, options?: { timeoutMs?: number; what?: string }): Promise<void>;
  stop(): Promise<void>;
}
