import type { FormField } from '../forms.js';
import type { Suggest } from '../options.js';

/** What is read of a name, in characters. */
const MOST_TYPED = 100;

/** A member of the org by name, in a form; who is meant is for the service to find. */
export function memberField(hint: string, suggest: Suggest): FormField<string> {
  return {
    label: 'Member',
    hint,
    isRequired: true,
    input: { kind: 'lookup', suggest, placeholder: 'Type a name' },
    read: (raw) => {
      const text = (Array.isArray(raw) ? raw[0] : raw)?.trim() ?? '';
      if (text === '') return { ok: false, problem: 'It needs a name, such as Ana.' };
      return { ok: true, value: [...text].slice(0, MOST_TYPED).join('') };
    },
  };
}
