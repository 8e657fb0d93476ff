import type { Reply } from '../../bot/reply.js';
import type { View } from '../../bot/views.js';
import { waitView } from './adapter-views.js';
import { type Conversation, shown } from './conversation.js';
import { type Answer, answerIn, ask, type Desk } from './desk.js';
import { readMetadata } from './modal-metadata.js';
import type { ModalContent } from './modals.js';
import type { Ack } from './on-command.js';
import { type ActionPayload, type Tap, whoActs } from './payloads.js';
import { fieldOfBlock } from './render-form.js';
import type { Acting } from './visitor.js';
import { within } from './within.js';

/** A tap on a button or a choice in a menu. Slack takes no answer in the acknowledgement, so it goes out at once. */
export async function onAction(desk: Desk, payload: ActionPayload, ack: Ack): Promise<void> {
  await ack().catch(() => {});
  const [tap] = payload.actions;
  // A link opens by itself, and an input of a form waits for its submission.
  if (!tap || tap.url || fieldOfBlock(tap.block_id) !== undefined) return;
  if (payload.view) await onViewAction(desk, payload, payload.view, tap);
  else await onMessageAction(desk, payload, tap);
}

/** Buttons carry what they do as their value, menus as their id. */
async function press(desk: Desk, acting: Acting, tap: Tap): Promise<Answer> {
  const { ids, bot } = desk;
  const id = await ids.read(tap.type === 'button' ? (tap.value ?? '') : tap.action_id);
  const chosen = tap.selected_options ?? (tap.selected_option ? [tap.selected_option] : []);
  const values = await Promise.all(chosen.map(({ value }) => ids.read(value)));
  return ask(desk, acting, (visitor) => bot.press(visitor, id, values));
}

/** Only what is this person's alone may turn into something else: an answer only they see, or their own conversation. */
async function onMessageAction(desk: Desk, payload: ActionPayload, tap: Tap): Promise<void> {
  const who = whoActs(payload);
  const channelId = payload.channel?.id ?? payload.container?.channel_id ?? '';
  const answer = await press(desk, { ...who, channelId }, tap);
  const place = answer.visitor?.place;
  const isDirect = place?.kind === 'direct' && place.channelId === channelId;
  const isEphemeral = payload.container?.is_ephemeral === true;
  const conversation: Conversation = {
    to: who,
    channelId,
    responseUrl: payload.response_url,
    messageTs: isEphemeral ? undefined : payload.container?.message_ts,
    threadTs: undefined,
    canReplace: isEphemeral || isDirect,
    isDirect,
  };
  await answerIn(desk, conversation, answer, payload.trigger_id);
}

/**
 * On the Home tab answers open as a modal; in a modal they take its place. What takes long shows a word of patience
 * first, as Slack takes the tap's trigger for three seconds only. The Home tab is drawn anew afterwards.
 */
async function onViewAction(
  desk: Desk,
  payload: ActionPayload,
  view: NonNullable<ActionPayload['view']>,
  tap: Tap,
): Promise<void> {
  const { modals, ids, homes, timings } = desk;
  const who = whoActs(payload);
  const from = await readMetadata(ids, view.private_metadata);
  const conversation = from.conversation && { ...from.conversation, to: who };
  const pressed = press(desk, { ...who, channelId: conversation?.channelId }, tap);
  const ready = await within(pressed, timings.acknowledgeMs);

  const draw = (content: ModalContent) => modals.draw(content, who, conversation);
  const put = async (content: ModalContent, into: string | undefined) => {
    const modal = await draw(content);
    return into
      ? (await modals.update(modal, who, into))
        ? into
        : undefined
      : modals.open(modal, who, payload.trigger_id);
  };

  const open = view.type === 'modal' ? view.id : undefined;
  const waiting = ready ? open : await put({ view: waitView() }, open);
  const answer = ready ?? (await pressed);
  const isShown = (ready || waiting) && (await put(contentOf(answer.reply), waiting));
  if (!isShown) await answerLater(desk, conversation ?? directConversation(who), answer);
  if (!conversation) await homes.refresh(who.teamId, who.accountId);
}

/** The answer as a message, where there is no modal any more to show it in. */
export async function answerLater(desk: Desk, conversation: Conversation, answer: Answer): Promise<void> {
  const { reply } = answer;
  if (reply.kind === 'form') return answerIn(desk, conversation, answer, undefined);
  await desk.conversations.send(conversation, shown(viewOf(reply)));
}

/** What a reply looks like in a modal. */
export function contentOf(reply: Reply): ModalContent {
  return reply.kind === 'form' ? { form: reply.form } : { view: viewOf(reply) };
}

function viewOf(reply: Exclude<Reply, { kind: 'form' }>): View {
  return reply.kind === 'correct' ? reply.summary : reply.view;
}

/** A direct message, for when there is no other way back. */
export function directConversation(to: { teamId: string; accountId: string }): Conversation {
  return {
    to,
    channelId: to.accountId,
    responseUrl: undefined,
    messageTs: undefined,
    threadTs: undefined,
    canReplace: false,
    isDirect: true,
  };
}
