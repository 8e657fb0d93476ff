import type { types } from '@slack/bolt';
import { encodeAction } from '../../bot/action-codec.js';
import type { FieldInput, FormInstance, FormInstanceField } from '../../bot/forms.js';
import type { Choice } from '../../bot/options.js';
import { type CommandWords, withPrefix } from './command-words.js';
import { cut, cutNonEmpty, LIMITS } from './limits.js';
import { slackOption } from './render-select.js';
import { plainObject } from './render-text.js';

/** The id of every modal of ours. */
export const MODAL_ID = 'rollcall';

/** Inputs are found again by their field's name behind this; equal ids keep what was typed when a modal is updated. */
const FIELD = 'field:';

/** The form's name and payload as one text, to be kept in the modal. */
export function formId({ form, payload }: FormInstance): string {
  return encodeAction({ action: form, payload });
}

/** Draws a form as a modal; `metadata` comes back with its submission. */
export function renderForm(form: FormInstance, metadata: string, words: CommandWords): types.ModalView {
  return {
    type: 'modal',
    callback_id: MODAL_ID,
    private_metadata: metadata,
    title: plainObject(withPrefix(form.title, words), LIMITS.modalTitle),
    submit: plainObject(form.submitLabel, LIMITS.modalButton),
    close: plainObject('Cancel', LIMITS.modalButton),
    blocks: form.fields.map(inputBlock),
  };
}

/** The block of a field's input. */
export function blockOfField(name: string): string {
  return `${FIELD}${name}`;
}

/** The field an input stands for; nothing for inputs that are not a form's. */
export function fieldOfBlock(blockId: string): string | undefined {
  return blockId.startsWith(FIELD) ? blockId.slice(FIELD.length) : undefined;
}

function inputBlock(field: FormInstanceField): types.InputBlock {
  const hint = field.hint?.trim() ? { hint: plainObject(field.hint, LIMITS.inputLabel) } : {};
  return {
    type: 'input',
    block_id: blockOfField(field.name),
    label: plainObject(field.label, LIMITS.inputLabel),
    optional: !field.isRequired,
    element: element(field),
    ...hint,
  };
}

function element({ name, input, initial }: FormInstanceField): types.InputBlock['element'] {
  const action_id = blockOfField(name);
  switch (input.kind) {
    case 'line':
    case 'paragraph':
      return textElement(action_id, input, initial);
    case 'choice':
      return choiceElement(action_id, input.choices, asList(initial)[0]);
    case 'choices':
      return choicesElement(action_id, input.choices, asList(initial));
    case 'yes-no': {
      const options = YES_NO.map(slackOption);
      return { type: 'radio_buttons', action_id, options, ...initialOption(options, asList(initial)[0]) };
    }
    case 'lookup': {
      const known = asList(initial)[0]?.trim();
      return {
        type: 'external_select',
        action_id,
        min_query_length: 1,
        placeholder: plainObject(input.placeholder ?? 'Type to search', LIMITS.placeholder),
        ...(known ? { initial_option: slackOption({ label: known, value: known }) } : {}),
      };
    }
  }
}

const YES_NO: readonly Choice[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function asList(initial: FormInstanceField['initial']): string[] {
  if (initial === undefined) return [];
  return typeof initial === 'string' ? [initial] : initial;
}

function textElement(
  action_id: string,
  input: Extract<FieldInput, { kind: 'line' | 'paragraph' }>,
  initial: FormInstanceField['initial'],
): types.PlainTextInput {
  const most = Math.min(input.most, LIMITS.inputText);
  const text = asList(initial).join(', ');
  // A line that was typed on another surface may hold breaks, which a line here does not take.
  const fitting = cut(input.kind === 'line' ? text.replace(/\s*\n\s*/gu, ' ') : text, most);
  return {
    type: 'plain_text_input',
    action_id,
    multiline: input.kind === 'paragraph',
    max_length: most,
    ...(fitting === '' ? {} : { initial_value: fitting }),
    ...(input.placeholder?.trim() ? { placeholder: plainObject(input.placeholder, LIMITS.placeholder) } : {}),
  };
}

function choiceElement(action_id: string, choices: readonly Choice[], initial: string | undefined): types.StaticSelect {
  const options = choices.slice(0, LIMITS.options).map(slackOption);
  return { type: 'static_select', action_id, options, ...initialOption(options, initial) };
}

function choicesElement(
  action_id: string,
  choices: readonly Choice[],
  initial: string[],
): types.Checkboxes | types.MultiStaticSelect {
  const options = choices.slice(0, LIMITS.options).map(slackOption);
  const chosen = options.filter(({ value }) => value !== undefined && initial.includes(value));
  const initially = chosen.length > 0 ? { initial_options: chosen } : {};
  return options.length <= LIMITS.boxes
    ? { type: 'checkboxes', action_id, options, ...initially }
    : { type: 'multi_static_select', action_id, options, ...initially };
}

function initialOption(options: types.PlainTextOption[], initial: string | undefined) {
  const chosen = options.find(({ value }) => value === initial);
  return chosen ? { initial_option: chosen } : {};
}

/** What stands in red under the inputs, by block. A problem that is no field's stands under the first. */
export function inputErrors(form: FormInstance, problems: Record<string, string>): Record<string, string> {
  const names = new Set(form.fields.map(({ name }) => name));
  const errors: Record<string, string> = {};
  for (const [name, problem] of Object.entries(problems)) {
    const field = names.has(name) ? name : form.fields[0]?.name;
    if (field === undefined) continue;
    const block = blockOfField(field);
    const all = errors[block] === undefined ? problem : `${errors[block]} ${problem}`;
    errors[block] = cutNonEmpty(all, LIMITS.inputError);
  }
  return errors;
}
