import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { FormInstance, FormInstanceField, RawField, RawFields } from '../../bot/forms.js';
import type { Choice } from '../../bot/options.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { customIdsOfMessage } from './custom-ids.js';
import { firstPart, LIMITS } from './limits.js';
import { renderOptions, usableOptions } from './render-controls.js';
import { renderPlain } from './render-text.js';

/**
 * A form as Discord's modal: one label a field, with what stands in it already.
 *
 * @see https://docs.discord.com/developers/components/reference#label
 */
export async function renderForm(
  form: FormInstance,
  keptTexts: KeptTexts,
): Promise<APIModalInteractionResponseCallbackData> {
  return {
    custom_id: await customIdsOfMessage(keptTexts).make({ action: form.form, payload: form.payload }),
    title: renderPlain(form.title, LIMITS.modalTitle) || 'Form',
    components: form.fields.slice(0, LIMITS.modalFields).map(renderField),
  };
}

function renderField(field: FormInstanceField): APILabelComponent {
  const hint = renderPlain(field.hint ?? '', LIMITS.fieldHint);
  return {
    type: ComponentType.Label,
    label: renderPlain(field.label, LIMITS.fieldLabel) || field.name,
    ...(hint !== '' && { description: hint }),
    component: renderInput(field),
  };
}

function renderInput(field: FormInstanceField): APITextInputComponent | APIStringSelectComponent {
  const { input } = field;
  switch (input.kind) {
    case 'line':
      return textInput(field, { style: TextInputStyle.Short, ...input });
    case 'paragraph':
      return textInput(field, { style: TextInputStyle.Paragraph, ...input });
    case 'lookup':
      // Discord suggests nothing inside a modal; the handler finds what was meant.
      return textInput(field, { style: TextInputStyle.Short, most: 100 });
    case 'choice':
      return choiceInput(field, input.choices, 1);
    case 'choices':
      return choiceInput(field, input.choices, LIMITS.selectOptions);
    case 'yes-no':
      return choiceInput(field, YES_NO, 1);
  }
}

const YES_NO: readonly Choice[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

interface TextSettings {
  style: TextInputStyle;
  least?: number;
  most: number;
  placeholder?: string;
}

function textInput(field: FormInstanceField, { style, least, most, placeholder }: TextSettings): APITextInputComponent {
  const initial = firstPart(textOf(field.initial), LIMITS.fieldText);
  const shown = style === TextInputStyle.Short ? initial.replace(/\s*\n\s*/g, ' ') : initial;
  const hint = renderPlain(placeholder ?? '', LIMITS.fieldPlaceholder);
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style,
    required: field.isRequired,
    ...(field.isRequired && least !== undefined && { min_length: Math.min(least, LIMITS.fieldText) }),
    // What was typed before comes back whole even if it was too long; the form's own check says so again.
    max_length: Math.min(Math.max(most, shown.length, 1), LIMITS.fieldText),
    ...(hint !== '' && { placeholder: hint }),
    ...(shown !== '' && { value: shown }),
  };
}

function choiceInput(
  field: FormInstanceField,
  choices: readonly Choice[],
  most: number,
): APITextInputComponent | APIStringSelectComponent {
  const chosen = new Set(typeof field.initial === 'string' ? [field.initial] : field.initial);
  const options = usableOptions(choices.map((choice) => ({ ...choice, isChosen: chosen.has(choice.value) })));
  if (options.length === 0) return textInput(field, { style: TextInputStyle.Short, most: 100 });
  const mostChosen = Math.min(most, options.length);
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    required: field.isRequired,
    min_values: field.isRequired ? 1 : 0,
    max_values: mostChosen,
    options: renderOptions(options, mostChosen),
  };
}

function textOf(raw: RawField): string {
  return Array.isArray(raw) ? raw.join(', ') : (raw ?? '');
}

/** What a person entered into one input of a modal, as discord.js hands it over. */
export interface EnteredField {
  customId: string;
  value?: string | boolean | null;
  values?: readonly string[];
}

/** What was entered, by field. */
export function readForm(entered: Iterable<EnteredField>): RawFields {
  const raw: RawFields = {};
  for (const { customId, value, values } of entered) {
    if (values) raw[customId] = [...values];
    else if (typeof value === 'string') raw[customId] = value;
    else if (typeof value === 'boolean') raw[customId] = value ? 'yes' : 'no';
  }
  return raw;
}
