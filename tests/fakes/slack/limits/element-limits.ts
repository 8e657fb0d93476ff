import { asString, type Dict, isDict } from '../json.js';
import { checkImageSource, type FileLookup } from './image-limits.js';
import { checkChoices, checkInitialOptions, checkOptions } from './option-limits.js';
import { checkString, type Problems } from './problems.js';
import { checkConfirm, checkText, checkUrl } from './text-limits.js';

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'];
const MENUS = SELECTS.flatMap((kind) => [`${kind}_select`, `multi_${kind}_select`]);
const PICKERS = ['checkboxes', 'datepicker', 'radio_buttons', 'timepicker'];
const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input'];

/** Which elements each place takes. */
export const ELEMENTS = {
  actions: new Set([
    ...MENUS,
    ...PICKERS,
    'button',
    'datetimepicker',
    'overflow',
    'rich_text_input',
    'workflow_button',
  ]),
  accessory: new Set([...MENUS, ...PICKERS, 'button', 'image', 'overflow', 'workflow_button']),
  input: new Set([...MENUS, ...PICKERS, ...TYPED, 'datetimepicker', 'file_input']),
};

/** One interactive element or image, allowed at that place. */
export function checkElement(
  problems: Problems,
  pointer: string,
  element: unknown,
  place: keyof typeof ELEMENTS,
  files: FileLookup,
): void {
  if (!isDict(element)) {
    problems.add(pointer, 'must be an element');
    return;
  }
  const type = asString(element.type);
  if (!ELEMENTS[place].has(type)) {
    problems.add(`${pointer}/type`, `unsupported type: ${type || 'none'}`);
    return;
  }
  checkString(problems, `${pointer}/action_id`, element.action_id, { max: 255 });
  checkConfirm(problems, `${pointer}/confirm`, element.confirm);
  checkText(problems, `${pointer}/placeholder`, element.placeholder, { max: 150, plain: true, optional: true });
  checkKind(problems, pointer, element, type, files);
}

function checkKind(problems: Problems, pointer: string, element: Dict, type: string, files: FileLookup): void {
  if (type === 'button') checkButton(problems, pointer, element);
  else if (type === 'image') checkImageSource(problems, pointer, element, files);
  else if (type.endsWith('static_select')) {
    checkChoices(problems, pointer, element);
    checkInitialOptions(problems, pointer, element);
  } else if (type === 'overflow')
    checkOptions(problems, `${pointer}/options`, element.options, { plain: true, max: 5 });
  else if (type === 'checkboxes' || type === 'radio_buttons') {
    checkOptions(problems, `${pointer}/options`, element.options, { plain: false, max: 10 });
    checkInitialOptions(problems, pointer, element);
  } else checkInput(problems, pointer, element, type);
  if (type.startsWith('multi_') && element.max_selected_items !== undefined) {
    checkWhole(problems, `${pointer}/max_selected_items`, element.max_selected_items, 1, Number.MAX_SAFE_INTEGER);
  }
}

function checkButton(problems: Problems, pointer: string, element: Dict): void {
  checkText(problems, `${pointer}/text`, element.text, { max: 75, plain: true });
  checkString(problems, `${pointer}/value`, element.value, { max: 2000 });
  checkString(problems, `${pointer}/accessibility_label`, element.accessibility_label, { max: 75 });
  checkUrl(problems, `${pointer}/url`, element.url);
  if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger') {
    problems.add(`${pointer}/style`, 'must be primary or danger');
  }
}

function checkInput(problems: Problems, pointer: string, element: Dict, type: string): void {
  const initial = (pattern: RegExp, field: string) => {
    const value = element[field];
    if (value !== undefined && !(typeof value === 'string' && pattern.test(value))) {
      problems.add(`${pointer}/${field}`, 'has the wrong format');
    }
  };
  if (type === 'plain_text_input') {
    if (element.min_length !== undefined) checkWhole(problems, `${pointer}/min_length`, element.min_length, 0, 3000);
    if (element.max_length !== undefined) checkWhole(problems, `${pointer}/max_length`, element.max_length, 1, 3000);
    checkString(problems, `${pointer}/initial_value`, element.initial_value, {
      max: Number(element.max_length ?? 3000),
    });
  }
  if (type === 'number_input' && typeof element.is_decimal_allowed !== 'boolean') {
    problems.add(`${pointer}/is_decimal_allowed`, 'missing required field');
  }
  if (type === 'number_input') initial(/^-?\d+(\.\d+)?$/, 'initial_value');
  if (type === 'datepicker') initial(/^\d{4}-\d{2}-\d{2}$/, 'initial_date');
  if (type === 'timepicker') initial(/^([01]\d|2[0-3]):[0-5]\d$/, 'initial_time');
  if (type === 'datetimepicker' && element.initial_date_time !== undefined) {
    checkWhole(problems, `${pointer}/initial_date_time`, element.initial_date_time, 1e9, 9_999_999_999);
  }
  if (type === 'file_input' && element.max_files !== undefined) {
    checkWhole(problems, `${pointer}/max_files`, element.max_files, 1, 10);
  }
}

function checkWhole(problems: Problems, pointer: string, value: unknown, min: number, max: number): void {
  if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
    problems.add(pointer, `must be a whole number from ${min} to ${max}`);
  }
}
