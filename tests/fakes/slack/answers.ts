import { asString, type Dict, textOf } from './json.js';
import { lengthOf } from './limits/problems.js';
import { valueField } from './views.js';

/** What a person puts into an input: text, a number, labels of options, or people and channels. */
export type Answer = string | number | { id: string } | readonly (string | { id: string })[];

/** @throws Error when a person could not put that into this input. */
export function stateValue(element: Dict, answer: Answer, options: Dict[]): Dict {
  const type = asString(element.type);
  return { type, [valueField(type)]: valueIn(type, element, answer, options) };
}

function valueIn(type: string, element: Dict, answer: Answer, options: Dict[]): unknown {
  const all = Array.isArray(answer) ? answer : [answer];
  if (type.startsWith('multi_') || type === 'checkboxes') {
    const limit = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
    if (all.length > limit) throw new Error(`only ${limit} can be chosen`);
    return all.map((one) => pick(type, one, options));
  }
  if (type === 'file_input') return all.map((one) => ({ id: idOf(one) }));
  if (Array.isArray(answer) && answer.length !== 1) throw new Error(`a ${type} takes exactly one answer`);
  const one = all[0] as string | number | { id: string };
  if (type.endsWith('_select') || type === 'radio_buttons') return pick(type, one, options);
  return typed(type, element, one);
}

function pick(type: string, answer: string | number | { id: string }, options: Dict[]): unknown {
  if (!/static|external|checkboxes|radio/.test(type)) return idOf(answer);
  const option = options.find((one) => textOf(one.text) === answer) ?? options.find((one) => one.value === answer);
  if (option) return option;
  throw new Error(
    `no option "${String(answer)}" among: ${options.map((one) => textOf(one.text)).join(', ') || 'none'}`,
  );
}

function idOf(answer: string | number | { id: string }): string {
  return typeof answer === 'object' ? answer.id : String(answer);
}

const FORMATS: Record<string, RegExp> = {
  datepicker: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  timepicker: /^([01]\d|2[0-3]):[0-5]\d$/,
};

function typed(type: string, element: Dict, answer: string | number | { id: string }): unknown {
  if (typeof answer === 'object') throw new Error(`a ${type} takes text`);
  if (type === 'datetimepicker') {
    if (!Number.isInteger(Number(answer))) throw new Error('a datetimepicker takes Unix seconds');
    return Number(answer);
  }
  const text = String(answer);
  const format = FORMATS[type];
  if (format && !format.test(text)) throw new Error(`"${text}" cannot be picked in a ${type}`);
  if (type === 'rich_text_input') return richText(text);
  if (type === 'plain_text_input' && element.multiline !== true && text.includes('\n')) {
    throw new Error('a single line takes no line breaks');
  }
  return text === '' ? null : text;
}

function richText(text: string): Dict {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}

/** What Slack itself says under an input before anything is sent; nothing when it is content. */
export function complaintOf(block: Dict, value: Dict): string | undefined {
  const element = block.element as Dict;
  const content = value[valueField(asString(element.type))];
  const isEmpty = content === null || content === undefined || (Array.isArray(content) && content.length === 0);
  if (isEmpty) return block.optional === true ? undefined : 'Please complete this required field.';
  if (typeof content !== 'string') return undefined;
  return lengthComplaint(element, content) ?? kindComplaint(element, content);
}

function lengthComplaint(element: Dict, text: string): string | undefined {
  if (element.type !== 'plain_text_input') return undefined;
  const max = Number(element.max_length ?? 3000);
  const min = Number(element.min_length ?? 0);
  if (lengthOf(text) > max) return `Must be at most ${max} characters.`;
  return lengthOf(text) < min ? `Must be at least ${min} characters.` : undefined;
}

function kindComplaint(element: Dict, text: string): string | undefined {
  if (element.type === 'email_text_input') {
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Enter a valid email address.';
  }
  if (element.type === 'url_text_input') return URL.canParse(text) ? undefined : 'Enter a valid URL.';
  if (element.type !== 'number_input') return undefined;
  const format = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!format.test(text)) return 'Enter a valid number.';
  if (element.min_value !== undefined && Number(text) < Number(element.min_value))
    return `Must be at least ${element.min_value}.`;
  if (element.max_value !== undefined && Number(text) > Number(element.max_value))
    return `Must be at most ${element.max_value}.`;
  return undefined;
}
