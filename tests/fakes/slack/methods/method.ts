import { asString, type Dict } from '../json.js';
import { SlackError } from '../slack-error.js';
import type { Stage } from '../stage.js';
import type { ChannelRecord, TeamRecord, UserRecord } from '../world.js';

/** A Web API call whose token and scopes are fine. */
export interface Call {
  method: string;
  args: Dict;
  token: string;
  team: TeamRecord;
  stage: Stage;
}

/** What stands beside `ok: true` in the answer. @throws SlackError for `ok: false`. */
export type Method = (call: Call) => Dict;

/** An argument that has to be there. @throws SlackError `missing_argument`, or the code the method has for it. */
export function requireArg({ args }: Call, name: string, code = 'missing_argument'): string {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') throw new SlackError(code, { argument: name });
  return value;
}

/** @throws SlackError `user_not_found` for strangers to this workspace. */
export function getUser(call: Call, id: string): UserRecord {
  const user = call.stage.world.users.get(id);
  if (user?.teamId !== call.team.id) throw new SlackError('user_not_found');
  return user;
}

/** @throws SlackError `channel_not_found`, also for private channels the bot is not in. */
export function getChannel(call: Call, id: string): ChannelRecord {
  const channel = call.stage.world.channels.get(id);
  const isVisible = channel?.teamId === call.team.id && (channel.kind !== 'private' || channel.botIsMember);
  if (!channel || !isVisible) throw new SlackError('channel_not_found');
  return channel;
}

/** Part of a list, after the cursor of the answer before. */
export function page<T>(items: T[], args: Dict, fallback = 100): { items: T[]; cursor: string } {
  const from = Number(Buffer.from(asString(args.cursor), 'base64').toString() || 0);
  const limit = Math.min(Number(args.limit ?? fallback) || fallback, 1000);
  const next = from + limit;
  const cursor = next < items.length ? Buffer.from(String(next)).toString('base64') : '';
  return { items: items.slice(from, next), cursor };
}
