/**
 * Slack's limits, in Unicode code points.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export const LIMITS = {
  blocksInMessage: 50,
  blocksInView: 100,
  /** Of a modal or Home tab; Slack takes 250 KB, as UTF-8. */
  bytesOfBlocks: 200_000,
  header: 150,
  section: 3000,
  fieldsInSection: 10,
  field: 2000,
  /** Slack takes 25; beyond five the row wraps badly on phones. */
  buttonsInRow: 5,
  buttonLabel: 75,
  value: 2000,
  actionId: 255,
  url: 3000,
  options: 100,
  optionText: 75,
  optionValue: 150,
  boxes: 10,
  placeholder: 150,
  alt: 2000,
  fallback: 3000,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputText: 3000,
  inputError: 2000,
} as const;

/** Characters that JavaScript counts as two, such as most emoji. */
const BEYOND_ONE_UNIT = /[\ud800-\udbff]/;

/** Length as Slack counts it. */
export function lengthOf(text: string): number {
  return BEYOND_ONE_UNIT.test(text) ? [...text].length : text.length;
}

/** The text, cut to so many code points with an ellipsis as the last. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text];
  if (characters.length <= most) return text;
  return `${characters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}

/** The same for places that refuse empty text. */
export function cutNonEmpty(text: string, most: number): string {
  return cut(text.trim() === '' ? '–' : text, most);
}
