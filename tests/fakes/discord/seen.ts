import type { Component } from './components.js';
import { type FieldValue, labelsOf, prefilledIn, submissionData } from './form.js';
import type { Interaction, Outcome } from './interactions.js';
import { asText, type Json } from './json.js';
import { Flag } from './limits/message-limits.js';
import { visibleAttachments } from './messages.js';
import { type Picked, pickValues } from './picking.js';
import { pingsOf } from './pings.js';
import { draftAt, type Place, type Platform } from './platform.js';
import {
  buttonLabel,
  buttonsIn,
  describeButton,
  describeSelect,
  imagesIn,
  readText,
  type SeenButton,
  type SeenImage,
  type SeenSelect,
  selectsIn,
} from './reading.js';
import { Resolved } from './resolved.js';
import type { Attachment, StoredMessage } from './world.js';

/** A form as it opened. */
export interface SeenModal {
  title: string;
  labels: string[];
  /** Texts already standing in fields, by label. */
  prefilled: Record<string, string>;
}

/** What one person sees at one moment: a message, a form, or that a message is gone; and what they can do with it. */
export interface Seen {
  kind: 'message' | 'modal' | 'deleted';
  /** Everything readable, in order, markdown as sent. */
  text: string;
  /** The buttons' labels, disabled and link ones included. */
  buttons: string[];
  buttonDetails: SeenButton[];
  selects: SeenSelect[];
  modal?: SeenModal;
  isEphemeral: boolean;
  /** Attachments as shown: in a layout only those a component refers to. */
  files: Attachment[];
  images: SeenImage[];
  /** Whom the message notifies. */
  pings: string[];
  /** The message as stored, for what the rest does not tell. */
  message?: StoredMessage;
  /** The interaction that led here, with its times. */
  interaction?: Interaction;
  /** Presses a button by its label; `at` (from 0) says which of several alike. Resolves with what is seen next. */
  press(label: string, which?: { at: number }): Promise<Seen>;
  /** Picks in a select, found by its placeholder or its position from 0. */
  choose(select: string | number, picks: readonly Picked[]): Promise<Seen>;
  /** Submits the form, by field labels; what is not given keeps its prefilled value. */
  submits(fields?: Record<string, FieldValue>): Promise<Seen>;
  /** The same message as it stands now. */
  now(): Seen;
  /** Further messages the interaction has brought so far, oldest first. */
  followUps(): Seen[];
}

/** Sends an interaction and resolves with what the person sees when it has come to rest. */
export async function perform(
  platform: Platform,
  place: Place,
  step: { type: number; data: Json; sourceMessageId?: string | undefined },
): Promise<Seen> {
  const interaction = platform.interactions.send(draftAt(platform, place, step));
  const outcome = await interaction.settled;
  return look(platform, place, outcome, interaction);
}

/** A person's view of an outcome. */
export function look(platform: Platform, place: Place, outcome: Outcome, interaction?: Interaction): Seen {
  if (outcome.kind === 'message') return lookAtMessage(platform, place, outcome.message, interaction);
  const modal = outcome.kind === 'modal' ? outcome.modal : undefined;
  const missing = () => Promise.reject(new Error(modal ? 'A form is open; submit it' : 'The message is gone'));
  const seen: Seen = {
    kind: modal ? 'modal' : 'deleted',
    text: modal ? [asText(modal.title), textOfModal(modal)].filter(Boolean).join('\n') : '',
    buttons: [],
    buttonDetails: [],
    selects: [],
    isEphemeral: false,
    files: [],
    images: [],
    pings: [],
    ...(modal && { modal: { title: asText(modal.title), labels: labelsOf(modal), prefilled: prefilledIn(modal) } }),
    ...(interaction && { interaction }),
    press: missing,
    choose: missing,
    submits: (fields = {}) => (modal ? submit(platform, place, { modal, fields, interaction }) : missing()),
    now: () => seen,
    followUps: () => followUpsOf(platform, place, interaction),
  };
  return seen;
}

