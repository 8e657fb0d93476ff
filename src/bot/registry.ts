import type { Access, Action, ActorWith } from './actions.js';
import type { Actor } from './actor.js';
import type { DeliveryWords } from './deliveries.js';
import { type Form, MOST_FORM_FIELDS } from './forms.js';
import type { Options, OptionValues, ReadingContext } from './options.js';
import type { Reply } from './reply.js';

/** A command of the product, with its options erased to what every surface needs. */
export interface Command {
  /** The words after the slash: `orgs browse`, `manage luma connect`, `help`. */
  name: string;
  description: string;
  access: Access;
  options: Options;
  /** Runs it on the options' texts, or says what is wrong with them by option. */
  run(actor: Actor, texts: Record<string, string>, context: ReadingContext): Promise<Reply> | Record<string, string>;
}

/** Defines a command once, for every surface. The handler gets its options as values, typed by their definitions. */
export function command<const O extends Options, A extends Access = 'member'>(definition: {
  name: string;
  description: string;
  access?: A;
  options?: O;
  run: (actor: ActorWith<A>, options: OptionValues<O>) => Promise<Reply>;
}): Command {
  const options = definition.options ?? ({} as O);
  return {
    name: definition.name,
    description: definition.description,
    access: definition.access ?? 'member',
    options,
    run(actor, texts, context) {
      const { values, problems } = readOptions(options, texts, context);
      if (Object.keys(problems).length > 0) return problems;
      return definition.run(actor as ActorWith<A>, values as OptionValues<O>);
    },
  };
}

function readOptions(options: Options, texts: Record<string, string>, context: ReadingContext) {
  const values: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [name, option] of Object.entries(options)) {
    const text = texts[name]?.trim() ?? '';
    if (text === '') {
      if (option.isRequired) problems[name] = `It needs a value, such as ${option.example}.`;
      continue;
    }
    const read = option.read(text, context);
    if (read.ok) values[name] = read.value;
    else problems[name] = read.problem;
  }
  for (const name of Object.keys(texts)) {
    if (!Object.hasOwn(options, name)) problems[name] = 'This command has no such option.';
  }
  return { values, problems };
}

/** What one feature brings. */
export interface BotModule {
  /** What the first words of its commands are about, for menus: `{ orgs: 'Find your local org' }`. */
  groups?: Record<string, string>;
  commands?: Command[];
  actions?: Action[];
  forms?: Form[];
  /** The words for what it sends outside its own answers. */
  messages?: DeliveryWords[];
}

/** Every command, action and form of the product; surfaces draw their menus from it and nothing else. */
export interface Registry {
  commands: readonly Command[];
  groups: Readonly<Record<string, string>>;
  findCommand(name: string): Command | undefined;
  findAction(name: string): Action | undefined;
  findForm(name: string): Form | undefined;
  findMessage(kind: string): DeliveryWords | undefined;
}

/**
 * Gathers the modules. A definition that some platform could not take is our mistake and stops the start.
 *
 * @throws Error naming the definition and the limit.
 */
export function createRegistry(modules: readonly BotModule[]): Registry {
  const commands = modules.flatMap((module) => module.commands ?? []);
  const groups = Object.assign({}, ...modules.map((module) => module.groups ?? {})) as Record<string, string>;
  const commandsByName = byName(commands);
  const actionsByName = byName(modules.flatMap((module) => module.actions ?? []));
  const formsByName = byName(modules.flatMap((module) => module.forms ?? []));
  const messagesByKind = byName(modules.flatMap((module) => module.messages ?? []));
  for (const one of commands) checkCommand(one, groups);
  for (const form of formsByName.values()) checkForm(form);
  return {
    commands,
    groups,
    findCommand: (name) => commandsByName.get(name),
    findAction: (name) => actionsByName.get(name),
    findForm: (name) => formsByName.get(name),
    findMessage: (kind) => messagesByKind.get(kind),
  };
}

function byName<Named extends { name: string }>(list: readonly Named[]): Map<string, Named> {
  const map = new Map<string, Named>();
  for (const one of list) {
    if (map.has(one.name)) throw new Error(`"${one.name}" is defined twice.`);
    map.set(one.name, one);
  }
  return map;
}

// The bounds are Discord's, the narrowest of the three (docs.discord.com, application commands).
const WORD = /^[a-z][a-z0-9-]{0,31}$/;
const MOST_DESCRIPTION = 100;
const MOST_OPTIONS = 25;

function checkCommand(command: Command, groups: Record<string, string>): void {
  const words = command.name.split(' ');
  const entries = Object.entries(command.options);
  const fail = (why: string): never => {
    throw new Error(`Command "${command.name}": ${why}`);
  };
  if (words.length > 3 || !words.every((word) => WORD.test(word))) fail('its name is one to three plain words.');
  if (words.length > 1 && !groups[words[0] ?? '']) fail(`describe the group "${words[0]}" in its module.`);
  if (entries.length > MOST_OPTIONS) fail(`it has more than ${MOST_OPTIONS} options.`);
  for (const [name, { description }] of [[command.name, command] as const, ...entries]) {
    if (description.length < 1 || description.length > MOST_DESCRIPTION) fail(`"${name}" needs 1–100 characters.`);
  }
  if (entries.some(([name]) => !WORD.test(name))) fail('option names are plain words.');
  const firstOptional = entries.findIndex(([, option]) => !option.isRequired);
  if (firstOptional >= 0 && entries.slice(firstOptional).some(([, option]) => option.isRequired)) {
    fail('required options come first.');
  }
}

function checkForm(form: Form): void {
  const count = Object.keys(form.fields).length;
  if (count < 1 || count > MOST_FORM_FIELDS) throw new Error(`Form "${form.name}" has ${count} fields; 1 to 5 fit.`);
}
