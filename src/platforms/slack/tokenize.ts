/** One word of a command line, or several in quotes; `name` and `value` when it is written as `name:value`. */
export interface Token {
  text: string;
  name?: string;
  value?: string;
  isValueQuoted?: boolean;
}

/**
 * Quotes by pairs: what closes each, the likeliest first. Phones and word processors curl them, not always both, and
 * languages differ in which ones open and close.
 */
const CLOSERS: Readonly<Record<string, readonly string[]>> = {
  '"': ['"', '”“‟'],
  '“': ['”', '“"‟'],
  '”': ['”', '“"'],
  '„': ['“”', '"‟'],
  '‟': ['”', '“"'],
  '«': ['»'],
  '‘': ['’', '‘'],
};

/** A name before a colon; what has a slash behind is an address. */
const NAME = /^([\p{L}][\p{L}\p{N}_-]{0,31}):(?!\/\/)/u;

/**
 * Splits a command line as Slack sends it into words. Quotes hold words together at the beginning of a word or of
 * a value only, so that an apostrophe inside a word stays what it is; a quote that never closes is just a character.
 */
export function tokenize(text: string): Token[] {
  const line = decodeSlackText(text);
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    at += /^\s*/u.exec(line.slice(at))?.[0].length ?? 0;
    if (at >= line.length) break;
    const { token, length } = readToken(line.slice(at));
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function readToken(rest: string): { token: Token; length: number } {
  const whole = readQuoted(rest);
  if (whole) return { token: { text: whole.inner }, length: whole.length };
  const named = NAME.exec(rest);
  if (named?.[1]) {
    const [head, name] = named;
    const quoted = readQuoted(rest.slice(head.length));
    const value = quoted?.inner ?? readWord(rest.slice(head.length));
    const length = head.length + (quoted?.length ?? value.length);
    return { token: { text: head + value, name, value, isValueQuoted: quoted !== undefined }, length };
  }
  const word = readWord(rest);
  return { token: { text: word }, length: word.length };
}

function readWord(rest: string): string {
  return /^\S*/u.exec(rest)?.[0] ?? '';
}

/** What stands in quotes at the beginning. */
function readQuoted(rest: string): { inner: string; length: number } | undefined {
  for (const closers of CLOSERS[rest.charAt(0)] ?? []) {
    const read = readUntil(rest, closers);
    if (read) return read;
  }
  return undefined;
}

/** Up to a closing quote that ends a word; a backslash keeps a quote inside. */
function readUntil(rest: string, closers: string): { inner: string; length: number } | undefined {
  let inner = '';
  for (let at = 1; at < rest.length; at += 1) {
    const character = rest.charAt(at);
    const next = rest.charAt(at + 1);
    if (character === '\\' && next !== '' && (next === '\\' || closers.includes(next))) {
      inner += next;
      at += 1;
    } else if (closers.includes(character) && (next === '' || /\s/u.test(next))) {
      return { inner, length: at + 1 };
    } else inner += character;
  }
  return undefined;
}

/** A value as it has to be typed to be read back: in quotes where it would fall apart otherwise. */
export function quoted(value: string): string {
  const isPlain = value !== '' && !/\s/u.test(value) && !(value.charAt(0) in CLOSERS);
  return isPlain ? value : `"${value.replace(/[\\"]/gu, (one) => `\\${one}`)}"`;
}

/**
 * What a person typed, out of what Slack sends with `should_escape`: links and mentions lose their brackets, and
 * `&amp; &lt; &gt;` become the characters they stand for.
 */
export function decodeSlackText(text: string): string {
  return text.replace(/<([^<>]*)>|&(amp|lt|gt);/gu, (whole, inside: string | undefined, entity: string | undefined) => {
    if (inside === undefined) return { amp: '&', lt: '<', gt: '>' }[entity ?? ''] ?? whole;
    return decodeEntities(unwrapped(inside));
  });
}

function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/gu, (whole, entity: string) => ({ amp: '&', lt: '<', gt: '>' })[entity] ?? whole);
}

/** `@U1|ana` reads as `@ana`, `mailto:a@b.org|a@b.org` as the address, `https://x|x` as the link itself. */
function unwrapped(inside: string): string {
  const [target = '', label] = inside.split('|', 2);
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  if (/^[@#]/.test(target)) return label ? `${target.charAt(0)}${label.replace(/^[@#]/, '')}` : target;
  if (target.startsWith('mailto:')) return label ?? target.slice('mailto:'.length);
  return target;
}
