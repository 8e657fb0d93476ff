import { DateTime, Duration } from 'luxon';
import type { Actor } from './actor.js';

/** What a person may pick while typing: shown as `label`, sent as `value`. */
export interface Choice {
  value: string;
  label: string;
}

/** Offers choices for what has been typed so far; the person may still send something else. */
export type Suggest = (actor: Actor, text: string) => Promise<Choice[]>;

/** How an option is typed in, for surfaces that have typed inputs. */
export type OptionInput =
  | { kind: 'text'; most: number }
  | { kind: 'integer'; least: number; most: number }
  | { kind: 'yes-no' }
  | { kind: 'choice'; choices: readonly Choice[] }
  | { kind: 'lookup'; suggest: Suggest; most: number }
  /** A channel of the space one acts in. Where the platform has an input of its own for them, its text is the id. */
  | { kind: 'channel'; suggest: Suggest; most: number };

/** What is needed to read a value: the present, and the reader's zone. */
export interface ReadingContext {
  now(): DateTime;
  zone: string;
}

/** A read value, or what to do instead in words. */
export type Read<Value> = { ok: true; value: Value } | { ok: false; problem: string };

/** One option of a command: what it means, how it is typed, and how its text becomes a value. */
export interface Option<Value, Required extends boolean = boolean> {
  description: string;
  input: OptionInput;
  isRequired: Required;
  /** What a right value looks like, for usage lines. */
  example: string;
  read(text: string, context: ReadingContext): Read<Value>;
}

export type Options = Record<string, Option<unknown>>;

