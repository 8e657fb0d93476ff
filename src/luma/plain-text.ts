import { decodeHTML } from 'entities';
import { tidyLine, tidyParagraph } from '../shared/tidy-text.js';

/** The longest texts that we keep, in characters. */
const MOST_IN_DESCRIPTION = 4_000;
const MOST_IN_TITLE = 200;
const MOST_IN_PLACE = 200;
/** Nobody reads on after this; whatever mark-up shrinks is not worth more work. */
const MOST_RAW = 40_000;

/** An event's name: one clean line, entities read. Never empty. */
export function titleText(raw: string): string {
  return tidyLine(decodeHTML(raw.slice(0, MOST_RAW)), MOST_IN_TITLE) || 'Untitled event';
}

/** A place's name or a city; nothing when nothing is left of it. */
export function placeText(raw: string | null | undefined): string | undefined {
  return tidyLine(decodeHTML((raw ?? '').slice(0, MOST_RAW)), MOST_IN_PLACE) || undefined;
}

/** A description as plain text: mark-up of Markdown and HTML gone, its words and line breaks kept. */
export function descriptionText(raw: string): string {
  const text = withoutMarkdown(withoutHtml(raw.slice(0, MOST_RAW)));
  return tidyParagraph(withoutTokens(decodeHTML(text)), MOST_IN_DESCRIPTION);
}

/** A page of the web that may be shown to anybody: https only, without what follows `?` and `#`, which can be personal. */
export function publicUrl(raw: string | null | undefined): string | undefined {
  if (!raw || raw.length > 2_000 || !URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  if (url.protocol !== 'https:' || url.username || url.password) return undefined;
  url.search = '';
  url.hash = '';
  return url.href;
}

function withoutHtml(text: string): string {
  return text
    .replace(/<(script|style)\b[^>]{0,500}>[^<]{0,5000}<\/\1\s{0,9}>/giu, '')
    .replace(/<br\s{0,9}\/?>|<\/(?:p|div|li|h[1-6]|tr|ul|ol|blockquote)\s{0,9}>/giu, '\n')
    .replace(/<li\b[^>]{0,500}>/giu, '• ')
    .replace(/<\/?[a-z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->/giu, '');
}

function withoutMarkdown(text: string): string {
  const lines = text.split(/\r?\n/u).map(withoutLineMarks);
  return lines
    .filter((line) => line !== undefined)
    .join('\n')
    .replace(/!\[[^\]\n]{0,500}\]\([^)\s]{0,2000}\)/gu, '')
    .replace(/\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)/gu, '$1')
    .replace(/(?<![\p{L}\p{N}\\])(\*{1,3}|_{1,3}|~~)(?=\S)([^*_~\n]{0,500}\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/`([^`\n]{1,500})`/gu, '$1')
    .replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}

/** Headings, quotes and bullets lose their signs; rules and fences vanish. */
function withoutLineMarks(line: string): string | undefined {
  if (/^\s{0,9}(?:[-*_]\s?){3,80}$/u.test(line) || /^\s{0,9}(?:```|~~~)/u.test(line)) return undefined;
  return line
    .replace(/^\s{0,9}(?:>\s?){1,9}/u, '')
    .replace(/^\s{0,9}#{1,6}\s+/u, '')
    .replace(/^(\s{0,40})[-*+]\s+/u, '$1• ');
}

/** lu.ma's own links can carry a guest's key. */
function withoutTokens(text: string): string {
  return text.replace(/(https?:\/\/(?:lu\.ma|luma\.com)\/[^\s?#]{0,500})\?[^\s)\]]{0,1000}/giu, '$1');
}
