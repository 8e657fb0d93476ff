import { DiscordError, refusals } from './discord-errors.js';
import type { Interaction, Interactions } from './interactions.js';
import { asList, asNumber, asRecord, type Json } from './json.js';
import { CALLBACK, checkCallback, checkChoices } from './limits/callback-limits.js';
import { Flag } from './limits/message-limits.js';
import { checkModal } from './limits/modal-limits.js';
import type { Messages } from './messages.js';
import { BUCKETS } from './rate-limits.js';
import type { Call, Route } from './router.js';
import type { Channel, StoredMessage, World } from './world.js';
import { mutualGuilds } from './world.js';
import type { WorldJson } from './world-json.js';

interface InteractionRoutesOptions {
  world: World;
  json: WorldJson;
  messages: Messages;
  interactions: Interactions;
  /** How long a token lives: 15 min on the real platform. */
  tokenLifeMs: number;
  /** Takes first answers without looking at them. */
  isOnlyMeasuring: boolean;
}

/** Answers to interactions: the one callback, then edits and follow-ups while the token lives. */
export function interactionRoutes({
  world,
  json,
  messages,
  interactions,
  tokenLifeMs,
  isOnlyMeasuring,
}: InteractionRoutesOptions): Route[] {
  function respond(call: Call): unknown {
    const interaction = interactions.find(call.params.token ?? '');
    if (!interaction || interaction.id !== call.params.id || interactions.isTooLate(interaction, call.receivedAt)) {
      throw refusals.unknownInteraction();
    }
    if (interaction.callbackAt !== undefined) throw refusals.alreadyAcknowledged();
    if (isOnlyMeasuring) return measure(interaction, call);
    return rememberRefusal(interaction, () => firstResponse(interaction, call));
  }

  function measure(interaction: Interaction, { body, receivedAt }: Call): undefined {
    interaction.callbackType = asNumber(asRecord(body).type);
    interaction.markAnswered(receivedAt);
    interaction.settle({ kind: 'deleted' });
  }

  function firstResponse(interaction: Interaction, call: Call): unknown {
    const body = asRecord(call.body);
    const type = asNumber(body.type);
    const callback = checkCallback(interaction, body);
    messages.verify(callback.schema, body, () => callback.problems);
    const answer = apply(interaction, { type, data: asRecord(body.data), call });
    interaction.callbackType = type;
    interaction.markAnswered(call.receivedAt);
    answer.settle();
    if (call.query.get('with_response') !== 'true') return undefined;
    return {
      interaction: { id: interaction.id, type: interaction.type, response_message_id: answer.message?.id },
      resource: { type, ...(answer.message && { message: json.message(answer.message) }) },
    };
  }

  function apply(interaction: Interaction, { type, data, call }: { type: number; data: Json; call: Call }) {
    if (type === CALLBACK.message) return replyNow(interaction, data, call);
    if (type === CALLBACK.deferredMessage) return replyLater(interaction, data);
    if (type === CALLBACK.deferredUpdate) return updateLater(interaction);
    if (type === CALLBACK.update) return updateNow(interaction, data, call);
    if (type === CALLBACK.modal) {
      messages.verify('ModalInteractionCallbackRequest', call.body, () => checkModal(data));
      return { settle: () => interaction.settle({ kind: 'modal', modal: data }), message: undefined };
    }
    messages.verify('ApplicationCommandAutocompleteCallbackRequest', call.body, () => checkChoices(data));
    const choices = asList(data.choices) as { name: string; value: string | number }[];
    return { settle: () => interaction.settle({ kind: 'choices', choices }), message: undefined };
  }

  function replyNow(interaction: Interaction, data: Json, { files }: Call) {
    const draft = { schema: 'IncomingWebhookInteractionRequest', body: data, files };
    const message = messages.post(draft, postingFor(interaction, isEphemeral(data)));
    interaction.originalId = message.id;
    return { message, settle: () => interaction.settle({ kind: 'message', message }) };
  }

  function replyLater(interaction: Interaction, data: Json) {
    const message = messages.postPlaceholder(postingFor(interaction, isEphemeral(data)));
    interaction.originalId = message.id;
    interaction.isDeferred = true;
    return { message, settle: () => undefined };
  }

  function updateLater(interaction: Interaction) {
    const message = sourceOf(interaction);
    interaction.originalId = message.id;
    interaction.isDeferred = true;
    return { message, settle: () => undefined };
  }

  function updateNow(interaction: Interaction, data: Json, { files }: Call) {
    const draft = { schema: 'IncomingWebhookUpdateForInteractionCallbackRequestPartial', body: data, files };
    const message = messages.edit(sourceOf(interaction), draft);
    interaction.originalId = message.id;
    return { message, settle: () => interaction.settle({ kind: 'message', message }) };
  }

  function sourceOf({ sourceMessageId }: Interaction): StoredMessage {
    const message = world.messages.get(sourceMessageId ?? '');
    if (!message || message.isDeleted) throw refusals.unknownMessage();
    return message;
  }

  function channelOf({ channelId }: Interaction): Channel {
    const channel = world.channels.get(channelId);
    if (!channel) throw refusals.unknownChannel();
    return channel;
  }

  function postingFor(interaction: Interaction, ephemeral: boolean) {
    const ephemeralTo = ephemeral ? interaction.userId : undefined;
    return { channel: channelOf(interaction), ephemeralTo, interactionId: interaction.id };
  }

  /** The interaction a token belongs to, once it has been answered and while it lives. */
  function answeredBy({ params, receivedAt }: Call): Interaction {
    const interaction = interactions.find(params.token ?? '');
    if (!interaction || params.application !== world.applicationId) throw refusals.unknownWebhook();
    if (interaction.isExpired || receivedAt - interaction.sentAt > tokenLifeMs) throw refusals.invalidToken();
    if (interaction.callbackAt === undefined) throw refusals.unknownWebhook();
    return interaction;
  }

  function messageBehind(call: Call): { interaction: Interaction; message: StoredMessage } {
    const interaction = answeredBy(call);
    const id = call.params.message === '@original' ? interaction.originalId : call.params.message;
    const isOwn = id === interaction.originalId || interaction.followUpIds.includes(id ?? '');
    const message = isOwn ? world.messages.get(id ?? '') : undefined;
    if (!message || message.isDeleted) throw refusals.unknownMessage();
    return { interaction, message };
  }

  function editLater(call: Call): Json {
    const { interaction, message } = messageBehind(call);
    const draft = { schema: 'IncomingWebhookUpdateRequestPartial', body: asRecord(call.body), files: call.files };
    rememberRefusal(interaction, () => messages.edit(message, draft));
    interaction.settle({ kind: 'message', message });
    return json.message(message);
  }

  function followUp(call: Call): Json {
    const interaction = answeredBy(call);
    if (interaction.followUpIds.length >= 5 && isUserInstalledOnly(interaction)) throw refusals.tooManyFollowUps();
    return rememberRefusal(interaction, () => {
      const draft = { schema: 'IncomingWebhookRequestPartial', body: asRecord(call.body), files: call.files };
      const original = world.messages.get(interaction.originalId ?? '');
      // Deprecated but so: the first follow-up after a deferral fills the deferred message.
      const fillsDeferral = original && original.flags & Flag.loading;
      const message = fillsDeferral
        ? messages.edit(original, draft)
        : messages.post(draft, postingFor(interaction, isEphemeral(draft.body)));
      if (!fillsDeferral) interaction.followUpIds.push(message.id);
      interaction.settle({ kind: 'message', message });
      return json.message(message);
    });
  }

  function isUserInstalledOnly({ guildId, userId }: Interaction): boolean {
    return guildId === undefined ? mutualGuilds(world, userId).length === 0 : !world.guilds.get(guildId)?.hasBot;
  }

  function remove(call: Call): undefined {
    const { interaction, message } = messageBehind(call);
    message.isDeleted = true;
    interaction.settle({ kind: 'deleted' });
  }

  const webhook = '/webhooks/:application/:token';
  const bucket = BUCKETS.webhooks;
  return [
    { method: 'POST', path: '/interactions/:id/:token/callback', access: 'open', handle: respond },
    { method: 'POST', path: webhook, access: 'open', bucket, handle: followUp },
    {
      method: 'GET',
      path: `${webhook}/messages/:message`,
      access: 'open',
      handle: (call) => json.message(messageBehind(call).message),
    },
    { method: 'PATCH', path: `${webhook}/messages/:message`, access: 'open', bucket, handle: editLater },
    { method: 'DELETE', path: `${webhook}/messages/:message`, access: 'open', bucket, handle: remove },
  ];
}

function isEphemeral({ flags }: Json): boolean {
  return (asNumber(flags) & Flag.ephemeral) !== 0;
}

function rememberRefusal<T>(interaction: Interaction, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof DiscordError) interaction.refusals.push(...error.describe());
    throw error;
  }
}
