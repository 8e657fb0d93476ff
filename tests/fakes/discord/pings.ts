import { asList, asRecord } from './json.js';
import { readText } from './reading.js';
import type { StoredMessage } from './world.js';

/**
 * Whom a message notifies: user and role ids, `everyone`, `here`. A plain message pings all it names, an interaction's
 * answer only users, unless `allowed_mentions` says otherwise. @see developers/resources/message, "Allowed Mentions Object"
 */
export function pingsOf(message: StoredMessage): string[] {
  const text = readText({ ...message, embeds: [] });
  const users = [...text.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id);
  const roles = [...text.matchAll(/<@&(\d+)>/g)].map(([, id = '']) => id);
  const crowds = ['everyone', 'here'].filter((crowd) => text.includes(`@${crowd}`));
  const given = message.allowedMentions;
  if (!given) return message.interactionId === undefined ? [...users, ...roles, ...crowds] : users;
  const { parse, users: userIds, roles: roleIds } = asRecord(given);
  const allows = (kind: string, ids: unknown) => (id: string) =>
    asList(parse).includes(kind) || asList(ids).includes(id);
  return [
    ...users.filter(allows('users', userIds)),
    ...roles.filter(allows('roles', roleIds)),
    ...crowds.filter(allows('everyone', [])),
  ];
}