function lookAtMessage(platform: Platform, place: Place, message: StoredMessage, interaction?: Interaction): Seen {
  const components = structuredClone(message.components);
  const buttonDetails = buttonsIn(components).map(describeButton);
  const files = visibleAttachments(message);
  return {
    kind: 'message',
    text: readText(message),
    buttons: buttonDetails.map(({ label }) => label),
    buttonDetails,
    selects: selectsIn(components).map(describeSelect),
    isEphemeral: (message.flags & Flag.ephemeral) !== 0,
    files,
    images: imagesIn(message, files),
    pings: pingsOf(message),
    message,
    ...(interaction && { interaction }),
    press: async (label, which) => press(platform, place, message, { label, which }),
    choose: async (select, picks) => choose(platform, place, message, { select, picks }),
    submits: () => Promise.reject(new Error(`No form is open; the message reads: ${readText(message)}`)),
    now: () =>
      look(platform, place, message.isDeleted ? { kind: 'deleted' } : { kind: 'message', message }, interaction),
    followUps: () => followUpsOf(platform, place, interaction),
  };
}

function press(
  platform: Platform,
  place: Place,
  message: StoredMessage,
  { label, which }: { label: string; which: { at: number } | undefined },
): Promise<Seen> {
  const buttons = buttonsIn(usable(message));
  const alike = buttons.filter((button) => buttonLabel(button) === label);
  const button = alike[which?.at ?? 0];
  if (!button) throw new Error(`No button "${label}"; there are: ${buttons.map(buttonLabel).join(', ') || 'none'}`);
  if (alike.length > 1 && !which)
    throw new Error(`${alike.length} buttons are called "${label}"; say which: { at: 0 }`);
  if (button.disabled)
    throw new Error(`The button "${label}" is disabled; there are: ${buttons.map(buttonLabel).join(', ')}`);
  if (button.url) throw new Error(`The button "${label}" opens ${button.url} and tells the application nothing`);
  return useComponent(platform, place, message, button, {});
}

function choose(
  platform: Platform,
  place: Place,
  message: StoredMessage,
  { select, picks }: { select: string | number; picks: readonly Picked[] },
): Promise<Seen> {
  const selects = selectsIn(usable(message));
  const found =
    typeof select === 'number' ? selects[select] : selects.find(({ placeholder }) => placeholder === select);
  const there = selects.map(({ placeholder }) => placeholder ?? '(no placeholder)').join(', ') || 'none';
  if (!found) throw new Error(`No select "${select}"; there are: ${there}`);
  if (found.disabled) throw new Error(`The select "${select}" is disabled`);
  const resolved = new Resolved(platform, place);
  const values = pickValues(String(select), found, picks, resolved);
  return useComponent(platform, place, message, found, { values, resolved: resolved.toJSON() });
}

/** A message's components, unless it has gone in the meantime. */
function usable(message: StoredMessage): Component[] {
  if (message.isDeleted) throw new Error('The message has been deleted');
  return message.components;
}

function useComponent(
  platform: Platform,
  place: Place,
  message: StoredMessage,
  component: Component,
  more: Json,
): Promise<Seen> {
  const data = { component_type: component.type, custom_id: component.custom_id, id: component.id, ...more };
  return perform(platform, place, { type: 3, data, sourceMessageId: message.id });
}

interface Submission {
  modal: Json;
  fields: Record<string, FieldValue>;
  interaction: Interaction | undefined;
}

async function submit(platform: Platform, place: Place, { modal, fields, interaction }: Submission): Promise<Seen> {
  const data = submissionData(modal, fields, new Resolved(platform, place));
  return perform(platform, place, { type: 5, data, sourceMessageId: interaction?.sourceMessageId });
}

function followUpsOf(platform: Platform, place: Place, interaction: Interaction | undefined): Seen[] {
  const messages = (interaction?.followUpIds ?? []).map((id) => platform.world.messages.get(id));
  const shown = messages.filter((message) => message !== undefined && !message.isDeleted) as StoredMessage[];
  return shown.map((message) => lookAtMessage(platform, place, message, interaction));
}

function textOfModal(modal: Json): string {
  return readText({ content: '', embeds: [], components: (modal.components ?? []) as Component[] });
}
