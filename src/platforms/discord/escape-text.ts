/** Addresses stay as they are: Discord makes them tappable, and a backslash inside would break them. */
const ADDRESS = /https?:\/\/[^\s<>]+/giu;

/** What could end an address' innocence: marks that pair up with others outside of it. */
const UNSAFE_IN_ADDRESS = /[*`|~\\[\]]/g;

/**
 * Signs that Discord may take for more than text: emphasis, code, spoilers, links; mentions, timestamps, commands and
 * custom emoji, which all begin with `<`; `@everyone` and `@here`; `:emoji:` names.
 */
const SPECIAL =
  /[\\*_`[]|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\||<(?=[@#:/!&a-z]|$)|@(?=everyone|here)|:(?=(?=[\w+-]*[a-z])[\w+-]+:)/giu;

/** Most texts hold nothing of the kind, which this tells at once. */
const PERHAPS_SPECIAL = /[\\*_`[~|<@:#>]|^[^\S\n]*(?:-|\d+\.)/mu;

/** At the beginning of a line: headings, small print, lists, quotes. */
const LINE_START = /^([^\S\n]*)(#{1,3}(?=\s|$)|-(?=\s|$|#)|>)/u;
const SMALL_PRINT = /^([^\S\n]*\\-)#/u;
const NUMBERED = /^([^\S\n]*\d+)(\.)(?=\s|$)/u;

/**
 * Plain text such that Discord shows it as it was typed. discord.js's own `escapeMarkdown` leaves mentions, timestamps
 * and some line beginnings alive.
 *
 * @param isLineStart whether the text begins a line; within the text that shows by itself.
 */
export function escapeText(text: string, isLineStart: boolean): string {
  if (!PERHAPS_SPECIAL.test(text)) return text;
  let escaped = '';
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    escaped += escapeWords(text.slice(end, match.index), beginsLine(text, end, isLineStart));
    escaped += match[0].replace(UNSAFE_IN_ADDRESS, encodeSign);
    end = match.index + match[0].length;
  }
  return escaped + escapeWords(text.slice(end), beginsLine(text, end, isLineStart));
}

function beginsLine(text: string, position: number, isLineStart: boolean): boolean {
  const before = text.slice(0, position);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.trim() === '' && (before.includes('\n') || isLineStart);
}

function escapeWords(text: string, isLineStart: boolean): string {
  return text
    .replace(SPECIAL, '\\$&')
    .split('\n')
    .map((line, index) => (index > 0 || isLineStart ? escapeLineStart(line) : line))
    .join('\n');
}

function escapeLineStart(line: string): string {
  return line.replace(LINE_START, '$1\\$2').replace(SMALL_PRINT, '$1\\#').replace(NUMBERED, '$1\\$2');
}

function encodeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const FOREIGN_BREAKS = /\r\n?|[\u2028\u2029\u0085]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be taken out.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Text without control signs and without signs that turn the direction of what follows. */
export function withoutControls(text: string): string {
  return text.replace(FOREIGN_BREAKS, '\n').replace(UNSEEN, '').replace(/\t/g, ' ');
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Keeps text written from right to left from pulling its neighbours along: each line in an isolate of its own. */
export function isolated(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line))
    .join('\n');
}
