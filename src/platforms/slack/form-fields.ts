import type { RawField, RawFields } from '../../bot/forms.js';
import type { SubmissionPayload } from './payloads.js';
import { fieldOfBlock } from './render-form.js';

type Values = SubmissionPayload['view']['state']['values'];

/** What a person put into a modal, by field. */
export function readFormFields(values: Values): RawFields {
  const fields: RawFields = {};
  for (const [blockId, elements] of Object.entries(values)) {
    const name = fieldOfBlock(blockId);
    const [element] = Object.values(elements);
    if (name !== undefined && element) fields[name] = rawField(element);
  }
  return fields;
}

function rawField(element: Values[string][string]): RawField {
  if (element.selected_options) return element.selected_options.map(({ value }) => value);
  return element.selected_option?.value ?? element.value ?? undefined;
}
