import { SlackError } from '../slack-error.js';

/** What is wrong with a payload, each with a pointer to the place, worded as Slack words it in `response_metadata.messages`. */
export class Problems {
  readonly messages: string[] = [];

  add(pointer: string, what: string): void {
    this.messages.push(`[ERROR] ${what} [json-pointer:${pointer}]`);
  }

  /** @throws SlackError with the code when anything was found. */
  throwAs(code: string): void {
    if (this.messages.length > 0) throw new SlackError(code, { response_metadata: { messages: this.messages } });
  }
}

/** Slack counts Unicode code points, so an emoji outside the basic plane counts once. */
export function lengthOf(value: string): number {
  return [...value].length;
}

/** A plain string (id, value, URL); absent is fine unless `required`. */
export function checkString(
  problems: Problems,
  pointer: string,
  value: unknown,
  { max, required = false }: { max: number; required?: boolean },
): void {
  if (value === undefined || value === null) {
    if (required) problems.add(pointer, 'missing required field');
    return;
  }
  if (typeof value !== 'string') {
    problems.add(pointer, 'must be a string');
    return;
  }
  if (required && value === '') problems.add(pointer, 'must be more than 0 characters');
  if (lengthOf(value) > max) problems.add(pointer, `must be less than ${max + 1} characters`);
}

/** A list with at least `min` and at most `max` entries. Gives the list to look through. */
export function checkList(
  problems: Problems,
  pointer: string,
  value: unknown,
  { min = 1, max }: { min?: number; max: number },
): unknown[] {
  if (!Array.isArray(value)) {
    problems.add(pointer, 'must be an array');
    return [];
  }
  if (value.length < min) problems.add(pointer, `no fewer than ${min} items allowed`);
  if (value.length > max) problems.add(pointer, `no more than ${max} items allowed`);
  return value;
}
