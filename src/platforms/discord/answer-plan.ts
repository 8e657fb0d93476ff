import { InteractionResponseType, MessageFlags } from 'discord.js';
import type { FormInstance } from '../../bot/forms.js';
import type { Reply } from '../../bot/reply.js';
import { message, type View } from '../../bot/views.js';
import type { Incoming } from './parse-interaction.js';

/** An answer that is still in time to be the first. */
export type FirstAnswer =
  | { kind: 'message'; view: View; isEphemeral: boolean }
  | { kind: 'update'; view: View }
  | { kind: 'modal'; form: FormInstance };

/** What can be done after a deferral: change the message it stands for, and add others. */
export interface LateAnswer {
  edit: View | undefined;
  add: { view: View; isEphemeral: boolean } | undefined;
}

/** A message with a button that opens the form. */
export type FormLater = (form: FormInstance) => View;

/**
 * The first answer for a reply. A form cannot answer a form, so it waits behind a button; and a message that others see
 * too is never changed by one person's tap.
 */
export function firstAnswer(incoming: Incoming, reply: Reply, formLater: FormLater): FirstAnswer {
  if (reply.kind === 'form' && !incoming.isForm) return { kind: 'modal', form: reply.form };
  if (reply.kind === 'replace' && incoming.source === 'private') return { kind: 'update', view: reply.view };
  return { kind: 'message', ...shown(incoming, reply, formLater) };
}

/** The deferral that leaves most ways open: it decides already who will see the message. */
export function deferral(incoming: Incoming): { type: number; data?: { flags: number } } {
  if (incoming.source === 'private') return { type: InteractionResponseType.DeferredMessageUpdate };
  const type = InteractionResponseType.DeferredChannelMessageWithSource;
  return incoming.isDirect ? { type } : { type, data: { flags: MessageFlags.Ephemeral } };
}

/** What becomes of a reply after `deferral`. */
export function lateAnswer(incoming: Incoming, reply: Reply, formLater: FormLater): LateAnswer {
  const { view, isEphemeral } = shown(incoming, reply, formLater);
  if (incoming.source === 'private') {
    return reply.kind === 'replace' ? { edit: view, add: undefined } : { edit: undefined, add: { view, isEphemeral } };
  }
  const isForMoreEyes = !isEphemeral && !incoming.isDirect;
  return isForMoreEyes
    ? { edit: message('Done: everyone in this channel can see it.'), add: { view, isEphemeral } }
    : { edit: view, add: undefined };
}

function shown(incoming: Incoming, reply: Reply, formLater: FormLater): { view: View; isEphemeral: boolean } {
  const isForEveryone = reply.kind === 'show' && reply.audience === 'everyone';
  return { view: viewOf(reply, formLater), isEphemeral: !incoming.isDirect && !isForEveryone };
}

/** What to show for a reply where nothing but a message can be shown. */
export function viewOf(reply: Reply, formLater: FormLater): View {
  switch (reply.kind) {
    case 'show':
    case 'replace':
      return reply.view;
    case 'form':
      return formLater(reply.form);
    case 'correct':
      return reply.summary;
  }
}
