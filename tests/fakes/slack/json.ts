/** Anything with named fields that came over the wire and has not been looked at yet. */
export type Dict = Record<string, unknown>;

export function isDict(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it has fields, otherwise nothing inside. */
export function asDict(value: unknown): Dict {
  return isDict(value) ? value : {};
}

/** The entries with fields; anything else in the list is left out. */
export function asDicts(value: unknown): Dict[] {
  return Array.isArray(value) ? value.filter(isDict) : [];
}

/** The value when it is text, otherwise the empty text. */
export function asString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The `text` inside a text object, as it was sent. */
export function textOf(value: unknown): string {
  return asString(asDict(value).text);
}

/** A form field says `true` in words, a JSON body as itself. */
export function asFlag(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}
