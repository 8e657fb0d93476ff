import type { Json } from './json.js';
import { messagesIn } from './people.js';
import { type Platform, placeInGuild } from './platform.js';
import type { Reference } from './resolved.js';
import type { Seen } from './seen.js';
import type { Channel, Guild } from './world.js';

/** A channel the bot may or may not use. Types: 0 text, 4 category, 5 announcements, 11 a thread in `parent`. */
export interface ChannelOptions {
  name: string;
  type?: 0 | 4 | 5 | 11;
  parent?: Reference;
  botPermissions?: bigint;
}

/** A server, by the things that happen to it. */
export interface Server extends Reference {
  id: string;
  name: string;
  /** The channel every server begins with. */
  general: Reference;
  addChannel(options: ChannelOptions): Reference;
  removeChannel(channel: Reference): void;
  /** What the bot may do in a channel from now on, as permission bits. */
  allowBot(channel: Reference, permissions: bigint): void;
  addRole(role: { name: string; permissions?: bigint }): Reference;
  /** The server's own scheduled events, as Discord answers with them. */
  scheduledEvents(): Json[];
  /** What the bot may do in the whole server, e.g. with events. */
  allowBotHere(permissions: bigint): void;
  /** The bot is kicked; it hears of it. */
  removeBot(): void;
  /** The bot is added again. */
  addBot(): void;
  /** All a member sees in the server's channels, oldest first; never other people's ephemeral messages. */
  messagesSeenBy(person: Reference): Seen[];
}

/** View, send (in threads too), embed, attach, read history, create events: what the usual invitation gives. */
const USUAL = (1n << 44n) | (1n << 38n) | (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n);

/** Makes a server with one channel and the bot in it, and tells connected clients. */
export function createServer(
  platform: Platform,
  { name, ownerId }: { name: string; ownerId?: string | undefined },
): Server {
  const { world, json, gateway } = platform;
  const id = world.nextId();
  const guild: Guild = {
    id,
    name,
    ownerId: ownerId ?? world.nextId(),
    hasBot: true,
    roles: new Map(),
    members: new Map(),
    events: new Map(),
  };
  guild.roles.set(id, { id, name: '@everyone', permissions: USUAL });
  guild.members.set(world.botId, {
    userId: world.botId,
    permissions: USUAL,
    roleIds: [],
    joinedAt: new Date().toISOString(),
  });
  world.guilds.set(id, guild);
  const general = addChannel({ name: 'general' });
  gateway.dispatch('GUILD_CREATE', json.guildCreate(guild), 1);

  function addChannel({ name, type = 0, parent, botPermissions = USUAL }: ChannelOptions): Channel {
    const channel: Channel = {
      id: world.nextId(),
      type,
      name,
      guildId: id,
      botPermissions,
      lastMessageId: null,
      ...(parent && { parentId: parent.id }),
    };
    world.channels.set(channel.id, channel);
    return channel;
  }

  return {
    id,
    name,
    general: { id: general.id },
    addChannel(options) {
      const channel = addChannel(options);
      gateway.dispatch('CHANNEL_CREATE', json.channel(channel), 1);
      return { id: channel.id };
    },
    removeChannel(channel) {
      const found = world.channels.get(channel.id);
      world.channels.delete(channel.id);
      if (found) gateway.dispatch('CHANNEL_DELETE', json.channel(found), 1);
    },
    allowBot(channel, permissions) {
      const found = world.channels.get(channel.id);
      if (found) found.botPermissions = permissions;
    },
    addRole({ name, permissions = 0n }) {
      const role = { id: world.nextId(), name, permissions };
      guild.roles.set(role.id, role);
      gateway.dispatch('GUILD_ROLE_CREATE', { guild_id: id, role: json.roles(guild).at(-1) }, 1);
      return { id: role.id };
    },
    scheduledEvents: () => [...guild.events.values()],
    allowBotHere(permissions) {
      const bot = guild.members.get(world.botId);
      const everybody = guild.roles.get(id);
      // The bot has no role but everybody's.
      if (bot) bot.permissions = permissions;
      if (everybody) everybody.permissions = permissions;
    },
    removeBot() {
      guild.hasBot = false;
      gateway.dispatch('GUILD_DELETE', { id }, 1);
    },
    addBot() {
      guild.hasBot = true;
      gateway.dispatch('GUILD_CREATE', json.guildCreate(guild), 1);
    },
    messagesSeenBy(person) {
      const user = world.users.get(person.id);
      if (!user) throw new Error(`There is nobody ${person.id}`);
      const channels = [...world.channels.values()].filter(({ guildId }) => guildId === id);
      const all = channels.flatMap((channel) => messagesIn(platform, placeInGuild(platform, user, guild, channel.id)));
      return all.sort((one, other) => (one.message?.createdAt ?? 0) - (other.message?.createdAt ?? 0));
    },
  };
}
