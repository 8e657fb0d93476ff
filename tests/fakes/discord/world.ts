import type { Component } from './components.js';
import type { Json } from './json.js';
import { createSnowflakes } from './snowflakes.js';

export interface User {
  id: string;
  username: string;
  globalName: string | null;
  isBot: boolean;
  /** The person's language, as sent with each interaction. */
  locale: string;
  acceptsDms: boolean;
  /** Added the app to their own account, so it may message them without a common server. */
  hasInstalledApp: boolean;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
}

export interface Member {
  userId: string;
  permissions: bigint;
  roleIds: string[];
  joinedAt: string;
}

export interface Channel {
  id: string;
  /** 0 text, 1 direct message, 4 category, 5 announcements, 11 thread. */
  type: number;
  /** The channel that a thread is in. */
  parentId?: string;
  guildId?: string;
  name: string;
  /** The person at the other end of a direct message. */
  recipientId?: string;
  /** What the bot may do here. */
  botPermissions: bigint;
  lastMessageId: string | null;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  /** False once the bot has been removed. */
  hasBot: boolean;
  roles: Map<string, Role>;
  members: Map<string, Member>;
  /** Scheduled events, as Discord answers with them. */
  events: Map<string, Json>;
}

/** A file someone attached: its bytes as they arrived. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  description?: string | undefined;
  bytes: Buffer;
}

export interface StoredMessage {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
  embeds: Json[];
  components: Component[];
  attachments: Attachment[];
  flags: number;
  nonce?: string | number;
  allowedMentions?: Json | undefined;
  /** Only this person sees it. */
  ephemeralTo?: string;
  interactionId?: string;
  /** The message that this one answers. */
  answersId?: string;
  createdAt: number;
  editedAt?: number;
  isDeleted: boolean;
}

/** An application command as registered, with the ids Discord added. */
export type RegisteredCommand = Json & { id: string; name: string; type: number };

/** Everything that exists on this fake platform. Plain data; the rules stand in the modules that change it. */
export interface World {
  applicationId: string;
  botId: string;
  token: string;
  nextId: (at?: number) => string;
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  channels: Map<string, Channel>;
  /** Direct-message channels by the person's id. */
  dms: Map<string, Channel>;
  messages: Map<string, StoredMessage>;
  /** The latest message by channel and nonce. */
  nonces: Map<string, StoredMessage>;
  /** Files people attached to commands and forms. */
  uploads: Attachment[];
  /** By guild id; global ones under `''`. */
  commands: Map<string, RegisteredCommand[]>;
}

/** A platform with one application on it, its bot user and nobody else. */
export function createWorld({ token, botName }: { token: string; botName: string }): World {
  const nextId = createSnowflakes();
  const applicationId = nextId(Date.now() - 86_400_000);
  const bot: User = {
    id: applicationId,
    username: botName,
    globalName: null,
    isBot: true,
    locale: 'en-US',
    acceptsDms: false,
    hasInstalledApp: false,
  };
  return {
    applicationId,
    botId: bot.id,
    token,
    nextId,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    dms: new Map(),
    messages: new Map(),
    nonces: new Map(),
    uploads: [],
    commands: new Map(),
  };
}

/** The servers both the bot and this person are in. */
export function mutualGuilds(world: World, userId: string): Guild[] {
  return [...world.guilds.values()].filter((guild) => guild.hasBot && guild.members.has(userId));
}

/** The direct-message channel between the bot and a person, opened on first use. */
export function openDm(world: World, userId: string): Channel {
  const known = findDm(world, userId);
  if (known) return known;
  const channel: Channel = {
    id: world.nextId(),
    type: 1,
    name: '',
    recipientId: userId,
    botPermissions: ~0n,
    lastMessageId: null,
  };
  world.channels.set(channel.id, channel);
  world.dms.set(userId, channel);
  return channel;
}

export function findDm(world: World, userId: string): Channel | undefined {
  return world.dms.get(userId);
}
