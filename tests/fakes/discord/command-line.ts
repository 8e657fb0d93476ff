import { asList, asNumber, asRecord, asText, isGiven, type Json } from './json.js';
import type { Place, Platform } from './platform.js';
import { type FileInput, REFERENCES, type Reference, Resolved } from './resolved.js';
import type { RegisteredCommand } from './world.js';

/** What a person puts into a command's options: text, a number, yes or no, somebody or something picked, a file. */
export type OptionValue = string | number | boolean | Reference | FileInput;

/** Option kinds. @see developers/interactions/application-commands, "Application Command Option Type" */
const Option = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
const PICKED: Record<number, readonly ('user' | 'role' | 'channel')[]> = {
  [Option.user]: REFERENCES.user,
  [Option.channel]: REFERENCES.channel,
  [Option.role]: REFERENCES.role,
  [Option.mentionable]: REFERENCES.mentionable,
};

interface Typed {
  /** `/orgs join` */
  line: string;
  given: Record<string, OptionValue>;
  /** The option being typed into, for suggestions. */
  focused?: { name: string; partial: string };
}

/** The data of a slash command as Discord's client would send it. Throws where that client would not let one send. */
export function commandData(platform: Platform, place: Place, { line, given, focused }: Typed): Json {
  const [name = '', ...path] = line.replace(/^\//, '').split(/\s+/);
  const command = findCommand(platform, place, name, 1);
  const { leaf, wrap } = descend(command, path, line);
  const resolved = new Resolved(platform, place);
  const known = asList(leaf.options).map(asRecord);
  refuseUnknown(line, known, [...Object.keys(given), ...(focused ? [focused.name] : [])]);
  const options = known.flatMap((option) => fillOption(option, { line, given, focused }, resolved));
  return {
    id: command.id,
    name: command.name,
    type: 1,
    ...(isGiven(command.guild_id) && { guild_id: command.guild_id }),
    options: wrap(options),
    resolved: resolved.toJSON(),
  };
}

/** The data of a command picked from the menu of a person (2) or a message (3). */
export function menuCommandData(
  platform: Platform,
  place: Place,
  { name, type, targetId }: { name: string; type: 2 | 3; targetId: string },
): Json {
  const command = findCommand(platform, place, name, type);
  const resolved = new Resolved(platform, place);
  if (type === 2) resolved.add({ id: targetId }, REFERENCES.user);
  const message = platform.world.messages.get(targetId);
  const messages = type === 3 && message ? { messages: { [targetId]: platform.json.message(message) } } : {};
  return { id: command.id, name, type, target_id: targetId, resolved: { ...resolved.toJSON(), ...messages } };
}

/** A registered command this person is offered at this place. */
function findCommand({ world }: Platform, { guild, user }: Place, name: string, type: number): RegisteredCommand {
  const all = [...(world.commands.get(guild?.id ?? '-') ?? []), ...(world.commands.get('') ?? [])];
  const command = all.find((candidate) => candidate.name === name && candidate.type === type);
  if (!command)
    throw new Error(
      `No command /${name} is registered; there are: ${all.map((known) => known.name).join(', ') || 'none'}`,
    );
  const context = guild ? 0 : 1;
  if (Array.isArray(command.contexts) && !command.contexts.includes(context)) {
    throw new Error(`/${name} is not offered in ${guild ? 'servers' : 'direct messages'}`);
  }
  const needed = isGiven(command.default_member_permissions)
    ? BigInt(String(command.default_member_permissions))
    : undefined;
  const own = guild?.members.get(user.id)?.permissions ?? 0n;
  const isAdmin = guild?.ownerId === user.id || (own & 8n) !== 0n;
  if (guild && needed !== undefined && !isAdmin && (needed === 0n || (own & needed) !== needed)) {
    throw new Error(`/${name} is not offered to ${user.username}: it needs permissions ${needed}`);
  }
  return command;
}

/** Follows group and subcommand to the options, and remembers how to wrap the answers again. */
function descend(command: RegisteredCommand, path: string[], line: string) {
  let leaf: Json = command;
  let wrap = (options: Json[]): Json[] => options;
  for (const name of path) {
    const options = asList(leaf.options).map(asRecord);
    const next = options.find(
      (option) => option.name === name && [Option.subcommand, Option.group].includes(asNumber(option.type)),
    );
    if (!next)
      throw new Error(`${line}: no subcommand ${name}; there are: ${options.map((option) => option.name).join(', ')}`);
    const outer = wrap;
    wrap = (inner) => outer([{ type: next.type, name, options: inner }]);
    leaf = next;
  }
  const isUnfinished = asList(leaf.options).some((option) => asNumber(asRecord(option).type) <= Option.group);
  if (isUnfinished)
    throw new Error(
      `${line} needs one of: ${asList(leaf.options)
        .map((option) => asRecord(option).name)
        .join(', ')}`,
    );
  return { leaf, wrap };
}

function refuseUnknown(line: string, known: Json[], names: string[]): void {
  const unknown = names.find((name) => !known.some((option) => option.name === name));
  if (unknown === undefined) return;
  throw new Error(`${line} has no option ${unknown}; it has: ${known.map(({ name }) => name).join(', ') || 'none'}`);
}

function fillOption(
  option: Json,
  { line, given, focused }: Omit<Typed, 'focused'> & { focused: Typed['focused'] },
  resolved: Resolved,
): Json[] {
  const name = asText(option.name);
  const type = asNumber(option.type);
  if (focused?.name === name) {
    if (option.autocomplete !== true) throw new Error(`${line}: option ${name} suggests nothing`);
    return [{ type, name, value: focused.partial, focused: true }];
  }
  const value = given[name];
  if (value !== undefined) return [{ type, name, value: convert(option, value, { line, resolved }) }];
  if (option.required === true && !focused) throw new Error(`${line} needs option ${name}`);
  return [];
}

function convert(
  option: Json,
  value: OptionValue,
  { line, resolved }: { line: string; resolved: Resolved },
): string | number | boolean {
  const where = `${line}: option ${asText(option.name)}`;
  const type = asNumber(option.type);
  const kinds = PICKED[type];
  if (kinds && typeof value === 'object' && 'id' in value) return resolved.add(value, kinds);
  if (type === Option.attachment && typeof value === 'object' && 'bytes' in value) return resolved.addFile(value);
  if (type === Option.boolean && typeof value === 'boolean') return value;
  if (type === Option.string && typeof value === 'string')
    return checkedText(option, chosen(option, value, where) as string, where);
  if (
    (type === Option.integer || type === Option.number) &&
    (typeof value === 'number' || asList(option.choices).length > 0)
  ) {
    return checkedNumber(option, chosen(option, value as number, where) as number, where);
  }
  throw new Error(`${where} is of type ${type} and does not take ${JSON.stringify(value)}`);
}

/** Where there are choices a person picks one, by its name or its value; elsewhere the value stands as typed. */
function chosen(option: Json, value: string | number, where: string): unknown {
  const choices = asList(option.choices).map(asRecord);
  if (choices.length === 0) return value;
  const choice = choices.find((candidate) => candidate.value === value || candidate.name === value);
  if (!choice) throw new Error(`${where} offers only: ${choices.map(({ name }) => name).join(', ')}`);
  return choice.value;
}

function checkedText(option: Json, text: string, where: string): string {
  const min = isGiven(option.min_length) ? asNumber(option.min_length) : 0;
  const max = isGiven(option.max_length) ? asNumber(option.max_length) : 6000;
  if (text.length < min || text.length > max) throw new Error(`${where} takes ${min} to ${max} characters`);
  return text;
}

function checkedNumber(option: Json, value: number, where: string): number {
  const min = isGiven(option.min_value) ? asNumber(option.min_value) : -Infinity;
  const max = isGiven(option.max_value) ? asNumber(option.max_value) : Infinity;
  if (option.type === Option.integer && !Number.isInteger(value)) throw new Error(`${where} takes whole numbers`);
  if (value < min || value > max) throw new Error(`${where} takes ${min} to ${max}`);
  return value;
}
