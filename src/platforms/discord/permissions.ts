import { PermissionFlagsBits } from 'discord.js';

/** What a channel or a server says about a role or a member beyond the roles themselves. Bits as decimal text. */
export interface Overwrite {
  id: string;
  allow: string;
  deny: string;
}

/** What decides on somebody's permissions in a server. Bits as decimal text. */
export interface Standing {
  guildId: string;
  userId: string;
  /** Every role of the server; the one of the server's own id is everybody's. */
  roles: readonly { id: string; permissions: string }[];
  /** The ids of the person's own roles. */
  ownRoles: readonly string[];
}

/**
 * What somebody may do in the whole server, before any channel says otherwise. Its owner may do all, but a bot owns none.
 *
 * @see https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsInServer({ guildId, roles, ownRoles }: Standing): bigint {
  const bits = roles
    .filter(({ id }) => id === guildId || ownRoles.includes(id))
    .reduce((all, { permissions }) => all | BigInt(permissions), 0n);
  return bits & PermissionFlagsBits.Administrator ? ~0n : bits;
}

/** What somebody may do in a channel: everybody's overwrite first, then those of their roles, then their own. */
export function permissionsInChannel(standing: Standing, overwrites: readonly Overwrite[]): bigint {
  const inServer = permissionsInServer(standing);
  if (inServer === ~0n) return inServer;
  const { guildId, userId, ownRoles } = standing;
  const levels = [[guildId], ownRoles.filter((id) => id !== guildId), [userId]];
  return levels.reduce((bits, ids) => {
    const matching = overwrites.filter(({ id }) => ids.includes(id));
    const denied = matching.reduce((all, { deny }) => all | BigInt(deny), 0n);
    const allowed = matching.reduce((all, { allow }) => all | BigInt(allow), 0n);
    return (bits & ~denied) | allowed;
  }, inServer);
}

/** What writing in a channel takes, by the names that Discord's settings have; history is for answering beneath. */
const FOR_POSTS = [
  [PermissionFlagsBits.ViewChannel, 'View Channel'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
] as const;

/** The permissions that writing there takes and that are not in `bits`, by Discord's names. */
export function missingForPosts(bits: bigint, { isThread }: { isThread: boolean }): string[] {
  const inThreads = [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'] as const;
  return FOR_POSTS.map((one) => (isThread && one[0] === PermissionFlagsBits.SendMessages ? inThreads : one))
    .filter(([bit]) => (bits & bit) === 0n)
    .map(([, name]) => name);
}

/** The same for making events in the server's calendar. Manage Events alone does not do since 2026. */
export function missingForEvents(bits: bigint): string[] {
  return bits & PermissionFlagsBits.CreateEvents ? [] : ['Create Events'];
}
