/** A text on one line, cut to so many characters with an ellipsis: what somebody typed, to be quoted back. */
export function short(text: string, most = 80): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
