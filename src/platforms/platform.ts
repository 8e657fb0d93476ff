import type { IncomingMessage, ServerResponse } from 'node:http';
import type { View } from '../bot/views.js';
import type { Account, PlatformName } from '../domain/members/account.js';

/** Whether a platform's connection is up, in words for an operator. */
export interface PlatformHealth {
  isUp: boolean;
  detail: string;
}

/** What came of sending one message. The dispatcher decides by it; adapters swallow nothing. */
export type Delivered =
  | { kind: 'sent'; channelId: string; messageId: string | undefined }
  /** Surely not sent; the platform says how long to wait. */
  | { kind: 'retry-after'; retryAfterMs: number }
  /** Perhaps sent, perhaps not: an outage or a cut connection. */
  | { kind: 'retry-later' }
  /** This person cannot be reached this way: messages closed, account gone. Final until they act. */
  | { kind: 'unreachable' }
  /** The platform refuses this very message. Final. */
  | { kind: 'rejected'; reason: string };

/** Paths of our web server that a platform answers itself, from Node's own request, as its library wants it raw. */
export interface WebDoor {
  paths: readonly string[];
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** A chat platform, as the rest of the product sees it. */
export interface Platform {
  name: PlatformName;
  /** Connects; resolves once people are answered. @throws StartProblem when no retry can help, such as a wrong token. */
  start(): Promise<void>;
  /** Takes nothing more in, and lets what runs finish. */
  stop(): Promise<void>;
  health(): PlatformHealth;
  /** Where people add the bot to their account, server or workspace; nothing while that is not known. */
  addUrl?(): string | undefined;
  /** What it answers on our web server; nothing where all goes by connections that it opens itself. */
  doors?: readonly WebDoor[];
  /**
   * Writes to one person in their conversation with the bot, opening it if need be.
   *
   * @param nonce tells copies of one message apart from new ones, where the platform can; at most 25 characters.
   * @param triedMsAgo how long ago a try with this nonce was made whose fate is unknown, in milliseconds: a platform
   * that does not tell copies apart by itself looks for the message first.
   */
  sendDirect(
    to: { account: Account; directChannelId: string | undefined },
    view: View,
    nonce: string,
    triedMsAgo?: number,
  ): Promise<Delivered>;
}

/** Why the product cannot start, in words for an operator; the process ends with exit code 2. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}
