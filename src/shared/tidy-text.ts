/** One line of text: no control or direction-override characters, single spaces, cut to so many characters. */
export function tidyLine(text: string, most: number): string {
  return cut(withoutInvisibles(text).replace(/\s+/gu, ' ').trim(), most);
}

/** Several lines of text, as `tidyLine` but for the breaks; at most one empty line in a row. */
export function tidyParagraph(text: string, most: number): string {
  const lines = withoutInvisibles(text)
    .split(/\r?\n/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim());
  return cut(
    lines
      .join('\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trim(),
    most,
  );
}

/**
 * Drops control characters, direction overrides and isolates (U+202A–202E, U+2066–2069) and zero-width fillers.
 * Joiners (U+200C, U+200D) stay: Persian, Hindi and many emoji need them.
 */
function withoutInvisibles(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, (character) =>
      /[\n\r\t]/u.test(character) ? character : '',
    );
}

/** Cuts by whole characters, so that an emoji is never split. */
function cut(text: string, most: number): string {
  // No text has more characters than code units, and taking thousands apart takes longer than reading them.
  if (text.length <= most) return text;
  const characters = [...text];
  return characters.length <= most ? text : characters.slice(0, most).join('').trimEnd();
}
