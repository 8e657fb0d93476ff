import { asList, asNumber, asRecord, asText, isGiven, type Json } from '../json.js';
import { type Path, Problems } from '../problems.js';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Options that hold other options: a subcommand (1) and a group of them (2). */
const SUBCOMMAND = 1;
const GROUP = 2;

/** Most commands an application may have: slash (1), on a user (2), on a message (3). */
const MOST: Record<number, number> = { 1: 100, 2: 15, 3: 15 };

/** A whole list as given to the bulk call: each command, how many there are, no name twice. */
export function checkCommandList(commands: readonly Json[]): Problems {
  const problems = new Problems();
  commands.forEach((command, index) => {
    checkInto(problems, [index], command);
  });
  for (const [type, max] of Object.entries(MOST)) {
    const names = commands.filter((command) => typeOf(command) === Number(type)).map(({ name }) => name);
    if (names.length > max)
      problems.add([], 'MAX_APPLICATION_COMMANDS', `${names.length} of type ${type}; at most ${max}.`);
    problems.unique([], names, 'APPLICATION_COMMANDS_DUPLICATE_NAME');
  }
  return problems;
}

/** One command. @see developers/interactions/application-commands */
export function checkCommand(command: Json): Problems {
  const problems = new Problems();
  checkInto(problems, [], command);
  return problems;
}

function typeOf(command: Json): number {
  return isGiven(command.type) ? asNumber(command.type) : 1;
}

function checkInto(problems: Problems, path: Path, command: Json): void {
  if (typeOf(command) !== 1) {
    problems.text([...path, 'name'], command.name, { min: 1, max: 32 });
    if (command.description)
      problems.add([...path, 'description'], 'APPLICATION_COMMAND_NO_DESCRIPTION', 'Must be empty.');
    return;
  }
  checkNamed(problems, path, command);
  checkOptionList(problems, path, command, { depth: 0 });
  const size = sizeOf(command);
  if (size > 8000) problems.add(path, 'APPLICATION_COMMAND_TOO_LARGE', `${size} characters; at most 8000.`);
}

function checkNamed(problems: Problems, path: Path, item: Json): void {
  const name = asText(item.name);
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    problems.add([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
  problems.text([...path, 'description'], item.description, { min: 1, max: 100 });
}

function checkOptionList(problems: Problems, path: Path, holder: Json, { depth }: { depth: number }): void {
  const options = asList(holder.options).map(asRecord);
  const at = [...path, 'options'];
  problems.count(at, options.length, { max: 25 });
  problems.unique(
    at,
    options.map(({ name }) => name),
    'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  );
  const nested = options.filter(({ type }) => type === SUBCOMMAND || type === GROUP);
  if (nested.length > 0 && nested.length < options.length) {
    problems.add(at, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Subcommands cannot stand beside other options.');
  }
  const firstOptional = options.findIndex(({ required }) => required !== true);
  const lateRequired = firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required === true);
  if (lateRequired) {
    problems.add(
      at,
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      'Required options must be placed before non-required options',
    );
  }
  options.forEach((option, index) => {
    checkOption(problems, [...at, index], option, { depth });
  });
}

function checkOption(problems: Problems, path: Path, option: Json, { depth }: { depth: number }): void {
  checkNamed(problems, path, option);
  if (option.type === GROUP && depth > 0)
    problems.add(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group stands at the top.');
  if (option.type === SUBCOMMAND && depth > 1)
    problems.add(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Nested too deep.');
  if (option.type === GROUP) checkGroup(problems, path, option);
  else if (option.type === SUBCOMMAND) checkOptionList(problems, path, option, { depth: 2 });
  else checkValueOption(problems, path, option);
}

function checkValueOption(problems: Problems, path: Path, option: Json): void {
  const choices = asList(option.choices).map(asRecord);
  problems.count([...path, 'choices'], choices.length, { max: 25 });
  problems.unique(
    [...path, 'choices'],
    choices.map(({ name }) => name),
    'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
  );
  choices.forEach(({ name, value }, index) => {
    problems.text([...path, 'choices', index, 'name'], name, { min: 1, max: 100 });
    if (option.type === 3) problems.text([...path, 'choices', index, 'value'], value, { max: 100 });
  });
  if (choices.length > 0 && option.autocomplete === true) {
    problems.add(
      [...path, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'Choices exclude autocomplete.',
    );
  }
  problems.range([...path, 'min_length'], option.min_length, { min: 0, max: 6000 });
  problems.range([...path, 'max_length'], option.max_length, { min: 1, max: 6000 });
}

function checkGroup(problems: Problems, path: Path, group: Json): void {
  const isOther = asList(group.options).some((option) => asRecord(option).type !== SUBCOMMAND);
  if (isOther || asList(group.options).length === 0) {
    problems.add([...path, 'options'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group holds subcommands only.');
  }
  checkOptionList(problems, path, group, { depth: 1 });
}

/** Names, descriptions and values over the whole command; of a text and its translations the longest counts. */
function sizeOf(item: Json): number {
  const longest = (text: unknown, translations: unknown) =>
    Math.max(asText(text).length, ...Object.values(asRecord(translations)).map((value) => asText(value).length));
  const own = longest(item.name, item.name_localizations) + longest(item.description, item.description_localizations);
  const choices = asList(item.choices).map(asRecord);
  const ofChoices = choices.map(
    (choice) => longest(choice.name, choice.name_localizations) + asText(choice.value).length,
  );
  const ofOptions = asList(item.options).map((option) => sizeOf(asRecord(option)));
  return [...ofChoices, ...ofOptions].reduce((sum, size) => sum + size, own);
}
