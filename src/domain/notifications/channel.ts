import { z } from 'zod';
import { SpaceRef } from '../orgs/rights.js';

/** A channel of a server or workspace, by the platform's own ids. */
export const ChannelRef = SpaceRef.extend({ channelId: z.string().min(1).max(100) });
export type ChannelRef = z.infer<typeof ChannelRef>;

/** A channel with what people call it, without the `#`. */
export interface NamedChannel {
  channelId: string;
  name: string;
}

/**
 * Whether the bot can write in a channel. `missing` names the platform's own permissions, for the person to grant;
 * `invite` is what somebody types there to let the bot in, where that is all it takes.
 */
export type ChannelCheck =
  | { kind: 'open'; name: string }
  | { kind: 'gone'; invite?: string }
  | { kind: 'forbidden'; name: string | undefined; missing: string[]; invite?: string }
  /** No place for posts: archived, or a category, a forum, a conversation between people. */
  | { kind: 'unfit'; name: string }
  /** The platform did not answer. */
  | { kind: 'unknown' };

/** Whether the bot may make events in a space's own calendar; `missing` as in `ChannelCheck`. */
export type CalendarCheck =
  | { kind: 'open' }
  | { kind: 'forbidden'; missing: string[] }
  /** That platform has no calendar of its own. */
  | { kind: 'none' }
  | { kind: 'unknown' };

/** What the domain asks of the platforms about channels. It goes over the network: never within a transaction. */
export interface ChannelLooks {
  check(channel: ChannelRef): Promise<ChannelCheck>;
  /** The channels of a space that the bot may know of, by name; none when the platform does not answer. */
  list(space: SpaceRef): Promise<NamedChannel[]>;
  checkCalendar(space: SpaceRef): Promise<CalendarCheck>;
  /** Whether that platform has calendars of its own at all. */
  hasCalendar(space: SpaceRef): boolean;
}
