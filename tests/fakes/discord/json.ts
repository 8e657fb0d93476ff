/** A JSON object whose fields nobody has checked yet. */
export type Json = Record<string, unknown>;

/** The value as an object; anything else reads as an empty one, so that checks can name the missing fields. */
export function asRecord(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list; absent and null read as empty. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; anything else reads as empty. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value as a number; anything else reads as zero, like a missing `flags`. */
export function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** Present and not null: Discord treats a null field like an absent one. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
