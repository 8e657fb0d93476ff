import { refusals } from './discord-errors.js';
import { asRecord, asText, isGiven, type Json } from './json.js';
import type { Messages } from './messages.js';
import { Problems } from './problems.js';
import { BUCKETS } from './rate-limits.js';
import type { Call, Route } from './router.js';
import { type Channel, findDm, mutualGuilds, openDm, type StoredMessage, type World } from './world.js';
import type { WorldJson } from './world-json.js';

/** Permission bits. @see developers/topics/permissions */
const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const ATTACH = 1n << 15n;
const HISTORY = 1n << 16n;
const SEND_IN_THREADS = 1n << 38n;

/** How opening new direct messages fares: how many more are allowed, and whether the bot is flagged. */
export interface DmRules {
  openingsLeft: number;
  isQuarantined: boolean;
}

interface MessageRoutesOptions {
  world: World;
  json: WorldJson;
  messages: Messages;
  dmRules: DmRules;
  /** How long a nonce is remembered; "a few minutes" on the real platform. */
  nonceLifeMs: number;
  onMessage: (message: StoredMessage) => void;
}

/** Messages in channels and direct messages. @see developers/resources/message */
export function messageRoutes({
  world,
  json,
  messages,
  dmRules,
  nonceLifeMs,
  onMessage,
}: MessageRoutesOptions): Route[] {
  function open({ body }: Call): Json {
    const user = world.users.get(asText(asRecord(body).recipient_id));
    messages.verify('CreatePrivateChannelRequest', body, () => new Problems());
    if (!user || user.isBot) throw refusals.invalidRecipient();
    if (findDm(world, user.id)) return json.channel(openDm(world, user.id));
    if (dmRules.isQuarantined) throw refusals.flaggedAsSpam();
    if (dmRules.openingsLeft <= 0) throw refusals.openingDmsTooFast();
    dmRules.openingsLeft -= 1;
    return json.channel(openDm(world, user.id));
  }

  function reachable({ params }: Call, needed = VIEW): Channel {
    const channel = world.channels.get(params.channel ?? '');
    if (!channel) throw refusals.unknownChannel();
    if (channel.guildId !== undefined && !world.guilds.get(channel.guildId)?.hasBot) throw refusals.missingAccess();
    if (!(channel.botPermissions & VIEW)) throw refusals.missingAccess();
    if ((channel.botPermissions & needed) !== needed) throw refusals.missingPermissions();
    return channel;
  }

  /** Closed direct messages and lost common servers show only when something is sent. */
  function checkRecipient({ recipientId }: Channel): void {
    const user = recipientId === undefined ? undefined : world.users.get(recipientId);
    if (!user) return;
    if (mutualGuilds(world, user.id).length === 0 && !user.hasInstalledApp) throw refusals.noMutualGuild();
    if (!user.acceptsDms) throw refusals.cannotMessageUser();
  }

  /** The message that a new one answers; nothing when it is gone and the sender does not mind. */
  function answered(channel: Channel, { message_reference: reference }: Json): StoredMessage | undefined {
    if (!isGiven(reference)) return undefined;
    if (!(channel.botPermissions & HISTORY)) throw refusals.noReplyWithoutHistory();
    const { message_id, fail_if_not_exists } = asRecord(reference);
    const message = world.messages.get(asText(message_id));
    const isThere = message !== undefined && !message.isDeleted && message.channelId === channel.id;
    if (!isThere && fail_if_not_exists !== false) throw refusals.unknownReference();
    return isThere ? message : undefined;
  }

  function post(call: Call): Json {
    const isThread = world.channels.get(call.params.channel ?? '')?.parentId !== undefined;
    const channel = reachable(call, (isThread ? SEND_IN_THREADS : SEND) | (call.files.length > 0 ? ATTACH : 0n));
    if (channel.type === 4) throw refusals.notHere();
    checkRecipient(channel);
    const body = asRecord(call.body);
    const earlier = body.enforce_nonce === true ? findByNonce(channel, body.nonce) : undefined;
    if (earlier?.isDeleted) throw refusals.unknownMessage();
    if (earlier) return json.message(earlier);
    const answers = answered(channel, body);
    const message = messages.post({ schema: 'MessageCreateRequest', body, files: call.files }, { channel });
    if (answers) message.answersId = answers.id;
    onMessage(message);
    return json.message(message);
  }

  function findByNonce(channel: Channel, nonce: unknown): StoredMessage | undefined {
    if (nonce === undefined || nonce === null) return undefined;
    const earlier = world.nonces.get(`${channel.id} ${String(nonce)}`);
    return earlier && earlier.createdAt > Date.now() - nonceLifeMs ? earlier : undefined;
  }

  function find(call: Call): StoredMessage {
    const channel = reachable(call);
    const message = world.messages.get(call.params.message ?? '');
    // An ephemeral message is known to its interaction's token only.
    if (!message || message.isDeleted || message.ephemeralTo !== undefined) throw refusals.unknownMessage();
    if (message.channelId !== channel.id) throw refusals.unknownMessage();
    return message;
  }

  function edit(call: Call): Json {
    const message = find(call);
    if (message.authorId !== world.botId) throw refusals.notYourMessage();
    return json.message(
      messages.edit(message, { schema: 'MessageEditRequestPartial', body: asRecord(call.body), files: call.files }),
    );
  }

  function list(call: Call): Json[] {
    const channel = reachable(call);
    const shown = [...world.messages.values()].filter(
      ({ channelId, isDeleted, ephemeralTo }) => channelId === channel.id && !isDeleted && ephemeralTo === undefined,
    );
    return shown
      .reverse()
      .slice(0, Number(call.query.get('limit') ?? 50))
      .map(json.message);
  }

  function remove(call: Call): undefined {
    find(call).isDeleted = true;
  }

  const all = '/channels/:channel/messages';
  const one = `${all}/:message`;
  return [
    { method: 'POST', path: '/users/@me/channels', access: 'bot', bucket: BUCKETS.dmOpenings, handle: open },
    { method: 'GET', path: '/channels/:channel', access: 'bot', handle: (call) => json.channel(reachable(call)) },
    { method: 'POST', path: '/channels/:channel/typing', access: 'bot', handle: (call) => void reachable(call, SEND) },
    { method: 'GET', path: all, access: 'bot', handle: list },
    { method: 'POST', path: all, access: 'bot', bucket: BUCKETS.messages, handle: post },
    { method: 'GET', path: one, access: 'bot', handle: (call) => json.message(find(call)) },
    { method: 'PATCH', path: one, access: 'bot', bucket: BUCKETS.messageEdits, handle: edit },
    { method: 'DELETE', path: one, access: 'bot', handle: remove },
    { method: 'POST', path: `${one}/crosspost`, access: 'bot', handle: (call) => json.message(find(call)) },
  ];
}
