import type { types } from '@slack/bolt';
import { bold, rich, type TextInput, toRichText } from '../../bot/text.js';
import {
  type AttachedFile,
  type Block,
  type Button,
  type Field,
  type ImageFile,
  type ListItem,
  textsOf,
  type View,
} from '../../bot/views.js';
import type { IdsOfView } from './action-ids.js';
import { type CommandWords, withPrefix } from './command-words.js';
import { type Drawn, fitBlocks } from './fit-blocks.js';
import { cut, LIMITS, lengthOf } from './limits.js';
import { renderSelect } from './render-select.js';
import { escaped, plainObject, plainWords, type SlackText, slackText, webAddress } from './render-text.js';

/** What drawing a view needs to know. */
export interface Drawing {
  words: CommandWords;
  ids: IdsOfView;
  /** The uploaded pictures by their image; a picture that is not there shows as its words. */
  pictures: ReadonlyMap<ImageFile, string>;
  /** What became of each file, in words. */
  files: ReadonlyMap<AttachedFile, string>;
}

/** Draws a view as blocks, at most so many; what does not fit is cut, never refused. */
export function renderBlocks(view: View, drawing: Drawing, most: number): types.KnownBlock[] {
  let taps = 0;
  const draw = { ...drawing, nextId: () => `rollcall:${taps++}` };
  const drawn = [...titleBlocks(view, draw), ...view.blocks.flatMap((block) => drawBlock(block, draw))];
  return fitBlocks(drawn.length > 0 ? drawn : [text({ type: 'plain_text', text: '–', emoji: false })], most);
}

/** What notifications and screen readers get of a view. */
export function fallbackText(view: View, words: CommandWords): string {
  const lines = textsOf(view).map((one) => plainWords(one, words).trim());
  const text = lines.filter((line) => line !== '').join('\n');
  return cutEscaped(text || 'Rollcall', LIMITS.fallback);
}

/** Escaped, and so much of it that the escapes fit too. */
function cutEscaped(text: string, most: number): string {
  const whole = escaped(cut(text, most));
  if (lengthOf(whole) <= most) return whole;
  let room = most - 1;
  const characters = [...text].map(escaped);
  const fitting = characters.findIndex((character) => {
    room -= character.length;
    return room < 0;
  });
  return `${characters.slice(0, fitting).join('')}…`;
}

interface Draw extends Drawing {
  /** Ids of what can be tapped are told apart by number; what a tap does stands in its value. */
  nextId(): string;
}

const ICONS = { plain: '', good: '✅ ', careful: '⚠️ ', bad: '❗ ' } as const;

/** A plain and short title is a header; any other a line in bold. */
function titleBlocks({ title, tone = 'plain' }: View, { words }: Draw): Drawn[] {
  if (title === undefined) return [];
  const pieces = toRichText(title);
  const plain = withPrefix(ICONS[tone] + plainWords(title, words), words).trim();
  if (plain === '') return [];
  const isHeader = pieces.every((piece) => typeof piece === 'string') && lengthOf(plain) <= LIMITS.header;
  if (isHeader) return [{ block: { type: 'header', text: plainObject(plain, LIMITS.header) }, gives: 'never' }];
  return [text(slackText(inBold(title), LIMITS.section, words), 'never')];
}

/** Plain pieces in bold, marked ones as they are. */
function inBold(title: TextInput): TextInput {
  return toRichText(title).map((piece) => (typeof piece === 'string' ? bold(piece) : piece));
}

function text(written: SlackText, gives: 'text' | 'never' = 'text'): Drawn {
  return { block: { type: 'section', text: written }, gives };
}

