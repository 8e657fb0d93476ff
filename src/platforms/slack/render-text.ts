import { type Inline, type RichText, type TextInput, type TimeStyle, toRichText } from '../../bot/text.js';
import { type CommandWords, typedCommand, withPrefix } from './command-words.js';
import { cut, cutNonEmpty, lengthOf } from './limits.js';

/** A text object of Block Kit. */
export type SlackText =
  | { type: 'plain_text'; text: string; emoji: false }
  | { type: 'mrkdwn'; text: string; verbatim: true };

/**
 * Text for a place that takes both kinds. Text without any marks goes out as `plain_text`, in which Slack reads
 * nothing at all, so that it shows exactly as it was typed. Text with marks goes out as mrkdwn, `verbatim` so that Slack
 * finds no links, channels or people in it by itself; `markup` says how the rest of it is kept harmless.
 */
export function slackText(text: TextInput, most: number, words: CommandWords): SlackText {
  if (typeof text === 'string') return plainObject(text, most);
  const pieces = toRichText(text);
  const isPlain = pieces.every((piece) => typeof piece === 'string');
  if (isPlain) return plainObject(pieces.join(''), most);
  return { type: 'mrkdwn', text: cutNonEmpty(markup(pieces, most, words), most), verbatim: true };
}

/** Plain text for labels, headers and the like. */
export function plainObject(text: string, most: number): { type: 'plain_text'; text: string; emoji: false } {
  return { type: 'plain_text', text: cutNonEmpty(text, most), emoji: false };
}

/** The text without its marks, with commands as they are typed here. */
export function plainWords(text: TextInput, words: CommandWords): string {
  if (typeof text === 'string') return text;
  return text.map((piece) => plainPiece(piece, words)).join('');
}

function plainPiece(piece: Inline, words: CommandWords): string {
  if (typeof piece === 'string') return piece;
  if (piece.kind === 'time') return `${piece.at.slice(0, 16).replace('T', ' ')} UTC`;
  if (piece.kind === 'command') return typedCommand(piece.name, words);
  return piece.kind === 'code' ? withPrefix(piece.text, words) : piece.text;
}

/**
 * The text as mrkdwn, at most so long. What does not fit is cut inside the piece where the room ends, before it is
 * written as mrkdwn, so that no mark is left open and no escape is torn.
 *
 * Slack has no escape for its marks, only `&amp; &lt; &gt;`. So in people's words the characters that could act as a
 * mark, and only where they could (not inside a word, as in snake_case), give way to their nearest look-alikes:
 * `* _ ~` and the backtick to U+2217, U+02CD, U+223C and U+02CB, and a `>` that begins a line to U+203A.
 */
export function markup(pieces: RichText, most: number, words: CommandWords): string {
  let written = '';
  let room = most;
  for (const [position, piece] of pieces.entries()) {
    const around = {
      before: lastCharacter(plainPieceAt(pieces, position - 1, words)),
      after: plainPieceAt(pieces, position + 1, words).slice(0, 1),
    };
    const next = writePiece(piece, around, words);
    const length = lengthOf(next);
    if (length > room) return written + writeCut(piece, room, around, words);
    written += next;
    room -= length;
  }
  return written;
}

interface Around {
  before: string;
  after: string;
}

function plainPieceAt(pieces: RichText, position: number, words: CommandWords): string {
  const piece = pieces[position];
  return piece === undefined ? '' : plainPiece(piece, words);
}

function lastCharacter(text: string): string {
  return text.slice(-1);
}

function writePiece(piece: Inline, around: Around, words: CommandWords): string {
  if (typeof piece === 'string') return harmless(piece);
  switch (piece.kind) {
    case 'bold':
      return marked(piece.text, '*', around);
    case 'italic':
      return marked(piece.text, '_', around);
    case 'code':
      return codeSpan(withPrefix(piece.text, words));
    case 'command':
      return codeSpan(typedCommand(piece.name, words));
    case 'link':
      return anchor(piece.text, piece.url);
    case 'time':
      return dateToken(piece.at, piece.style, words);
  }
}

