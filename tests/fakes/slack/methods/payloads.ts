import type { Dict } from '../json.js';
import type { Stage } from '../stage.js';
import type { ChannelRecord, FileRecord, MessageRecord, UserRecord } from '../world.js';

/** A message as the Web API and events describe it. Metadata only where it was asked for. */
export function messagePayload(stage: Stage, message: MessageRecord, withMetadata = true): Dict {
  const team = stage.world.teams.get(message.teamId);
  return {
    type: 'message',
    user: message.from,
    ts: message.ts,
    team: message.teamId,
    text: message.text,
    ...(message.byApp ? { bot_id: team?.botId, app_id: stage.settings.appId } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0 ? { files: message.files.map(filePayload) } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.metadata && withMetadata ? { metadata: message.metadata } : {}),
    ...(message.isEdited ? { edited: { user: message.from, ts: message.ts } } : {}),
  };
}

export function filePayload({ id, name, title, mimetype, size, url }: FileRecord): Dict {
  return { id, name, title, mimetype, size, url_private: url, url_private_download: url };
}

/** A user as `users.info` describes them; the address only with `users:read.email`. */
export function userPayload(user: UserRecord, withEmail: boolean, withLocale: boolean): Dict {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.isDeleted,
    ...(user.isDeleted ? {} : rightsPayload(user)),
    is_bot: user.isBot,
    is_stranger: user.isStranger,
    ...(withLocale ? { locale: user.locale } : {}),
    profile: {
      real_name: user.realName,
      display_name: user.name,
      image_192: `https://avatars.example/${user.id}.png`,
      ...(withEmail && !user.isBot ? { email: user.email } : {}),
    },
  };
}

/** Slack leaves zone and rights out once an account is deactivated. */
function rightsPayload(user: UserRecord): Dict {
  return {
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetSeconds(user.tz),
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: user.isPrimaryOwner,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
  };
}

function offsetSeconds(zone: string): number {
  const now = new Date();
  const local = new Date(now.toLocaleString('en-US', { timeZone: zone }));
  const utc = new Date(now.toLocaleString('en-US', { timeZone: 'UTC' }));
  return Math.round((local.getTime() - utc.getTime()) / 1000);
}

export function channelPayload(channel: ChannelRecord): Dict {
  const isIm = channel.kind === 'im';
  return {
    id: channel.id,
    is_im: isIm,
    is_channel: channel.kind === 'public',
    is_private: channel.kind !== 'public',
    is_archived: channel.isArchived,
    is_member: channel.botIsMember,
    ...(isIm ? { user: [...channel.members][0] } : { name: channel.name, num_members: channel.members.size }),
  };
}
