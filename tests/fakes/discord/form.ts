import { type Component, isSelect, Kind } from './components.js';
import type { Json } from './json.js';
import { type Picked, pickValues } from './picking.js';
import type { FileInput, Resolved } from './resolved.js';

/** What a person enters into one field: text, picks, a tick, or files. */
export type FieldValue = string | boolean | Picked[] | FileInput[];

/** A field a person can fill, with the words standing over it. */
interface Field {
  label: string;
  input: Component;
  wrap: (filled: Json) => Json;
}

/** The data of a submitted form. Fields not given keep what was prefilled; what the client would refuse, throws. */
export function submissionData(modal: Json, given: Record<string, FieldValue>, resolved: Resolved): Json {
  const fields = fieldsOf(modal);
  const unknown = Object.keys(given).find((label) => !fields.some((field) => field.label === label));
  if (unknown !== undefined)
    throw new Error(`The form has no field "${unknown}"; it has: ${labelsOf(modal).join(', ')}`);
  const components = fields.map(({ label, input, wrap }) => wrap(fill(label, input, given[label], resolved)));
  return { custom_id: modal.custom_id, components, resolved: resolved.toJSON() };
}

/** The labels of a form's fields, in order. */
export function labelsOf(modal: Json): string[] {
  return fieldsOf(modal).map(({ label }) => label);
}

/** What stands in a form before anyone types: prefilled texts by label. */
export function prefilledIn(modal: Json): Record<string, string> {
  const filled = fieldsOf(modal).filter(({ input }) => input.value !== undefined && input.value !== null);
  return Object.fromEntries(filled.map(({ label, input }) => [label, input.value ?? '']));
}

function fieldsOf(modal: Json): Field[] {
  const components = (modal.components ?? []) as Component[];
  return components.flatMap((top, index): Field[] => {
    const id = top.id ?? index * 2 + 1;
    const { component } = top;
    if (top.type === Kind.label && component) {
      const wrap = (filled: Json) => ({ type: Kind.label, id, component: { ...filled, id: id + 1 } });
      return [{ label: top.label ?? '', input: component, wrap }];
    }
    return (top.components ?? []).map((input) => ({
      label: input.label ?? '',
      input,
      wrap: (filled) => ({ type: Kind.actionRow, id, components: [{ ...filled, id: id + 1 }] }),
    }));
  });
}

function fill(label: string, input: Component, given: FieldValue | undefined, resolved: Resolved): Json {
  const base = { type: input.type, custom_id: input.custom_id };
  if (input.type === Kind.textInput) return { ...base, value: checkedText(label, input, given) };
  if (input.type === Kind.checkbox)
    return { ...base, value: given === undefined ? (input.default ?? false) : given === true };
  if (input.type === Kind.fileUpload)
    return { ...base, values: checkedFiles(label, input, given).map((file) => resolved.addFile(file)) };
  const picks = given === undefined ? undefined : ((Array.isArray(given) ? given : [given]) as Picked[]);
  const isGroup = input.type === Kind.radioGroup || input.type === Kind.checkboxGroup;
  if (!isGroup && !isSelect(input)) throw new Error(`Cannot fill "${label}" of type ${input.type}`);
  const values = pickValues(label, input, picks, resolved);
  return input.type === Kind.radioGroup ? { ...base, value: values[0] ?? null } : { ...base, values };
}

function checkedText(label: string, input: Component, given: FieldValue | undefined): string {
  const text = given ?? input.value ?? '';
  if (typeof text !== 'string') throw new Error(`"${label}" takes text`);
  if (text === '' && input.required !== false) throw new Error(`"${label}" is required`);
  const { min_length: min = 0, max_length: max = 4000 } = input;
  if (text !== '' && (text.length < min || text.length > max))
    throw new Error(`"${label}" takes ${min} to ${max} characters`);
  if (input.style === 1 && text.includes('\n')) throw new Error(`"${label}" takes one line`);
  return text;
}

function checkedFiles(label: string, input: Component, given: FieldValue | undefined): FileInput[] {
  const files = (given ?? []) as FileInput[];
  const { min_values: min = input.required === false ? 0 : 1, max_values: max = 1, file_types: types } = input;
  if (files.length < min || files.length > max) throw new Error(`"${label}" takes ${min} to ${max} files`);
  const wrong = files.find(
    ({ name }) => types && !types.some((type) => name.toLowerCase().endsWith(type.toLowerCase())),
  );
  if (wrong) throw new Error(`"${label}" does not take ${wrong.name}`);
  return files;
}
