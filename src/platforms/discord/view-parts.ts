import { type Inline, link, rich, type TextInput, toRichText } from '../../bot/text.js';
import type { Button, Field, ListItem, Pager, Select, View } from '../../bot/views.js';
import { LIMITS } from './limits.js';
import { isDrawable, usableOptions } from './render-controls.js';
import { renderText, type TextShape } from './render-text.js';

/** A text that can be written within any length. */
export type WriteText = (most?: number) => string;

/** A piece of a message, before it is known how much room there is. */
export type Part =
  | { kind: 'text'; write: WriteText }
  | { kind: 'item'; write: WriteText; button: Button | undefined }
  | { kind: 'buttons'; buttons: readonly Button[] }
  | { kind: 'select'; select: Select }
  | { kind: 'pager'; pager: Pager }
  | { kind: 'image'; name: string; alt: string }
  | { kind: 'file'; name: string }
  | { kind: 'divider' };

/** What is sent along with a message. */
export interface Upload {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A view taken apart, without whatever would show nothing. */
export function partsOf(view: View, shape: Pick<TextShape, 'findCommandId'>): { parts: Part[]; uploads: Upload[] } {
  const uploads: Upload[] = [];
  const text = (content: TextInput, more: Omit<TextShape, 'findCommandId'> = {}): Part[] =>
    textPart((most) => renderText(content, { ...shape, ...more }, most));
  const upload = (file: Upload): string | undefined => {
    if (uploads.length >= LIMITS.attachments) return undefined;
    const name = `${uploads.length === 0 ? '' : `${uploads.length + 1}-`}${file.name.replace(/[^A-Za-z0-9._-]/g, '_')}`;
    uploads.push({ ...file, name });
    return name;
  };
  const blockParts = (block: View['blocks'][number]): Part[] => {
    switch (block.kind) {
      case 'text':
        return text(block.text);
      case 'note':
        return text(block.text, { prefix: '-# ' });
      case 'fields':
        return textPart((most) => renderText(fieldLines(block.fields), shape, most));
      case 'list':
        return block.items.flatMap((item) => itemPart(item, shape));
      case 'buttons':
        return [...buttonRows(block.buttons), ...undrawable(block.buttons).flatMap((piece) => text([piece]))];
      case 'select':
        return usableOptions(block.options).length === 0 ? [] : [{ kind: 'select', select: block }];
      case 'pager':
        return [{ kind: 'pager', pager: block }];
      case 'image': {
        const name = upload(block.image);
        return name === undefined ? [] : [{ kind: 'image', name, alt: block.image.alt }];
      }
      case 'file': {
        const name = upload(block.file);
        return name === undefined ? [] : [{ kind: 'file', name }];
      }
      case 'divider':
        return [{ kind: 'divider' }];
    }
  };
  const title = view.title === undefined ? [] : text(view.title, { prefix: '## ', isOneLine: true });
  return { parts: [...title, ...view.blocks.flatMap(blockParts)], uploads };
}

function textPart(writeAnew: WriteText): Part[] {
  const write = remembered(writeAnew);
  return write() === '' ? [] : [{ kind: 'text', write }];
}

/** Writes the whole once; any length that takes all of it gets that. */
function remembered(write: WriteText): WriteText {
  const whole = write();
  return (most = Number.POSITIVE_INFINITY) => (whole.length <= most ? whole : write(most));
}

/** "**Label** value", a line each; a value keeps its own line breaks. */
function fieldLines(fields: readonly Field[]): Inline[] {
  return fields
    .filter(({ label, value }) => label.trim() !== '' || value !== '')
    .flatMap(({ label, value }, index) => [
      ...(index > 0 ? ['\n'] : []),
      ...(label.trim() === '' ? [] : [{ kind: 'bold', text: label.trim() } as const, ' ']),
      ...toRichText(value),
    ]);
}

/** Its title in bold, its lines small below; with its button to the right where it has one. */
function itemPart({ title, lines, button }: ListItem, shape: Pick<TextShape, 'findCommandId'>): Part[] {
  const writeTitle = (most?: number) => renderText(title, { ...shape, isOneLine: true, isBold: true }, most);
  const writeLine = (line: TextInput, most?: number) =>
    renderText(line, { ...shape, isOneLine: true, prefix: '-# ' }, most);
  const write = remembered((most = Number.POSITIVE_INFINITY) => {
    let written = '';
    for (const next of [writeTitle, ...lines.map((line) => (room?: number) => writeLine(line, room))]) {
      const room = most - written.length - 1;
      if (room < MIN_LINE) break;
      const line = next(room);
      if (line !== '') written += `${written === '' ? '' : '\n'}${line}`;
    }
    return written;
  });
  if (write() === '') return button ? buttonRows([button]) : [];
  return [{ kind: 'item', write, button: button && isDrawable(button) ? button : undefined }];
}

/** A line that would be shorter than this says nothing. */
const MIN_LINE = 12;

function buttonRows(all: readonly Button[]): Part[] {
  const drawable = all.filter(isDrawable);
  const rows = Math.ceil(drawable.length / LIMITS.rowButtons);
  return Array.from({ length: rows }, (_, row) => ({
    kind: 'buttons',
    buttons: drawable.slice(row * LIMITS.rowButtons, (row + 1) * LIMITS.rowButtons),
  }));
}

/** Addresses too long for a button become links in the text. */
function undrawable(all: readonly Button[]): Inline[] {
  return all.flatMap((button) =>
    button.kind === 'link' && !isDrawable(button) ? [link(button.label, button.url)] : [],
  );
}

/** The line below a list that had to be cut. */
export function moreItems(count: number, shape: Pick<TextShape, 'findCommandId'>): Part {
  return { kind: 'text', write: (most) => renderText(rich`…and ${count} more`, { ...shape, prefix: '-# ' }, most) };
}
