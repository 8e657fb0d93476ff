import { type Component, isSelect, Kind } from '../components.js';
import { asList, asRecord, isGiven } from '../json.js';
import type { Path, Problems } from '../problems.js';

/** A button: label or emoji, and either an address or an id. @see developers/components/reference, "Button" */
export function checkButton(problems: Problems, path: Path, button: Component): void {
  problems.optionalText([...path, 'label'], button.label, { max: 80 });
  if (!button.label && !isGiven(button.emoji) && button.style !== 6) {
    problems.add(path, 'BUTTON_COMPONENT_REQUIRES_LABEL_OR_EMOJI', 'A button needs a label or an emoji.');
  }
  if (button.style === 5) checkLinkButton(problems, path, button);
  else if (button.style !== 6) checkCustomId(problems, path, button.custom_id);
  if (button.style !== 5 && isGiven(button.url)) {
    problems.add([...path, 'url'], 'BUTTON_COMPONENT_URL_NOT_ALLOWED', 'Only link buttons have an address.');
  }
  if (!button.style || button.style > 6) problems.add([...path, 'style'], 'BASE_TYPE_CHOICES', 'Must be one of 1-6.');
}

function checkLinkButton(problems: Problems, path: Path, button: Component): void {
  problems.text([...path, 'url'], button.url, { min: 1, max: 512 });
  if (isGiven(button.custom_id)) {
    problems.add(path, 'BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED', 'A link button has no custom id.');
  }
  if (!/^(https?|discord):\/\/\S+$/.test(button.url ?? '')) {
    problems.add([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
  }
}

/** An id of 1-100 characters, needed by everything a person can use. */
export function checkCustomId(problems: Problems, path: Path, customId: unknown): void {
  problems.text([...path, 'custom_id'], customId, { min: 1, max: 100 });
}

/** A select of any kind: its ranges, and its options where it has them. */
export function checkSelect(problems: Problems, path: Path, select: Component): void {
  checkCustomId(problems, path, select.custom_id);
  problems.optionalText([...path, 'placeholder'], select.placeholder, { max: 150 });
  checkValueRange(problems, path, select, 25);
  if (select.type === Kind.stringSelect) checkOptions(problems, path, select, { min: 1, max: 25 });
}

/** How many values may be picked. More than there are options is refused as well. */
export function checkValueRange(problems: Problems, path: Path, component: Component, max: number): void {
  problems.range([...path, 'min_values'], component.min_values, { min: 0, max });
  problems.range([...path, 'max_values'], component.max_values, { min: 1, max });
  if ((component.min_values ?? 0) > (component.max_values ?? Math.max(1, component.min_values ?? 0))) {
    problems.add([...path, 'min_values'], 'NUMBER_TYPE_MAX', 'min_values is above max_values.');
  }
}

/** The options of a select or a group: lengths, no value twice, no more preset than may be picked. */
export function checkOptions(
  problems: Problems,
  path: Path,
  component: Component,
  bounds: { min: number; max: number },
): void {
  const options = asList(component.options).map(asRecord);
  problems.count([...path, 'options'], options.length, bounds);
  options.forEach((option, index) => {
    const at = [...path, 'options', index];
    problems.text([...at, 'label'], option.label, { min: 1, max: 100 });
    problems.text([...at, 'value'], option.value, { min: 1, max: 100 });
    problems.optionalText([...at, 'description'], option.description, { max: 100 });
  });
  problems.unique(
    [...path, 'options'],
    options.map(({ value }) => value),
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  );
  checkAgainstOptions(problems, path, component, options.length);
}

function checkAgainstOptions(problems: Problems, path: Path, component: Component, optionCount: number): void {
  const most = component.max_values ?? (component.type === Kind.checkboxGroup ? optionCount : 1);
  const preset = asList(component.options).filter((option) => asRecord(option).default === true).length;
  if ((component.max_values ?? 0) > optionCount) {
    problems.add([...path, 'max_values'], 'NUMBER_TYPE_MAX', `There are only ${optionCount} options.`);
  }
  if (preset > most)
    problems.add([...path, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'Too many preset options.');
}

/** Up to five buttons, or one select alone. */
export function checkActionRow(problems: Problems, path: Path, row: Component): void {
  const children = asList(row.components) as Component[];
  problems.count([...path, 'components'], children.length, { min: 1, max: 5 });
  if (children.some(isSelect) && children.length > 1) {
    problems.add([...path, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select fills its row.');
  }
  children.forEach((child, index) => {
    const at = [...path, 'components', index];
    if (child.type === Kind.button) checkButton(problems, at, child);
    else if (isSelect(child)) checkSelect(problems, at, child);
    else problems.add(at, 'UNION_TYPE_CHOICES', `Type ${child.type} cannot stand in an action row.`);
  });
}
