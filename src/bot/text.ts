import type { DateTime } from 'luxon';
import { toInstantText } from '../shared/clock.js';

/**
 * A piece of running text. Plain strings are always plain: each adapter escapes them, so that a name holding mark-up or
 * a mention shows as it was typed and pings nobody. Whatever is more than plain is one of the kinds here.
 */
export type Inline =
  | string
  | { kind: 'bold'; text: string }
  | { kind: 'italic'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'time'; at: string; style: TimeStyle }
  | { kind: 'command'; name: string };

/** How a moment is shown; always in the reader's own zone, by the platform where it can. */
export type TimeStyle = 'moment' | 'day' | 'hour' | 'relative';

/** Text with some of it marked. */
export type RichText = readonly Inline[];

/** What most blocks take. */
export type TextInput = string | RichText;

/** Text from a template: what stands in it literally, and every string put into it, is plain. */
export function rich(literals: TemplateStringsArray, ...values: (Inline | RichText | number)[]): RichText {
  const pieces: Inline[] = [];
  for (const [position, literal] of literals.entries()) {
    if (literal !== '') pieces.push(literal);
    const value = values[position];
    if (value === undefined) continue;
    if (typeof value === 'number') pieces.push(String(value));
    else if (isRichText(value)) pieces.push(...value);
    else pieces.push(value);
  }
  return pieces;
}

export const bold = (text: string): Inline => ({ kind: 'bold', text });
export const italic = (text: string): Inline => ({ kind: 'italic', text });
export const code = (text: string): Inline => ({ kind: 'code', text });
export const link = (text: string, url: string): Inline => ({ kind: 'link', text, url });

/** A moment, shown in the reader's zone. */
export const time = (at: DateTime, style: TimeStyle): Inline => ({ kind: 'time', at: toInstantText(at), style });

/** A command as something to tap where the platform has that, such as `/orgs browse`. */
export const commandName = (name: string): Inline => ({ kind: 'command', name });

/** Several texts with something between them: "a, b, c". */
export function joined(texts: readonly TextInput[], between = ', '): RichText {
  return texts.flatMap((text, position) => [...(position === 0 ? [] : [between]), ...toRichText(text)]);
}

/** The same text, as pieces. */
export function toRichText(text: TextInput): RichText {
  return typeof text === 'string' ? [text] : text;
}

/** The text without its marks, for places that take plain text only. Moments are given in UTC. */
export function plainText(text: TextInput): string {
  return toRichText(text)
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if (piece.kind === 'time') return piece.at.slice(0, 16).replace('T', ' ').concat(' UTC');
      if (piece.kind === 'command') return `/${piece.name}`;
      return piece.text;
    })
    .join('');
}

function isRichText(value: Inline | RichText): value is RichText {
  return Array.isArray(value);
}