/** The values a handler gets for its options: present where required, else perhaps undefined. */
export type OptionValues<O extends Options> = {
  [Name in keyof O]: O[Name] extends Option<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

/** The same option, but a command without it does not run. */
export function required<Value>(option: Option<Value, false>): Option<Value, true> {
  return { ...option, isRequired: true };
}

/** Free text of up to so many characters. */
export function textOption(description: string, { most = 200, example = 'text' } = {}): Option<string, false> {
  return {
    description,
    input: { kind: 'text', most },
    isRequired: false,
    example,
    read: (text) => {
      const length = [...text].length;
      if (length <= most) return { ok: true, value: text };
      return { ok: false, problem: `That is ${length} characters; it takes up to ${most}.` };
    },
  };
}

/** A channel, by its id or by its name; whether it is there is for whoever uses it to find out. */
export function channelOption(description: string, suggest: Suggest): Option<string, false> {
  const most = 100;
  return {
    ...textOption(description, { most, example: '#events' }),
    input: { kind: 'channel', suggest, most },
  };
}

/** A whole number within bounds. */
export function integerOption(
  description: string,
  { least, most }: { least: number; most: number },
): Option<number, false> {
  return {
    description,
    input: { kind: 'integer', least, most },
    isRequired: false,
    example: String(least),
    read: (text) => {
      const value = Number(text);
      if (/^-?\d{1,15}$/.test(text.trim()) && value >= least && value <= most) return { ok: true, value };
      return { ok: false, problem: `It takes a whole number from ${least} to ${most}.` };
    },
  };
}

const YES = new Set(['yes', 'y', 'true', 'on', '1']);
const NO = new Set(['no', 'n', 'false', 'off', '0']);

/** Yes or no, in any of the usual spellings. */
export function yesNoOption(description: string): Option<boolean, false> {
  return {
    description,
    input: { kind: 'yes-no' },
    isRequired: false,
    example: 'yes',
    read: (text) => {
      const word = text.trim().toLowerCase();
      if (YES.has(word)) return { ok: true, value: true };
      if (NO.has(word)) return { ok: true, value: false };
      return { ok: false, problem: 'It takes yes or no.' };
    },
  };
}

/** One of a few values; the labels are what people see, and may type as well. */
export function choiceOption<const Value extends string>(
  description: string,
  labels: Readonly<Record<Value, string>>,
): Option<Value, false> {
  const choices = choicesFrom(labels);
  return {
    description,
    input: { kind: 'choice', choices },
    isRequired: false,
    example: choices[0]?.value ?? '',
    read: (text) => {
      const chosen = findChoice(choices, text);
      if (chosen) return { ok: true, value: chosen.value };
      return { ok: false, problem: `It takes one of ${choices.map(({ value }) => value).join(', ')}.` };
    },
  };
}

/** Some of a few values, with commas between. */
export function choicesOption<const Value extends string>(
  description: string,
  labels: Readonly<Record<Value, string>>,
): Option<Value[], false> {
  const choices = choicesFrom(labels);
  return {
    description,
    input: { kind: 'text', most: 200 },
    isRequired: false,
    example: choices
      .slice(0, 2)
      .map(({ value }) => value)
      .join(','),
    read: (text) => {
      const words = text.split(',').filter((word) => word.trim() !== '');
      const chosen = words.map((word) => findChoice(choices, word));
      const values = chosen.flatMap((choice) => (choice ? [choice.value] : []));
      if (values.length === words.length && values.length > 0) return { ok: true, value: [...new Set(values)] };
      const all = choices.map(({ value }) => value).join(', ');
      return { ok: false, problem: `It takes some of ${all}, with commas between.` };
    },
  };
}

const DURATION = /^(\d{1,4})(m|h|d|w|mo)$/;
const UNITS = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks', mo: 'months' } as const;

/** A length of time: `90m`, `24h`, `7d`, `2w`, `3mo`. */
export function durationOption(description: string): Option<Duration<true>, false> {
  return {
    description,
    input: { kind: 'text', most: 10 },
    isRequired: false,
    example: '7d',
    read: (text) => {
      const value = readDuration(text);
      if (value) return { ok: true, value };
      return { ok: false, problem: 'It takes a length of time such as 90m, 24h, 7d, 2w or 3mo.' };
    },
  };
}

/**
 * A calendar day in the reader's zone, as `2026-01-31`: written so, or as a length of time `ago` or `ahead` of today.
 */
export function dateOption(description: string, direction: 'ago' | 'ahead'): Option<string, false> {
  return {
    description,
    input: { kind: 'text', most: 10 },
    isRequired: false,
    example: '2026-01-31',
    read: (text, { now, zone }) => {
      const words = text.trim();
      const written = /^\d{4}-\d{2}-\d{2}$/.test(words) ? DateTime.fromISO(words, { zone }) : undefined;
      const away = readDuration(words);
      const today = now().setZone(zone);
      const day = written ?? (away && (direction === 'ago' ? today.minus(away) : today.plus(away)));
      if (day?.isValid) return { ok: true, value: day.toFormat('yyyy-MM-dd') };
      return { ok: false, problem: `It takes a day such as 2026-01-31, or a length of time ${direction} such as 7d.` };
    },
  };
}

/**
 * A moment ahead: a length of time from now, or a day, of which it is the end in the reader's zone.
 */
export function momentAheadOption(description: string): Option<DateTime, false> {
  return {
    description,
    input: { kind: 'text', most: 10 },
    isRequired: false,
    example: '7d',
    read: (text, { now, zone }) => {
      const words = text.trim();
      const present = now();
      const isDay = /^\d{4}-\d{2}-\d{2}$/.test(words);
      const away = readDuration(words);
      const moment = isDay ? DateTime.fromISO(words, { zone }).endOf('day') : away && present.plus(away);
      if (!moment?.isValid) {
        return { ok: false, problem: 'It takes a length of time such as 24h, 7d or 2w, or a day such as 2026-01-31.' };
      }
      if (moment <= present) return { ok: false, problem: 'That day is over already.' };
      return { ok: true, value: moment.toUTC() };
    },
  };
}

/** Text that is looked up: the surface offers what there is while one types. The handler resolves what was sent. */
export function lookupOption(
  description: string,
  suggest: Suggest,
  { most = 100, example = 'name' } = {},
): Option<string, false> {
  return { ...textOption(description, { most, example }), input: { kind: 'lookup', suggest, most } };
}

function readDuration(text: string): Duration<true> | undefined {
  const match = DURATION.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const duration = Duration.fromObject({ [UNITS[match[2] as keyof typeof UNITS]]: Number(match[1]) });
  return duration.isValid && duration.toMillis() > 0 ? duration : undefined;
}

function choicesFrom<Value extends string>(labels: Readonly<Record<Value, string>>): { value: Value; label: string }[] {
  return (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }));
}

/** The choice that a text names by value or label; case, spaces, hyphens and underscores count alike. */
function findChoice<Value extends string>(choices: readonly { value: Value; label: string }[], text: string) {
  const plain = (words: string) =>
    words
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, '_');
  return choices.find(({ value, label }) => plain(value) === plain(text) || plain(label) === plain(text));
}
