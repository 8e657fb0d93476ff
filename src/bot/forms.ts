import type { z } from 'zod';
import type { Problem } from '../domain/errors.js';
import type { Access, ActorWith } from './actions.js';
import type { Actor } from './actor.js';
import type { Choice, Read, Suggest } from './options.js';
import type { Reply } from './reply.js';

/** How a field is filled in. */
export type FieldInput =
  | { kind: 'line'; least?: number; most: number; placeholder?: string }
  | { kind: 'paragraph'; most: number; placeholder?: string }
  | { kind: 'choice'; choices: readonly Choice[] }
  | { kind: 'choices'; choices: readonly Choice[] }
  | { kind: 'yes-no' }
  | { kind: 'lookup'; suggest: Suggest; placeholder?: string };

/** What a person put into a field: text, or the values chosen. */
export type RawField = string | string[] | undefined;
export type RawFields = Record<string, RawField>;

/** One input of a form. */
export interface FormField<Value> {
  label: string;
  hint?: string;
  isRequired: boolean;
  input: FieldInput;
  read(raw: RawField): Read<Value>;
}

export type FormFields = Record<string, FormField<unknown>>;
export type FormValues<F extends FormFields> = {
  [Name in keyof F]: F[Name] extends FormField<infer Value> ? Value : never;
};

/** A form as it is shown: whose it is, what it is about, and what already stands in it. */
export interface FormInstance {
  form: string;
  payload: unknown;
  title: string;
  submitLabel: string;
  fields: readonly FormInstanceField[];
}

export interface FormInstanceField {
  name: string;
  label: string;
  hint: string | undefined;
  isRequired: boolean;
  input: FieldInput;
  initial: RawField;
}

/** Most fields that a form may have: Discord's modals take five. */
export const MOST_FORM_FIELDS = 5;

export interface FormDefinition<P extends z.ZodType, F extends FormFields, A extends Access> {
  name: string;
  payload: P;
  access: A;
  title: string;
  submitLabel: string;
  fields: F;
  /** Which field a broken rule is about, so that the words stand beside it. */
  fieldFor: Partial<Record<Problem['code'], keyof F & string>>;
  /** The form, ready to be shown. */
  with(payload: z.input<P>, initial?: Partial<Record<keyof F, RawField>>): FormInstance;
}

/** Defines a form: its fields are read and checked before its handler runs. */
export function defineForm<P extends z.ZodType, F extends FormFields, A extends Access = 'member'>(definition: {
  name: string;
  payload: P;
  access?: A;
  title: string;
  submitLabel?: string;
  fields: F;
  fieldFor?: Partial<Record<Problem['code'], keyof F & string>>;
}): FormDefinition<P, F, A> {
  const { name, payload, title, fields } = definition;
  const submitLabel = definition.submitLabel ?? 'Save';
  return {
    name,
    payload,
    access: definition.access ?? ('member' as A),
    title,
    submitLabel,
    fields,
    fieldFor: definition.fieldFor ?? {},
    with: (values, initial = {}) => ({
      form: name,
      payload: values,
      title,
      submitLabel,
      fields: showFields(fields, initial),
    }),
  };
}

/** A form with its handler, as the registry holds it. */
export interface Form {
  name: string;
  access: Access;
  title: string;
  fields: FormFields;
  fieldFor: Partial<Record<string, string>>;
  /** The form again, with what was typed. */
  again(payload: unknown, raw: RawFields): FormInstance;
  submit(actor: Actor, payload: unknown, raw: RawFields): Promise<Reply> | Record<string, string> | 'bad-payload';
}

/** Gives a form its handler. */
export function onForm<P extends z.ZodType, F extends FormFields, A extends Access>(
  definition: FormDefinition<P, F, A>,
  handler: (actor: ActorWith<A>, payload: z.output<P>, values: FormValues<F>) => Promise<Reply>,
): Form {
  const { name, access, title, submitLabel, fields, fieldFor } = definition;
  return {
    name,
    access,
    title,
    fields,
    fieldFor,
    again: (payload, raw) => ({ form: name, payload, title, submitLabel, fields: showFields(fields, raw) }),
    submit(actor, payload, raw) {
      const parsed = definition.payload.safeParse(payload);
      if (!parsed.success) return 'bad-payload';
      const { values, problems } = readFields(fields, raw);
      if (Object.keys(problems).length > 0) return problems;
      return handler(actor as ActorWith<A>, parsed.data, values as FormValues<F>);
    },
  };
}

function showFields(fields: FormFields, initial: Partial<RawFields>): FormInstanceField[] {
  return Object.entries(fields).map(([name, { label, hint, isRequired, input }]) => ({
    name,
    label,
    hint,
    isRequired,
    input,
    initial: initial[name],
  }));
}

function readFields(fields: FormFields, raw: RawFields) {
  const values: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const read = field.read(raw[name]);
    if (read.ok) values[name] = read.value;
    else problems[name] = read.problem;
  }
  return { values, problems };
}

/** One line of text; empty when it may be left out and was. */
export function lineField(
  label: string,
  settings: { most: number; hint?: string; isRequired?: boolean; placeholder?: string },
): FormField<string> {
  return textField(label, 'line', settings);
}

/** Several lines of text. */
export function paragraphField(
  label: string,
  settings: { most: number; hint?: string; isRequired?: boolean; placeholder?: string },
): FormField<string> {
  return textField(label, 'paragraph', settings);
}

function textField(
  label: string,
  kind: 'line' | 'paragraph',
  settings: { most: number; hint?: string; isRequired?: boolean; placeholder?: string },
): FormField<string> {
  const { most, hint, isRequired = false, placeholder } = settings;
  return {
    label,
    ...(hint === undefined ? {} : { hint }),
    isRequired,
    input: { kind, most, ...(placeholder === undefined ? {} : { placeholder }) },
    read(raw) {
      const text = typeof raw === 'string' ? raw.trim() : '';
      const length = [...text].length;
      if (isRequired && length === 0) return { ok: false, problem: `${label} cannot be empty.` };
      if (length > most) return { ok: false, problem: `That is ${length} characters; it takes up to ${most}.` };
      return { ok: true, value: text };
    },
  };
}

/** One of a few values, or none where it may be left out. */
export function choiceField<const Value extends string>(
  label: string,
  labels: Readonly<Record<Value, string>>,
  settings: { hint?: string } = {},
): FormField<Value | undefined> {
  const choices = (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }));
  return {
    label,
    ...settings,
    isRequired: false,
    input: { kind: 'choice', choices },
    read(raw) {
      const chosen = Array.isArray(raw) ? raw[0] : raw;
      if (chosen === undefined || chosen === '') return { ok: true, value: undefined };
      const known = choices.find(({ value }) => value === chosen);
      return known ? { ok: true, value: known.value } : { ok: false, problem: 'Please choose one of the list.' };
    },
  };
}
