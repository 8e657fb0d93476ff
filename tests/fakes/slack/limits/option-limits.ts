import { asDicts, type Dict, isDict } from '../json.js';
import { checkList, checkString, type Problems } from './problems.js';
import { checkText, checkUrl } from './text-limits.js';

interface OptionRule {
  /** Selects and overflow menus take plain text; checkboxes and radio buttons take mrkdwn too. */
  plain: boolean;
  max: number;
}

/** A list of options: text 75, value 150, description 75; values differ from each other. */
export function checkOptions(problems: Problems, pointer: string, value: unknown, rule: OptionRule): void {
  const options = checkList(problems, pointer, value, { max: rule.max });
  const seen = new Set<unknown>();
  options.forEach((option, index) => {
    checkOption(problems, `${pointer}/${index}`, option, rule.plain);
    const own = isDict(option) ? option.value : undefined;
    if (seen.has(own)) problems.add(`${pointer}/${index}/value`, 'option values must be unique');
    seen.add(own);
  });
}

function checkOption(problems: Problems, pointer: string, option: unknown, plain: boolean): void {
  if (!isDict(option)) {
    problems.add(pointer, 'must be an option object');
    return;
  }
  checkText(problems, `${pointer}/text`, option.text, { max: 75, plain });
  checkString(problems, `${pointer}/value`, option.value, { max: 150, required: option.url === undefined });
  checkText(problems, `${pointer}/description`, option.description, { max: 75, plain, optional: true });
  checkUrl(problems, `${pointer}/url`, option.url);
}

/** Up to 100 groups, each with a label of 75 and up to 100 options. */
export function checkOptionGroups(problems: Problems, pointer: string, value: unknown): void {
  checkList(problems, pointer, value, { max: 100 }).forEach((group, index) => {
    const at = `${pointer}/${index}`;
    if (!isDict(group)) {
      problems.add(at, 'must be an option group');
      return;
    }
    checkText(problems, `${at}/label`, group.label, { max: 75, plain: true });
    checkOptions(problems, `${at}/options`, group.options, { plain: true, max: 100 });
  });
}

/** Either `options` or `option_groups`, never both and never neither. */
export function checkChoices(problems: Problems, pointer: string, element: Dict): void {
  const hasOptions = element.options !== undefined;
  const hasGroups = element.option_groups !== undefined;
  if (hasOptions === hasGroups) {
    problems.add(pointer, 'must provide either options or option_groups');
    return;
  }
  if (hasOptions) checkOptions(problems, `${pointer}/options`, element.options, { plain: true, max: 100 });
  else checkOptionGroups(problems, `${pointer}/option_groups`, element.option_groups);
}

/** All options of an element, out of their groups. */
export function optionsOf(element: Dict): Dict[] {
  const grouped = asDicts(element.option_groups).flatMap((group) => asDicts(group.options));
  return [...asDicts(element.options), ...grouped];
}

/** What is chosen from the start has to be one of the options. */
export function checkInitialOptions(problems: Problems, pointer: string, element: Dict): void {
  const values = new Set(optionsOf(element).map((option) => option.value));
  const { initial_option: one, initial_options: several } = element;
  if (one !== undefined && !(isDict(one) && values.has(one.value))) {
    problems.add(`${pointer}/initial_option`, 'initial option must be one of the options');
  }
  if (several === undefined) return;
  const chosen = checkList(problems, `${pointer}/initial_options`, several, { max: 100 });
  if (!chosen.every((option) => isDict(option) && values.has(option.value))) {
    problems.add(`${pointer}/initial_options`, 'initial options must be among the options');
  }
}