function drawBlock(block: Block, draw: Draw): Drawn[] {
  switch (block.kind) {
    case 'text':
      return isEmpty(block.text, draw) ? [] : [text(slackText(block.text, LIMITS.section, draw.words))];
    case 'note':
      return isEmpty(block.text, draw) ? [] : [context(slackText(block.text, LIMITS.section, draw.words))];
    case 'fields':
      return fieldBlocks(block.fields, draw);
    case 'list':
      return block.items.map((item) => ({ block: itemBlock(item, draw), gives: 'item', list: block.items }));
    case 'buttons':
      return buttonRows(block.buttons, draw);
    case 'select':
      return [{ block: renderSelect(block, draw.ids), gives: 'never' }];
    case 'pager':
      return [
        ...pagerRow(block, draw),
        context(slackText(`Page ${block.page + 1} of ${block.pages}`, 100, draw.words)),
      ];
    case 'image':
      return [imageBlock(block.image, draw)];
    case 'file':
      return [text(slackText(draw.files.get(block.file) ?? block.file.name, LIMITS.section, draw.words), 'never')];
    case 'divider':
      return [{ block: { type: 'divider' }, gives: 'text' }];
  }
}

function isEmpty(input: TextInput, { words }: Draw): boolean {
  return plainWords(input, words).trim() === '';
}

function context(written: SlackText): Drawn {
  return { block: { type: 'context', elements: [written] }, gives: 'text' };
}

function fieldBlocks(fields: readonly Field[], { words }: Draw): Drawn[] {
  return inRows(fields, LIMITS.fieldsInSection).map((row) => ({
    block: {
      type: 'section',
      fields: row.map(({ label, value }) => slackText(rich`${bold(label)}\n${value}`, LIMITS.field, words)),
    },
    gives: 'text',
  }));
}

function itemBlock({ title, lines, button }: ListItem, draw: Draw): types.SectionBlock {
  const pieces = [...toRichText(inBold(title)), ...lines.flatMap((line) => ['\n', ...toRichText(line)])];
  const accessory = button && buttonElement(button, draw);
  return {
    type: 'section',
    text: slackText(pieces, LIMITS.section, draw.words),
    ...(accessory ? { accessory } : {}),
  };
}

function buttonRows(buttons: readonly Button[], draw: Draw): Drawn[] {
  const elements = buttons.flatMap((one) => buttonElement(one, draw) ?? []);
  return inRows(elements, LIMITS.buttonsInRow).map((row) => ({
    block: { type: 'actions', elements: row },
    gives: 'never',
  }));
}

/** A button; nothing for a link that Slack would refuse. */
function buttonElement(button: Button, draw: Draw): types.Button | undefined {
  const label = plainObject(withPrefix(button.label, draw.words), LIMITS.buttonLabel);
  const shared = { type: 'button', text: label, action_id: draw.nextId() } as const;
  if (button.kind === 'link') {
    const url = webAddress(button.url);
    return url ? { ...shared, url } : undefined;
  }
  const style = button.style ? { style: button.style } : {};
  return { ...shared, value: draw.ids.action(button.action), ...style };
}

function pagerRow({ previous, next }: Extract<Block, { kind: 'pager' }>, draw: Draw): Drawn[] {
  const sides: Button[] = [];
  if (previous) sides.push({ kind: 'action', label: 'Previous', action: previous });
  if (next) sides.push({ kind: 'action', label: 'Next', action: next });
  return buttonRows(sides, draw);
}

/** The picture, and its words for those who cannot see it; the words alone where it could not be uploaded. */
function imageBlock(image: ImageFile, { pictures, words }: Draw): Drawn {
  const id = pictures.get(image);
  if (!id) return text(slackText(image.alt, LIMITS.section, words), 'never');
  const alt_text = cut(image.alt.trim() || image.name, LIMITS.alt);
  return { block: { type: 'image', slack_file: { id }, alt_text }, gives: 'never' };
}

function inRows<Item>(items: readonly Item[], most: number): Item[][] {
  const rows: Item[][] = [];
  for (let start = 0; start < items.length; start += most) rows.push(items.slice(start, start + most));
  return rows;
}
