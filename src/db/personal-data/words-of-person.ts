/** What a person can be found by: ids that are theirs alone, and names, which others may bear or use as words. */
export interface Needles {
  ids: readonly string[];
  names: readonly string[];
}

/** What stands where a person's words were. */
export const ERASED = '(erased)';

/** Names of definitions, which are never anybody's words, whatever somebody calls themselves. */
const CODE_KEYS = new Set(['action', 'command', 'form']);

/** What stands before the JSON of a button's text: a version and a definition's name. */
const BUTTON_PREFIX = /^\d+:[a-z][a-z0-9.-]*:$/u;

/** Whether the text names the person by one of their ids. */
export function hasId(text: string, { ids }: Needles): boolean {
  return ids.some((id) => text.includes(id));
}

/** Whether the text names the person by id or by name. */
export function namesPerson(text: string, needles: Needles): boolean {
  return withoutPerson(text, needles) !== text;
}

/**
 * The text without the person: their ids, and their names where they stand as whole words. JSON stays JSON; a text that
 * only ends in JSON, such as what stands behind a button, keeps its beginning.
 */
export function withoutPerson(text: string, needles: Needles): string {
  const start = text.search(/[{[]/u);
  const json = start < 0 ? undefined : parsed(text.slice(start));
  if (json === undefined) return without(text, [...needles.ids, ...needles.names]);
  const prefix = text.slice(0, start);
  const cleaned = JSON.stringify(withoutInJson(json, needles));
  const isSame = cleaned === JSON.stringify(json);
  return `${BUTTON_PREFIX.test(prefix) ? prefix : without(prefix, needles.names)}${isSame ? text.slice(start) : cleaned}`;
}

/** Only the names of two words or more, which are hardly ever anything but a name; "Lisbon" may be a city. */
export function surelyNames({ ids, names }: Needles): Needles {
  return { ids, names: names.filter((name) => /\S\s+\S/u.test(name)) };
}

function withoutInJson(value: unknown, needles: Needles): unknown {
  if (typeof value === 'string') return without(value, [...needles.ids, ...needles.names]);
  if (Array.isArray(value)) return value.map((one) => withoutInJson(one, needles));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      without(key, needles.ids),
      CODE_KEYS.has(key) ? one : withoutInJson(one, needles),
    ]),
  );
}

function without(text: string, needles: readonly string[]): string {
  // The longest first, so that "Ana Souza" goes as a whole before "Ana" is looked for.
  const told = needles.filter((needle) => needle !== '').sort((one, other) => other.length - one.length);
  if (told.length === 0) return text;
  const any = told.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')).join('|');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'gu'), ERASED);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
