import type { ActionRef } from './actions.js';
import type { RichText, TextInput } from './text.js';

/**
 * What is shown to a person, without a word on how a platform draws it. Adapters render every kind, within their
 * platform's limits: what does not fit is cut with an ellipsis, never refused.
 */
export interface View {
  title?: TextInput;
  /** The mood of the card: adapters pick a colour or an icon by it. */
  tone?: 'plain' | 'good' | 'careful' | 'bad';
  blocks: readonly Block[];
}

export type Block =
  | { kind: 'text'; text: TextInput }
  /** Small print below or between: how a thing came about, what can be changed. */
  | { kind: 'note'; text: TextInput }
  | { kind: 'fields'; fields: readonly Field[] }
  | { kind: 'list'; items: readonly ListItem[] }
  | { kind: 'buttons'; buttons: readonly Button[] }
  | Select
  | Pager
  | { kind: 'image'; image: ImageFile }
  | { kind: 'file'; file: AttachedFile }
  | { kind: 'divider' };

export interface Field {
  label: string;
  value: TextInput;
}

/** One of a list: what it is, a line or two about it, and at most one thing to do with it. */
export interface ListItem {
  title: TextInput;
  lines: readonly TextInput[];
  button?: Button;
}

/** Something to tap: an action of ours, or a page elsewhere. */
export type Button =
  | { kind: 'action'; label: string; action: ActionRef; style?: 'primary' | 'danger' }
  | { kind: 'link'; label: string; url: string };

/** A choice that acts as soon as it is made; the action gets the chosen values. */
export interface Select {
  kind: 'select';
  placeholder: string;
  action: ActionRef;
  options: readonly SelectOption[];
  /** How many may be chosen at once; one when absent. */
  most?: number;
  /** How few may be chosen; one when absent. */
  least?: number;
}

export interface SelectOption {
  value: string;
  label: string;
  description?: string;
  isChosen?: boolean;
}

/** Previous / Next under a list. The ends of the list have no action on that side. */
export interface Pager {
  kind: 'pager';
  /** Counted from 0. */
  page: number;
  pages: number;
  previous: ActionRef | undefined;
  next: ActionRef | undefined;
}

/** A picture; `alt` says in words what it shows. */
export interface ImageFile {
  name: string;
  type: 'image/png';
  bytes: Uint8Array;
  alt: string;
}

export interface AttachedFile {
  name: string;
  type: 'text/csv' | 'application/json' | 'text/calendar' | 'text/plain';
  bytes: Uint8Array;
}

export const paragraph = (text: TextInput): Block => ({ kind: 'text', text });
export const note = (text: TextInput): Block => ({ kind: 'note', text });
export const fields = (...list: Field[]): Block => ({ kind: 'fields', fields: list });
export const list = (items: readonly ListItem[]): Block => ({ kind: 'list', items });
export const buttons = (...list: Button[]): Block => ({ kind: 'buttons', buttons: list });

export const button = (label: string, action: ActionRef, style?: 'primary' | 'danger'): Button =>
  style ? { kind: 'action', label, action, style } : { kind: 'action', label, action };
export const linkButton = (label: string, url: string): Button => ({ kind: 'link', label, url });

/** A view of one short text. */
export const message = (text: TextInput, ...more: Block[]): View => ({ blocks: [paragraph(text), ...more] });

/** A pager for a page of a list; nothing when the list has one page. */
export function pager(at: { page: number; pages: number }, toPage: (page: number) => ActionRef): Block[] {
  if (at.pages <= 1) return [];
  const previous = at.page > 0 ? toPage(at.page - 1) : undefined;
  const next = at.page < at.pages - 1 ? toPage(at.page + 1) : undefined;
  return [{ kind: 'pager', page: at.page, pages: at.pages, previous, next }];
}

/** Everything readable in a view, in order, as plain text pieces. */
export function textsOf(view: View): RichText[] {
  const texts: TextInput[] = view.title === undefined ? [] : [view.title];
  for (const block of view.blocks) {
    if (block.kind === 'text' || block.kind === 'note') texts.push(block.text);
    if (block.kind === 'fields') texts.push(...block.fields.flatMap(({ label, value }) => [label, value]));
    if (block.kind === 'list') texts.push(...block.items.flatMap(({ title, lines }) => [title, ...lines]));
    if (block.kind === 'image') texts.push(block.image.alt);
    if (block.kind === 'file') texts.push(block.file.name);
  }
  return texts.map((text) => (typeof text === 'string' ? [text] : text));
}
