/** A text as it may stand in SVG, between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Everything that the pictures' font can draw: Latin, Greek and Cyrillic letters, digits and common signs. */
const NOT_DRAWN =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Mn}\u0020-\u007e\u00a1-\u00ff\u2010-\u2026]/gu;

/** Combining marks beyond the first two on a letter only tower over what stands above. */
const TOWERS = /(\p{Mn}{2})\p{Mn}+/gu;

/**
 * The part of a text that the pictures' font can draw, on one line and of at most so many characters. Other scripts and
 * emoji are left out; what has no letter left gives nothing.
 */
export function drawable(text: string, most: number): string | undefined {
  const spaced = text.normalize('NFC').replace(/\s/gu, ' ');
  const plain = spaced.replace(NOT_DRAWN, '').replace(TOWERS, '$1').replace(/ +/g, ' ').trim();
  if (!/\p{L}/u.test(plain)) return undefined;
  const characters = [...plain];
  return characters.length <= most
    ? plain
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
