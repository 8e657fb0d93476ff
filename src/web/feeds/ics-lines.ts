import type { DateTime } from 'luxon';

/** Longest line in bytes, its break aside (RFC 5545, section 3.1). */
const LINE_BYTES = 75;
const BREAK = '\r\n';

/** One property with its line break, in as many lines as it needs. `value` is written as it stands. */
export function property(name: string, value: string): string {
  const whole = `${name}:${value}`;
  return Buffer.byteLength(whole) <= LINE_BYTES ? whole + BREAK : fold(Buffer.from(whole)) + BREAK;
}

/** Text as a value: what would end or part it is escaped, and characters that no text may hold are left out. */
export function textValue(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(/[\\;,]/gu, '\\$&')
    .replaceAll('\n', '\\n');
}

/** A moment as a value: `20260305T183000Z`. */
export function instantValue(at: DateTime): string {
  return new Date(at.toMillis()).toISOString().replace(/[-:]|\.\d{3}/gu, '');
}

/** The day that a moment is on by its own zone, as a value: `20260305`. */
export function dayValue(at: DateTime): string {
  return at.toFormat('yyyyLLdd');
}

/** Breaks a line by bytes, as the rule has it, but never within a character. Each further line begins with a space. */
function fold(bytes: Buffer): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = lastWhole(bytes, start + LINE_BYTES - (start === 0 ? 0 : 1));
    lines.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return lines.join(`${BREAK} `);
}

/** Where the character begins that stands at this byte: UTF-8 marks the bytes that only go on with one. */
function lastWhole(bytes: Buffer, at: number): number {
  let end = Math.min(at, bytes.length);
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
