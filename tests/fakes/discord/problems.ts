/** Where in the body a value stands: `['components', 0, 'label']`. */
export type Path = readonly (string | number)[];

/** One broken rule, with the code Discord uses for it where that is known. */
export interface Problem {
  path: Path;
  code: string;
  message: string;
}

/** Gathers what is wrong with one request body, so that one answer names everything at once, as Discord's does. */
export class Problems {
  readonly list: Problem[] = [];

  add(path: Path, code: string, message: string) {
    this.list.push({ path, code, message });
  }

  /** Notes a missing value, or text outside its bounds. Text counts in UTF-16 units: what fits so fits any other count. */
  text(path: Path, value: unknown, { min = 0, max }: { min?: number; max: number }) {
    if (typeof value !== 'string') return this.required(path, value);
    if (value.length >= min && value.length <= max) return;
    if (min === 0) this.add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    else this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  }

  /** Like {@link text} for a field that may be absent. */
  optionalText(path: Path, value: unknown, bounds: { min?: number; max: number }) {
    if (value !== undefined && value !== null) this.text(path, value, bounds);
  }

  /** Notes a list with too few or too many entries. */
  count(path: Path, length: number, { min = 0, max }: { min?: number; max: number }) {
    if (length < min || length > max) {
      this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    }
  }

  /** Notes a number that is not whole or outside its range; absent is fine. */
  range(path: Path, value: unknown, { min, max }: { min: number; max: number }) {
    if (value === undefined || value === null) return;
    if (typeof value === 'number' && value >= min && value <= max) return;
    this.add(path, 'NUMBER_TYPE_MAX', `int value should be between ${min} and ${max}.`);
  }

  /** Notes values that occur more than once. */
  unique(path: Path, values: unknown[], code: string) {
    const repeated = values.find((value, index) => values.indexOf(value) !== index);
    if (repeated !== undefined) this.add(path, code, `${String(repeated)} is used more than once.`);
  }

  private required(path: Path, value: unknown) {
    if (value === undefined || value === null) this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
    else this.add(path, 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
  }
}
