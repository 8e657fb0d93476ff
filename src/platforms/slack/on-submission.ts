import { waitView } from './adapter-views.js';
import type { Conversation } from './conversation.js';
import { type Answer, answerIn, ask, type Desk } from './desk.js';
import { hasAttachments } from './files.js';
import { readFormFields } from './form-fields.js';
import { readMetadata } from './modal-metadata.js';
import { answerLater, contentOf, directConversation } from './on-action.js';
import type { Ack } from './on-command.js';
import { type SubmissionPayload, whoActs } from './payloads.js';
import { inputErrors } from './render-form.js';
import { within } from './within.js';

/**
 * A form was sent. What is wrong with it stands beside its fields, and the modal stays open with what was typed; else
 * the answer comes where the form was asked for: in the conversation, or, from the Home tab, in the modal's place.
 */
export async function onSubmission(desk: Desk, payload: SubmissionPayload, ack: Ack): Promise<void> {
  const { ids, bot, timings, homes } = desk;
  const who = whoActs(payload);
  const from = await readMetadata(ids, payload.view.private_metadata);
  const conversation = from.conversation && { ...from.conversation, to: who };
  const raw = readFormFields(payload.view.state.values);
  const asked = ask(desk, { ...who, channelId: conversation?.channelId }, (visitor) =>
    bot.submit(visitor, from.form ?? '', raw),
  );
  const ready = await within(asked, timings.acknowledgeMs);
  const submitted: Submitted = { desk, payload, conversation, asked, ready, ack };
  if (conversation) await answerInConversation(submitted, conversation);
  else {
    await answerInModal(submitted);
    await homes.refresh(who.teamId, who.accountId);
  }
}

interface Submitted {
  desk: Desk;
  payload: SubmissionPayload;
  conversation: Conversation | undefined;
  asked: Promise<Answer>;
  /** What came in time for the acknowledgement. */
  ready: Answer | undefined;
  ack: Ack;
}

/** Answers that leave the modal open go with the acknowledgement: what is to be corrected, and the next form. */
async function keepsModal({ desk, payload, conversation, ready, ack }: Submitted): Promise<boolean> {
  const reply = ready?.reply;
  if (reply?.kind === 'correct') {
    await ack({ response_action: 'errors', errors: inputErrors(reply.form, reply.problems) });
    return true;
  }
  if (reply?.kind !== 'form') return false;
  const view = await desk.modals.draw({ form: reply.form }, whoActs(payload), conversation);
  await ack({ response_action: 'update', view });
  return true;
}

async function answerInConversation(submitted: Submitted, conversation: Conversation): Promise<void> {
  if (await keepsModal(submitted)) return;
  const { desk, payload, asked, ready, ack } = submitted;
  await ack().catch(() => {});
  await answerIn(desk, conversation, ready ?? (await asked), payload.trigger_id);
}

async function answerInModal(submitted: Submitted): Promise<void> {
  if (await keepsModal(submitted)) return;
  const { desk, payload, asked, ready, ack } = submitted;
  const who = whoActs(payload);
  const { modals } = desk;
  const reply = ready?.reply;
  const isDrawn = reply && 'view' in reply && !hasAttachments(reply.view);
  const first = await modals.draw(isDrawn ? contentOf(reply) : { view: waitView() }, who, undefined);
  await ack({ response_action: 'update', view: first }).catch(() => {});
  if (isDrawn) return;
  const answer = ready ?? (await asked);
  const modal = await modals.draw(contentOf(answer.reply), who, undefined);
  const isStillOpen = await modals.update(modal, who, payload.view.id);
  if (!isStillOpen) await answerLater(desk, directConversation(who), answer);
}
