import { type Component, isSelect, Kind } from '../components.js';
import { asList, asRecord, isGiven, type Json } from '../json.js';
import { type Path, Problems } from '../problems.js';
import { checkCustomId, checkOptions, checkSelect, checkValueRange } from './component-limits.js';

/** A form about to be opened. @see developers/components/reference; developers/interactions/receiving-and-responding */
export function checkModal(modal: Json): Problems {
  const problems = new Problems();
  const components = asList(modal.components) as Component[];
  checkCustomId(problems, [], modal.custom_id);
  problems.text(['title'], modal.title, { min: 1, max: 45 });
  // The published schema says 40; the documentation says 5, and the stricter is safe.
  problems.count(['components'], components.length, { min: 1, max: 5 });
  components.forEach((component, index) => {
    checkTopLevel(problems, ['components', index], component);
  });
  const ids = inputsOf(components).map(({ custom_id }) => custom_id);
  problems.unique(['components'], ids, 'COMPONENT_CUSTOM_ID_DUPLICATED');
  return problems;
}

/** The components a person fills in, in order. */
export function inputsOf(components: readonly Component[]): Component[] {
  return components.flatMap((top) => (top.type === Kind.label ? (top.component ?? []) : (top.components ?? [])));
}

function checkTopLevel(problems: Problems, path: Path, component: Component) {
  if (component.type === Kind.textDisplay)
    return problems.text([...path, 'content'], component.content, { min: 1, max: 4000 });
  if (component.type === Kind.label) return checkLabel(problems, path, component);
  const [input] = component.components ?? [];
  if (component.type === Kind.actionRow && input?.type === Kind.textInput) {
    problems.text([...path, 'components', 0, 'label'], input.label, { min: 1, max: 45 });
    return checkTextInput(problems, [...path, 'components', 0], input);
  }
  problems.add([...path, 'type'], 'UNION_TYPE_CHOICES', `Type ${component.type} cannot stand in a form.`);
}

function checkLabel(problems: Problems, path: Path, label: Component) {
  problems.text([...path, 'label'], label.label, { min: 1, max: 45 });
  problems.optionalText([...path, 'description'], label.description, { min: 1, max: 100 });
  const at = [...path, 'component'];
  const input = label.component;
  if (!input) return problems.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
  if (input.type === Kind.textInput) return checkLabelledTextInput(problems, at, input);
  if (isSelect(input)) return checkModalSelect(problems, at, input);
  checkCustomId(problems, at, input.custom_id);
  if (input.type === Kind.fileUpload) return checkValueRange(problems, at, input, 10);
  if (input.type === Kind.radioGroup) return checkOptions(problems, at, input, { min: 2, max: 10 });
  if (input.type === Kind.checkboxGroup) {
    checkValueRange(problems, at, input, 10);
    return checkOptions(problems, at, input, { min: 1, max: 10 });
  }
  if (input.type !== Kind.checkbox)
    problems.add([...at, 'type'], 'UNION_TYPE_CHOICES', `Type ${input.type} has no label.`);
}

function checkLabelledTextInput(problems: Problems, path: Path, input: Component) {
  if (isGiven(input.label)) {
    problems.add(
      [...path, 'label'],
      'TEXT_INPUT_LABEL_NOT_ALLOWED',
      'Inside a label the input has no label of its own.',
    );
  }
  checkTextInput(problems, path, input);
}

function checkTextInput(problems: Problems, path: Path, input: Component) {
  checkCustomId(problems, path, input.custom_id);
  problems.optionalText([...path, 'placeholder'], input.placeholder, { max: 100 });
  problems.optionalText([...path, 'value'], input.value, { max: input.max_length ?? 4000 });
  problems.range([...path, 'min_length'], input.min_length, { min: 0, max: 4000 });
  problems.range([...path, 'max_length'], input.max_length, { min: 1, max: 4000 });
  if (input.style !== 1 && input.style !== 2) problems.add([...path, 'style'], 'BASE_TYPE_CHOICES', 'Must be 1 or 2.');
  if ((input.min_length ?? 0) > (input.max_length ?? 4000)) {
    problems.add([...path, 'min_length'], 'NUMBER_TYPE_MAX', 'min_length is above max_length.');
  }
  if (input.value && input.value.length < (input.min_length ?? 0)) {
    problems.add([...path, 'value'], 'BASE_TYPE_MIN_LENGTH', `Must be ${input.min_length} or more in length.`);
  }
}

/** In a form a select is required unless it says otherwise, and cannot be disabled. */
function checkModalSelect(problems: Problems, path: Path, select: Component) {
  checkSelect(problems, path, select);
  if (asRecord(select).disabled === true) {
    problems.add([...path, 'disabled'], 'COMPONENT_DISABLED_IN_MODAL', 'A select in a form cannot be disabled.');
  }
  if (select.required !== false && select.min_values === 0) {
    problems.add([...path, 'min_values'], 'NUMBER_TYPE_MIN', 'A required select needs at least one value.');
  }
}
