import { type Component, flatten, mediaOf } from './components.js';
import type { Json } from './json.js';
import type { Attachment, Channel, Guild, Member, StoredMessage, User, World } from './world.js';

/** Turns what exists into the objects Discord sends. `filesUrl` is where attachments can be fetched. */
export function createWorldJson(world: World, { filesUrl }: { filesUrl: () => string }) {
  function user({ id, username, globalName, isBot }: User): Json {
    return { id, username, global_name: globalName, discriminator: '0', avatar: null, bot: isBot };
  }

  function member(guild: Guild, { userId, permissions, roleIds, joinedAt }: Member): Json {
    const found = world.users.get(userId);
    return {
      user: found && user(found),
      nick: null,
      avatar: null,
      roles: roleIds,
      joined_at: joinedAt,
      permissions: (userId === guild.ownerId ? ~0n & ((1n << 53n) - 1n) : permissions).toString(),
      deaf: false,
      mute: false,
      flags: 0,
    };
  }

  function channel(found: Channel): Json {
    const { id, type, guildId, name, recipientId, parentId = null, lastMessageId } = found;
    const recipient = recipientId === undefined ? undefined : world.users.get(recipientId);
    const base = { id, type, last_message_id: lastMessageId };
    if (recipient) return { ...base, recipients: [user(recipient)] };
    const permission_overwrites = parentId === null ? [overwriteOfBot(found)] : [];
    return { ...base, guild_id: guildId, name, position: 0, permission_overwrites, parent_id: parentId, nsfw: false };
  }

  /** What the bot may do here, as an overwrite of its own that decides on every permission. */
  function overwriteOfBot({ botPermissions }: Channel): Json {
    const all = (1n << 53n) - 1n;
    return {
      id: world.botId,
      type: 1,
      allow: (botPermissions & all).toString(),
      deny: (all & ~botPermissions).toString(),
    };
  }

  function roles(guild: Guild): Json[] {
    return [...guild.roles.values()].map(({ id, name, permissions }, position) => ({
      id,
      name,
      permissions: permissions.toString(),
      position,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      managed: false,
      mentionable: false,
      flags: 0,
    }));
  }

  function guild(found: Guild): Json {
    return { id: found.id, name: found.name, owner_id: found.ownerId, icon: null, features: [], roles: roles(found) };
  }

  /** What GUILD_CREATE carries: the server with its channels and, of its members, the bot. */
  function guildCreate(found: Guild): Json {
    const channels = [...world.channels.values()].filter(({ guildId }) => guildId === found.id);
    const bot = found.members.get(world.botId);
    return {
      ...guild(found),
      unavailable: false,
      member_count: found.members.size,
      channels: channels.map(channel),
      members: bot ? [member(found, bot)] : [],
    };
  }

  const fileUrl = (id: string, name: string) => `${filesUrl()}/${id}/${name}`;

  function attachment({ id, name, type, description, bytes }: Attachment): Json {
    const url = fileUrl(id, name);
    return { id, filename: name, size: bytes.length, content_type: type, description, url, proxy_url: url };
  }

  function message(stored: StoredMessage): Json {
    const author = world.users.get(stored.authorId);
    return {
      id: stored.id,
      type: stored.interactionId !== undefined ? 20 : stored.answersId !== undefined ? 19 : 0,
      channel_id: stored.channelId,
      ...(stored.answersId !== undefined && {
        message_reference: { type: 0, message_id: stored.answersId, channel_id: stored.channelId },
      }),
      author: author && user(author),
      content: stored.content,
      embeds: stored.embeds,
      components: withFileUrls(stored),
      attachments: stored.attachments.map(attachment),
      flags: stored.flags,
      nonce: stored.nonce,
      timestamp: new Date(stored.createdAt).toISOString(),
      edited_timestamp: stored.editedAt === undefined ? null : new Date(stored.editedAt).toISOString(),
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      pinned: false,
      tts: false,
    };
  }

  /** Discord answers with the address where an upload can be fetched, not with the reference it was given. */
  function withFileUrls({ components, attachments }: StoredMessage): Component[] {
    const copy = structuredClone(components);
    for (const media of flatten(copy).flatMap(mediaOf)) {
      const found = attachments.find(({ name }) => media.url === `attachment://${name}`);
      if (found) media.url = fileUrl(found.id, found.name);
    }
    return copy;
  }

  return { user, member, channel, roles, guild, guildCreate, attachment, message };
}

export type WorldJson = ReturnType<typeof createWorldJson>;
