import type { Gateway } from './gateway.js';
import type { InteractionDraft, Interactions } from './interactions.js';
import type { Json } from './json.js';
import type { Messages } from './messages.js';
import { type Channel, findDm, type Guild, mutualGuilds, openDm, type User, type World } from './world.js';
import type { WorldJson } from './world-json.js';

/** The parts of the fake that a person's actions reach. */
export interface Platform {
  world: World;
  json: WorldJson;
  messages: Messages;
  interactions: Interactions;
  gateway: Gateway;
}

/** Where a person is looking: a channel of a server, or their direct messages with the bot. */
export interface Place {
  user: User;
  channel: Channel;
  guild?: Guild;
}

/** A person's place in a server, in its first channel unless another is named. */
export function placeInGuild({ world }: Platform, user: User, guild: Guild, channelId?: string): Place {
  if (!guild.members.has(user.id)) throw new Error(`${user.username} is not in ${guild.name}`);
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const channel = channels.find(({ id }) => channelId === undefined || id === channelId);
  if (!channel) throw new Error(`${guild.name} has no channel ${channelId ?? ''}`);
  return { user, channel, guild };
}

/** A person's direct messages with the bot: they can open them when they share a server or installed the app. */
export function placeInDm({ world }: Platform, user: User): Place {
  const isReachable = mutualGuilds(world, user.id).length > 0 || user.hasInstalledApp || findDm(world, user.id);
  if (!isReachable) throw new Error(`${user.username} shares no server with the bot and has not installed it`);
  return { user, channel: openDm(world, user.id) };
}

/** An interaction at a place, with the fields every kind of interaction carries. */
export function draftAt(
  { json, world }: Platform,
  { user, channel, guild }: Place,
  { type, data, sourceMessageId }: { type: number; data: Json; sourceMessageId?: string | undefined },
): InteractionDraft {
  const source = world.messages.get(sourceMessageId ?? '');
  const payload: Json = {
    data,
    channel: json.channel(channel),
    channel_id: channel.id,
    locale: user.locale,
    entitlements: [],
    app_permissions: (channel.botPermissions & ((1n << 53n) - 1n)).toString(),
    attachment_size_limit: 10 * 1024 * 1024,
    ...(guild ? guildFields(json, user, guild) : dmFields(json, world, user)),
    ...(source && { message: json.message(source) }),
  };
  return { type, userId: user.id, channelId: channel.id, guildId: guild?.id, sourceMessageId, payload };
}

function guildFields(json: WorldJson, user: User, guild: Guild): Json {
  const member = guild.members.get(user.id);
  return {
    context: 0,
    guild_id: guild.id,
    guild_locale: 'en-US',
    guild: { id: guild.id, locale: 'en-US', features: [] },
    member: member && json.member(guild, member),
    authorizing_integration_owners: guild.hasBot ? { 0: guild.id } : { 1: user.id },
  };
}

function dmFields(json: WorldJson, world: World, user: User): Json {
  const isUserInstalled = mutualGuilds(world, user.id).length === 0;
  return {
    context: 1,
    user: json.user(user),
    authorizing_integration_owners: isUserInstalled ? { 1: user.id } : { 0: '0' },
  };
}
