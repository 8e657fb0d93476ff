import { asString, type Dict } from './json.js';
import { SlackError } from './slack-error.js';
import type { TeamRecord, World } from './world.js';

const ALWAYS: Record<string, string> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'users.info': 'users:read',
  'users.list': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'conversations.open': 'im:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'team.info': 'team:read',
  'users.conversations': 'channels:read',
  'bots.info': 'users:read',
};

/** The right depends on the kind of channel: `channels:read`, `groups:history`, … */
const BY_CHANNEL: Record<string, string> = {
  'conversations.info': 'read',
  'conversations.members': 'read',
  'conversations.history': 'history',
  'conversations.replies': 'history',
};
const CHANNEL_SCOPES = { public: 'channels', private: 'groups', im: 'im' } as const;

/** The scope a call needs; nothing for calls any token may make. */
export function neededScope(world: World, method: string, args: Dict): string | undefined {
  const right = BY_CHANNEL[method];
  if (!right) return ALWAYS[method];
  const kind = world.channels.get(asString(args.channel))?.kind ?? 'public';
  return `${CHANNEL_SCOPES[kind]}:${right}`;
}

/** @throws SlackError `missing_scope` with `needed` and `provided`. */
export function checkScope(world: World, team: TeamRecord, method: string, args: Dict): void {
  const needed = neededScope(world, method, args);
  if (needed === undefined || team.scopes.has(needed)) return;
  throw new SlackError('missing_scope', { needed, provided: [...team.scopes].join(',') });
}

const EVENT_SCOPES: Record<string, string> = {
  'message.im': 'im:history',
  'message.public': 'channels:history',
  'message.private': 'groups:history',
  app_mention: 'app_mentions:read',
  user_change: 'users:read',
  team_join: 'users:read',
};

/** Whether Slack sends the app this kind of event at all. */
export function receivesEvent(team: TeamRecord, kind: string): boolean {
  const needed = EVENT_SCOPES[kind];
  return needed === undefined || team.scopes.has(needed);
}
