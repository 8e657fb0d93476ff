/** Keeps texts that are too long for the place that must refer to them, for about a month. */
export interface KeptTexts {
  /** A short key for the text; the same text has the same key, and keeping it again starts its month anew. */
  keep(text: string): Promise<string>;
  find(key: string): Promise<string | undefined>;
}
