import { nearest } from '../../bot/nearest.js';
import type { Command, Registry } from '../../bot/registry.js';
import { type Token, tokenize } from './tokenize.js';

/** What somebody typed after a slash, understood or not. */
export type Parsed =
  | { kind: 'command'; command: Command; texts: Record<string, string> }
  /** The group is known, its subcommand is missing or unknown. */
  | { kind: 'no-such-command'; words: string }
  | { kind: 'bad-options'; command: Command; problems: Record<string, string>; unknown: string[] };

/**
 * Reads a slash command: `/orgs` and `browse query:"reading group" type:chapter`. The words are matched greedily
 * against the registry's names, of one to three words; what follows are options as `name:value` in any order, and
 * values by position.
 *
 * @param commandPrefix what stands before every command's name in this workspace.
 * @param text as Slack sends it, with its escapes.
 */
export function parseCommand(registry: Registry, commandPrefix: string, slash: string, text: string): Parsed {
  const first = slash.replace(/^\//, '');
  const word = first.startsWith(commandPrefix) ? first.slice(commandPrefix.length) : first;
  const tokens = tokenize(text);
  const names = [
    word,
    ...tokens.slice(0, 2).map((token) => (token.name === undefined ? token.text.toLowerCase() : '')),
  ];
  for (let count = 3; count >= 1; count -= 1) {
    const command = names.length < count ? undefined : registry.findCommand(names.slice(0, count).join(' '));
    if (!command) continue;
    const parsed = readOptions(command, tokens.slice(count - 1));
    return parsed.kind === 'command' ? { ...parsed, texts: withChannelIds(parsed, channelIds(text)) } : parsed;
  }
  return { kind: 'no-such-command', words: [word, ...tokens.map(({ text: typed }) => typed)].join(' ') };
}

function readOptions(command: Command, tokens: Token[]): Parsed {
  const { named, loose } = sortTokens(command, tokens);
  const problems: Record<string, string> = {};
  const unknown: string[] = [];
  const texts: Record<string, string> = {};
  for (const { name, value } of named) {
    if (!Object.hasOwn(command.options, name)) unknown.push(name);
    else if (Object.hasOwn(texts, name)) problems[name] = 'It was given twice; once is enough.';
    else texts[name] = value;
  }
  const extra = placeLoose(command, loose, texts);
  if (extra) problems[extra.name] = extra.problem;
  const isFine = Object.keys(problems).length === 0 && unknown.length === 0;
  return isFine ? { kind: 'command', command, texts } : { kind: 'bad-options', command, problems, unknown };
}

/** The ids behind the channels that somebody mentioned, by how the mention reads. */
function channelIds(text: string): ReadonlyMap<string, string> {
  if (!text.includes('<#')) return NO_CHANNELS;
  return new Map([...text.matchAll(/<#(\w+)(?:\|([^>]*))?>/gu)].map(([, id = '', name]) => [`#${name || id}`, id]));
}

const NO_CHANNELS: ReadonlyMap<string, string> = new Map();

/** A mentioned channel is meant by its id, where a channel is asked for. */
function withChannelIds(
  { command, texts }: Extract<Parsed, { kind: 'command' }>,
  ids: ReadonlyMap<string, string>,
): Record<string, string> {
  if (ids.size === 0) return texts;
  const entries = Object.entries(texts).map(([name, value]) => {
    const isChannel = command.options[name]?.input.kind === 'channel';
    return [name, (isChannel && ids.get(value)) || value];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

interface Sorted {
  named: { name: string; value: string }[];
  loose: Token[];
}

/**
 * Tells options from loose words. `near:` alone takes the next word as its value, as people put a space there; and
 * a loose word with a colon, such as a time or an address, stays a loose word unless it looks like an option's name.
 */
function sortTokens(command: Command, tokens: Token[]): Sorted {
  const sorted: Sorted = { named: [], loose: [] };
  for (let position = 0; position < tokens.length; position += 1) {
    const token = tokens[position];
    if (!token) break;
    const name = optionName(command, token);
    if (name === undefined) {
      sorted.loose.push(token);
      continue;
    }
    const next = tokens[position + 1];
    const takesNext = token.value === '' && !token.isValueQuoted && next !== undefined && next.name === undefined;
    sorted.named.push({ name, value: takesNext ? next.text : (token.value ?? '') });
    if (takesNext) position += 1;
  }
  return sorted;
}

function optionName(command: Command, { name, value }: Token): string | undefined {
  if (name === undefined) return undefined;
  const known = Object.keys(command.options).find((one) => one === name.toLowerCase());
  if (known) return known;
  // "AI Safety: Lisbon" given by position holds a colon too; a misspelt option is one lower-case word with a value.
  const takesText = Object.values(command.options).some(({ input }) => isText(input.kind));
  const looksMeant = /^[a-z][a-z-]*$/.test(name) && (value !== '' || nearest(name, Object.keys(command.options)));
  return takesText && !looksMeant ? undefined : name;
}

/** Puts the loose words where they belong; says what is wrong with those that belong nowhere. */
function placeLoose(
  command: Command,
  loose: Token[],
  texts: Record<string, string>,
): { name: string; problem: string } | undefined {
  if (loose.length === 0) return undefined;
  const open = Object.entries(command.options).filter(([name]) => !Object.hasOwn(texts, name));
  const required = open.filter(([, option]) => option.isRequired).map(([name]) => name);
  const lone = required.length === 0 ? open.find(([, { input }]) => isText(input.kind))?.[0] : undefined;
  const fillable = required.length > 0 ? required : lone ? [lone] : [];
  const last = fillable.at(-1);
  if (last === undefined) {
    const [first] = loose;
    return { name: first?.text ?? '', problem: 'I don’t know where that belongs. Options are written as name:value.' };
  }
  for (const name of fillable.slice(0, -1)) {
    const next = loose.shift();
    if (next) texts[name] = next.text;
  }
  // The last one takes the whole rest, so that names of several words need no quotes.
  if (loose.length > 0) texts[last] = loose.map(({ text }) => text).join(' ');
  return undefined;
}

function isText(kind: string): boolean {
  return kind === 'text' || kind === 'lookup' || kind === 'channel';
}
