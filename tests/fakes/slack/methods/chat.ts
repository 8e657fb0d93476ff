import { asFlag, asString, type Dict } from '../json.js';
import { checkMetadata } from '../limits/message-limits.js';
import { contentOf, edit, post, remove } from '../posting.js';
import { SlackError } from '../slack-error.js';
import type { ChannelRecord, MessageRecord } from '../world.js';
import { type Call, getChannel, getUser, type Method, requireArg } from './method.js';
import { messagePayload } from './payloads.js';

const MAX_UPDATE_TEXT = 4000;

const postMessage: Method = (call) => {
  const channel = postableChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  const { args, stage, team } = call;
  const content = contentOf(stage, call.method, args, team.id);
  const metadata = checkMetadata(args.metadata);
  const threadTs = asString(args.thread_ts);
  const message = post(stage, channel, {
    ...content,
    from: team.botUserId,
    byApp: true,
    ...(metadata ? { metadata } : {}),
    ...(threadTs ? { threadTs } : {}),
  });
  return { channel: channel.id, ts: message.ts, message: messagePayload(stage, message) };
};

/** A channel the bot may write to; a person's id means their conversation with the app. */
function postableChannel(call: Call, id: string): ChannelRecord {
  const { team } = call;
  if (/^[UW]/.test(id)) return openDm(call, id);
  const channel = getChannel(call, id.replace(/^#/, ''));
  if (channel.kind === 'im') return openDm(call, [...channel.members][0] ?? '');
  if (channel.isArchived) throw new SlackError('is_archived');
  const mayWrite = channel.botIsMember || (channel.kind === 'public' && team.scopes.has('chat:write.public'));
  if (!mayWrite) throw new SlackError('not_in_channel');
  return channel;
}

function openDm(call: Call, userId: string): ChannelRecord {
  const user = call.stage.world.users.get(userId);
  if (user?.teamId !== call.team.id) throw new SlackError('channel_not_found');
  if (user.isBot) throw new SlackError('cannot_dm_bot');
  if (user.isDeleted) throw new SlackError('user_disabled');
  if (!call.team.messagesTabEnabled) throw new SlackError('messages_tab_disabled');
  return call.stage.world.dmWith(user);
}

const postEphemeral: Method = (call) => {
  const { args, stage, team } = call;
  const channel = getChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  const user = getUser(call, requireArg(call, 'user'));
  if (!channel.botIsMember) throw new SlackError('not_in_channel');
  if (!channel.members.has(user.id)) throw new SlackError('user_not_in_channel');
  const content = contentOf(stage, call.method, args, team.id);
  const message = post(stage, channel, { ...content, from: team.botUserId, byApp: true, ephemeralFor: user.id });
  return { message_ts: message.ts };
};

const update: Method = (call) => {
  const { args, stage, team } = call;
  const message = ownMessage(call, 'cant_update_message');
  const content = contentOf(stage, call.method, args, team.id, MAX_UPDATE_TEXT);
  const metadata = checkMetadata(args.metadata);
  if (metadata) message.metadata = metadata;
  edit(stage, message, content);
  return { channel: message.channelId, ts: message.ts, text: message.text, message: messagePayload(stage, message) };
};

const remove_: Method = (call) => {
  const message = ownMessage(call, 'cant_delete_message');
  remove(call.stage, message);
  return { channel: message.channelId, ts: message.ts };
};

/** A message of the app's that everybody in the channel sees; ephemeral ones can be neither found nor changed. */
function ownMessage(call: Call, notOwn: string): MessageRecord {
  const channel = getChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  const ts = requireArg(call, 'ts');
  const message = channel.messages.find((one) => one.ts === ts && !one.isDeleted && !one.ephemeralFor);
  if (!message) throw new SlackError('message_not_found');
  if (!message.byApp) throw new SlackError(notOwn);
  return message;
}

const getPermalink: Method = (call) => {
  const channel = getChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  const ts = requireArg(call, 'message_ts');
  if (!channel.messages.some((one) => one.ts === ts)) throw new SlackError('message_not_found');
  return { channel: channel.id, permalink: `https://${call.team.domain}.slack.com/archives/${channel.id}/p${ts}` };
};

const history: Method = (call) => {
  const channel = getChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  if (!channel.botIsMember) throw new SlackError('not_in_channel');
  const found = visibleToAll(channel).filter((one) => within(one.ts, call.args));
  return listed(call, found.filter((one) => one.threadTs === undefined || one.threadTs === one.ts).reverse());
};

const replies: Method = (call) => {
  const channel = getChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  if (!channel.botIsMember) throw new SlackError('not_in_channel');
  const ts = requireArg(call, 'ts');
  const found = visibleToAll(channel).filter((one) => one.ts === ts || one.threadTs === ts);
  if (found.length === 0) throw new SlackError('thread_not_found');
  return listed(
    call,
    found.filter((one) => one.ts === ts || within(one.ts, call.args)),
  );
};

function visibleToAll(channel: ChannelRecord): MessageRecord[] {
  return channel.messages.filter((one) => !one.isDeleted && !one.ephemeralFor);
}

function within(ts: string, args: Dict): boolean {
  const at = Number(ts);
  const isInclusive = asFlag(args.inclusive);
  const oldest = args.oldest === undefined ? Number.NEGATIVE_INFINITY : Number(args.oldest);
  const latest = args.latest === undefined ? Number.POSITIVE_INFINITY : Number(args.latest);
  return (at > oldest && at < latest) || (isInclusive && (at === oldest || at === latest));
}

/** Metadata stands in only when the app asks for it. */
function listed({ args, stage }: Call, found: MessageRecord[]): Dict {
  const limit = Math.min(Number(args.limit ?? 100) || 100, 999);
  const withMetadata = asFlag(args.include_all_metadata);
  const messages = found.slice(0, limit).map((one) => messagePayload(stage, one, withMetadata));
  return { messages, has_more: found.length > limit };
}

export const CHAT_METHODS: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove_,
  'chat.getPermalink': getPermalink,
  'conversations.history': history,
  'conversations.replies': replies,
};