/** The longest beginning that fits, with an ellipsis; a moment that does not fit is left out. */
function writeCut(piece: Inline, room: number, around: Around, words: CommandWords): string {
  if (room < 1) return '';
  const isWhole = typeof piece !== 'string' && (piece.kind === 'time' || piece.kind === 'command');
  const text = typeof piece === 'string' ? piece : 'text' in piece ? piece.text : '';
  const characters = isWhole ? [] : [...text];
  for (let kept = Math.min(characters.length, room); kept > 0; kept -= 1) {
    const beginning = `${characters.slice(0, kept).join('').trimEnd()}…`;
    const shorter: Inline = typeof piece === 'string' ? beginning : ({ ...piece, text: beginning } as Inline);
    const written = writePiece(shorter, { ...around, after: '' }, words);
    if (lengthOf(written) <= room) return written;
    kept -= Math.floor((lengthOf(written) - room) / 8);
  }
  return '…';
}

const LOOK_ALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
/** Most texts hold none of these, which this tells at once. */
const PERHAPS_MARKED = /[*_~`<>&]/;
const WORD = /[\p{L}\p{N}]/u;

/** People's words with nothing in them that Slack would read as markup; see `markup`. */
export function harmless(text: string): string {
  if (!PERHAPS_MARKED.test(text)) return text;
  const unmarked = text.replace(/[*_~`]/gu, (mark, position: number) => {
    const isInWord = WORD.test(text.charAt(position - 1)) && WORD.test(text.charAt(position + 1));
    return isInWord && mark !== '`' ? mark : (LOOK_ALIKES[mark] ?? mark);
  });
  return escaped(
    unmarked.replace(/^([ \t]*)(>+)/gmu, (_all, indent: string, run: string) => indent + '›'.repeat(run.length)),
  );
}

/** Escapes the three characters Slack reads as its own. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Marks hold within one line, around text without spaces at its ends, and not in the middle of a word. */
function marked(text: string, mark: '*' | '_', { before, after }: Around): string {
  if (WORD.test(before) || WORD.test(after)) return harmless(text);
  return text
    .split('\n')
    .map((line) => {
      const inner = line.trim();
      if (inner === '') return line;
      const start = line.indexOf(inner);
      const safe = harmless(inner.replaceAll(mark, LOOK_ALIKES[mark] ?? ''));
      return `${line.slice(0, start)}${mark}${safe}${mark}${line.slice(start + inner.length)}`;
    })
    .join('\n');
}

function codeSpan(text: string): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .replaceAll('`', LOOK_ALIKES['`'] ?? '')
    .trim();
  return line === '' ? '' : `\`${escaped(line)}\``;
}

function anchor(label: string, url: string): string {
  const address = webAddress(url);
  const words = label.replace(/\s+/gu, ' ').trim();
  if (!address) return harmless(words);
  return `<${escaped(address.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'))}|${harmless(words || address).replaceAll('|', '¦')}>`;
}

/** The address as Slack takes it for links and link buttons; nothing for what it would refuse. */
export function webAddress(url: string): string | undefined {
  const trimmed = url.trim();
  if (!/^(https?|mailto):/i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const address = new URL(trimmed).href;
  return lengthOf(address) <= 3000 && !/\s/.test(address) ? address : undefined;
}

const FORMATS: Readonly<Record<TimeStyle, string>> = {
  moment: '{date_short_pretty} at {time}',
  day: '{date_short_pretty}',
  hour: '{time}',
  relative: '{ago}',
};

/** A moment that Slack shows in the reader's own zone, with UTC words for where it cannot. */
function dateToken(at: string, style: TimeStyle, words: CommandWords): string {
  const seconds = Math.floor(Date.parse(at) / 1000);
  const fallback = plainPiece({ kind: 'time', at, style }, words);
  return Number.isFinite(seconds) ? `<!date^${seconds}^${FORMATS[style]}|${fallback}>` : escaped(cut(at, 40));
}
