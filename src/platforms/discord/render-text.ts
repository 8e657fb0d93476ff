import { type Inline, plainText, type TextInput, toRichText } from '../../bot/text.js';
import { escapeText, isolated, withoutControls } from './escape-text.js';
import { cut, firstPart, oneLine } from './limits.js';

/** Finds the id of a registered command by its name, such as `orgs browse`, so that it can be tapped. */
export type FindCommandId = (name: string) => string | undefined;

/** How a text is laid out. */
export interface TextShape {
  findCommandId: FindCommandId;
  /** Stands before every line: `## ` for a heading, `-# ` for small print. */
  prefix?: string;
  /** Whether line breaks turn into spaces, for titles and names. */
  isOneLine?: boolean;
  isBold?: boolean;
}

/** A stretch of one kind, with what makes markdown of any part of it. */
interface Stretch {
  kind: Exclude<Inline, string>['kind'] | 'plain';
  text: string;
  isCuttable: boolean;
  write(text: string, isLineStart: boolean): string;
}

/**
 * The text in Discord's markdown, in at most so many characters. Nothing that a person typed takes effect as mark-up;
 * what is too long is cut in the text, never in its mark-up, and ends with an ellipsis. Empty when nothing would show.
 *
 * @see https://support.discord.com/hc/en-us/articles/210298617
 */
export function renderText(text: TextInput, shape: TextShape, most = Number.POSITIVE_INFINITY): string {
  const stretches = merged(toRichText(text).flatMap((piece) => stretchOf(piece, shape)));
  const whole = write(stretches, shape, most);
  return isVisible(whole, shape) ? whole : '';
}

/** The text in one plain line, for labels and the like, where Discord knows no markdown. */
export function renderPlain(text: TextInput, most: number): string {
  return cut(oneLine(withoutControls(plainText(text))), most);
}

function isVisible(text: string, { prefix = '' }: TextShape): boolean {
  const bare = prefix === '' ? text : text.replaceAll(prefix, '');
  return /[^\s\u200b-\u200f\u2060-\u206f\ufeff\u00ad]/u.test(bare);
}

function write(stretches: readonly Stretch[], { prefix = '' }: TextShape, most: number): string {
  const lineBreak = `\n${prefix}`;
  const put = (stretch: Stretch, text: string, before: string) => {
    const line = before.slice(before.lastIndexOf('\n') + 1).replace(prefix, '');
    const markdown = stretch.write(text, line.trim() === '').replaceAll('\n', lineBreak);
    // Two marked stretches side by side would run into each other: **a****b**.
    return before.endsWith('*') && markdown.startsWith('*') ? `\u200b${markdown}` : markdown;
  };
  const whole = stretches.reduce((before, stretch) => before + put(stretch, stretch.text, before), prefix);
  if (whole.length <= most) return whole;
  let written = prefix;
  for (const stretch of stretches) {
    const next = put(stretch, stretch.text, written);
    const room = most - 1 - written.length;
    if (next.length > room) return `${written}${fitted(stretch, room, (text) => put(stretch, text, written))}…`;
    written += next;
  }
  return written;
}

/** As much of a stretch as fits, whole characters and mark-up only. */
function fitted({ text, isCuttable }: Stretch, room: number, put: (text: string) => string): string {
  if (!isCuttable) return '';
  let size = Math.min(text.length, room);
  while (size > 0) {
    const part = firstPart(text, size).trimEnd();
    const markdown = part === '' ? '' : put(part);
    if (markdown.length <= room) return markdown;
    size = Math.min(size - 1, part.length - 1, size - Math.floor((markdown.length - room) / 2));
  }
  return '';
}

function stretchOf(piece: Inline, shape: TextShape): Stretch[] {
  const tidy = (text: string) => tidyText(text, shape);
  if (typeof piece === 'string') return textStretch(shape.isBold ? 'bold' : 'plain', tidy(piece));
  switch (piece.kind) {
    case 'bold':
    case 'italic':
    case 'code':
      return textStretch(piece.kind, tidy(oneLineKept(piece.text)));
    case 'link':
      return linkStretch(tidy(oneLineKept(piece.text)), piece.url);
    case 'time':
      return timeStretch(piece);
    case 'command':
      return commandStretch(piece.name, shape.findCommandId(piece.name));
  }
}

function tidyText(text: string, { isOneLine = false, prefix = '' }: TextShape): string {
  const clean = withoutControls(text);
  if (isOneLine) return oneLineKept(clean);
  return clean.replace(prefix === '' ? /\n{3,}/g : /\n\s*(?=\n)/g, prefix === '' ? '\n\n' : '');
}

/** One line, with the spaces at both ends that part it from its neighbours. */
function oneLineKept(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

function textStretch(kind: 'plain' | 'bold' | 'italic' | 'code', text: string): Stretch[] {
  if (text === '') return [];
  if (kind === 'plain') return [{ kind, text: isolated(text), isCuttable: true, write: writePlain }];
  return [{ kind, text, isCuttable: true, write: (part) => marked(kind, part) }];
}

function writePlain(text: string, isLineStart: boolean): string {
  return escapeText(text, isLineStart);
}

const MARKS = { bold: '**', italic: '*', code: '`' } as const;

function marked(kind: keyof typeof MARKS, text: string): string {
  const words = text.trim();
  if (words === '') return text;
  const [before = '', after = ''] = text.split(words, 2);
  // A backtick ends code and nothing escapes it there; this sign looks the same.
  const inside = kind === 'code' ? words.replaceAll('`', '\u02cb') : isolated(escapeText(words, true));
  return `${before}${MARKS[kind]}${inside}${MARKS[kind]}${after}`;
}

function linkStretch(text: string, address: string): Stretch[] {
  const href = safeAddress(address);
  if (href === undefined) return textStretch('plain', text);
  const words = text.trim() === '' ? address : text;
  // Inside a link's words another address would keep Discord from making a link of it.
  const write = (part: string) =>
    `[${isolated(escapeText(part.trim().replace(/(https?):\/\//giu, ''), true)).replaceAll(']', '\\]')}](${href})`;
  return [{ kind: 'link', text: words, isCuttable: true, write }];
}

function safeAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return href.replace(/[()<>\\*|~`[\]]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const TIME_STYLES = { moment: 'F', day: 'D', hour: 't', relative: 'R' } as const;

/** Discord shows a timestamp in each reader's own zone and language. */
function timeStretch(piece: Extract<Inline, { kind: 'time' }>): Stretch[] {
  const seconds = Math.floor(Date.parse(piece.at) / 1000);
  if (!Number.isFinite(seconds)) return textStretch('plain', plainText([piece]));
  return [fixed('time', `<t:${seconds}:${TIME_STYLES[piece.style]}>`)];
}

function commandStretch(name: string, id: string | undefined): Stretch[] {
  return id === undefined ? textStretch('code', `/${name}`) : [fixed('command', `</${name}:${id}>`)];
}

function fixed(kind: 'time' | 'command', markdown: string): Stretch {
  return { kind, text: markdown, isCuttable: false, write: () => markdown };
}

/** Neighbours of one kind become one, so that mark-up cannot arise across a seam. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    const isAlike = last?.kind === stretch.kind && (stretch.kind === 'plain' || stretch.kind === 'bold');
    if (last && isAlike) result[result.length - 1] = { ...last, text: last.text + stretch.text };
    else result.push(stretch);
  }
  return result;
}
