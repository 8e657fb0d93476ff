/**
 * What Discord takes, in characters or pieces.
 *
 * @see https://docs.discord.com/developers/components/reference
 * @see https://docs.discord.com/developers/interactions/application-commands
 */
export const LIMITS = {
  /** Components in one message, nested ones counted. */
  components: 40,
  /** All text displays of one message together. */
  text: 4_000,
  customId: 100,
  rowButtons: 5,
  buttonLabel: 80,
  buttonUrl: 512,
  placeholder: 150,
  selectOptions: 25,
  optionText: 100,
  attachments: 10,
  altText: 1_024,
  modalTitle: 45,
  modalFields: 5,
  fieldLabel: 45,
  fieldHint: 100,
  fieldPlaceholder: 100,
  fieldText: 4_000,
  choices: 25,
  choiceText: 100,
  nonce: 25,
  commandCharacters: 8_000,
} as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text within so many UTF-16 units, which is how Discord's clients count; what is cut ends with an ellipsis. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${firstPart(text, most - 1).trimEnd()}…`;
}

/** At most so many units from the beginning, never half of what a reader takes for one character. */
export function firstPart(text: string, most: number): string {
  if (text.length <= most) return text;
  if (most <= 0) return '';
  // Only the last stretch matters, and segmenting a long text from its beginning is slow.
  const from = Math.max(0, most - 64);
  const boundary = from + (graphemes.segment(text.slice(from, most + 64)).containing(most - from)?.index ?? 0);
  const end = boundary > from ? boundary : most;
  const isInPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, isInPair ? end - 1 : end);
}

/** A text for places that take one plain line, such as a button's label. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
