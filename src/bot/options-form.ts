import { z } from 'zod';
import { type FieldInput, type FormInstance, MOST_FORM_FIELDS, type RawFields } from './forms.js';
import type { Option } from './options.js';
import type { Command } from './registry.js';

/** The form that asks for a command's missing options, where the surface has no typed inputs of its own. */
export const OPTIONS_FORM = 'run.options';

/** What that form carries: the command, and the options that were given already. */
export const OptionsPayload = z.object({
  command: z.string().max(100),
  options: z.record(z.string(), z.string().max(6000)),
});

/** The form for what is required and still missing; nothing when nothing is. */
export function missingOptionsForm(command: Command, texts: Record<string, string>): FormInstance | undefined {
  const missing = Object.entries(command.options).filter(
    ([name, option]) => option.isRequired && (texts[name]?.trim() ?? '') === '',
  );
  if (missing.length === 0) return undefined;
  return {
    form: OPTIONS_FORM,
    payload: { command: command.name, options: texts },
    title: `/${command.name}`,
    submitLabel: 'Go',
    fields: missing.slice(0, MOST_FORM_FIELDS).map(([name, option]) => ({
      name,
      label: name.replace(/^./, (first) => first.toUpperCase()),
      hint: option.description,
      isRequired: true,
      input: fieldInput(option),
      initial: undefined,
    })),
  };
}

/** The options as typed on the command line and in the form together. */
export function mergedOptions(given: Record<string, string>, raw: RawFields): Record<string, string> {
  const texts = { ...given };
  for (const [name, value] of Object.entries(raw)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

/** How an option looks as a field. */
export function fieldInput({ input, example }: Option<unknown>): FieldInput {
  switch (input.kind) {
    case 'text':
      return { kind: 'line', most: input.most, placeholder: example };
    case 'integer':
      return { kind: 'line', most: 15, placeholder: example };
    case 'yes-no':
      return {
        kind: 'choice',
        choices: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      };
    case 'choice':
      return { kind: 'choice', choices: input.choices };
    case 'lookup':
    case 'channel':
      return { kind: 'lookup', suggest: input.suggest, placeholder: 'Type to search' };
  }
}
