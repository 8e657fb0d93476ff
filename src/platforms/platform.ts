import type { IncomingMessage, ServerResponse } from 'node:http';
import type { View } from '../bot/views.js';
import type { Account, PlatformName } from '../domain/members/account.js';
import type { CalendarCheck, ChannelCheck, ChannelRef, NamedChannel } from '../domain/notifications/channel.js';
import type { MirroredEvent } from '../domain/notifications/mirrored-event.js';
import type { SpaceRef } from '../domain/orgs/rights.js';

export type { MirroredEvent };

/** Whether a platform's connection is up, in words for an operator. */
export interface PlatformHealth {
  isUp: boolean;
  detail: string;
}

/** What waits: messages of the same sort in the same space, conversations yet to be opened there, or all. */
export type Held = 'alike' | 'openings' | 'all';

/**
 * How fast a platform takes one sort of message: at most so many within any such time, and so many under way at most.
 * A message counts from its begin until that time after its answer, as nobody knows when in between it was counted.
 */
export interface Pace {
  most: number;
  /** In milliseconds; 0 limits only how many are under way. */
  withinMs: number;
}

/** How fast a platform takes what the product sends by itself. Answers to people are no part of it. */
export interface Pacing {
  /** Whether each server or workspace is counted apart. */
  isPerSpace: boolean;
  /** Into channels, and conversations that are open. */
  known: Pace;
  /** Into conversations that have to be opened first; as known ones unless given. */
  opening?: Pace;
  /** Changes to messages; as known ones unless given. */
  edit?: Pace;
  /** Least time between two messages into one conversation or channel, in milliseconds. */
  conversationMs?: number;
}

/** What came of sending one message. The dispatcher decides by it; adapters swallow nothing. */
export type Delivered =
  | { kind: 'sent'; channelId: string; messageId: string | undefined }
  /** Surely not sent; the platform says how long to wait. `holds` says what has to wait as long besides this message. */
  | { kind: 'retry-after'; retryAfterMs: number; holds?: Held }
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

/** Posts in channels of connected spaces. A channel that is gone or forbidden is `unreachable`. */
export interface Channels {
  check(channel: ChannelRef): Promise<ChannelCheck>;
  /** The channels of a space that it may know of, by name; none when the platform does not answer. */
  list(space: SpaceRef): Promise<NamedChannel[]>;
  /**
   * Writes into a channel.
   *
   * @param under the id of a message of ours that this one answers: a reply on Discord, in its thread on Slack.
   * @param nonce and triedMsAgo: as in `Platform.sendDirect`.
   */
  post(
    to: { channel: ChannelRef; under?: string | undefined },
    view: View,
    nonce: string,
    triedMsAgo?: number,
  ): Promise<Delivered>;
  /** Turns a message of ours into this view. Safe to repeat; a message that was deleted is `rejected`. */
  edit(at: { channel: ChannelRef; messageId: string }, view: View): Promise<Delivered>;
}

/** A platform's own calendar in a space. `messageId` of what was sent is the id of the event there. */
export interface ScheduledEvents {
  /** Whether it may make events there. */
  check(space: SpaceRef): Promise<CalendarCheck>;
  /**
   * Makes the event, or brings the one of that id up to date. `mark` is found again in the description, so that one
   * whose fate is unknown is looked for before another is made.
   */
  save(space: SpaceRef, event: MirroredEvent, mark: string, id: string | undefined): Promise<Delivered>;
  /** Takes it down; one that is gone already counts as taken down. */
  cancel(space: SpaceRef, id: string): Promise<Delivered>;
}

/** A chat platform, as the rest of the product sees it. */
export interface Platform {
  name: PlatformName;
  /** Connects; resolves once people are answered. @throws StartProblem when no retry can help, such as a wrong token. */
  start(): Promise<void>;
  /**
   * Makes ready to send and nothing else, in the place of `start`: no connection by which something could come in, as
   * another process has those. @throws StartProblem as `start` does.
   */
  startSending(): Promise<void>;
  /** Takes nothing more in, and lets what runs finish. */
  stop(): Promise<void>;
  health(): PlatformHealth;
  /** Where people add the bot to their account, server or workspace; nothing while that is not known. */
  addUrl?(): string | undefined;
  /** What it answers on our web server; nothing where all goes by connections that it opens itself. */
  doors?: readonly WebDoor[];
  /** How fast it may be written to; a few messages at once unless it says. */
  pacing?: Pacing;
  /** Its channels, where it has any. */
  channels?: Channels;
  /** Its own calendar, where it has one. */
  scheduledEvents?: ScheduledEvents;
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
  /** Turns a message of ours to one person into this view. Safe to repeat; one that was deleted is `rejected`. */
  editDirect(at: { account: Account; channelId: string; messageId: string }, view: View): Promise<Delivered>;
}

/** Why the product cannot start, in words for an operator; the process ends with exit code 2. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}
