import type { WireCommand } from '../wire.js';

/** What was typed after a slash, read as a command with options. */
export interface TypedCommand {
  command: WireCommand;
  options: Record<string, string>;
  /** Whether something stands behind the command's name. */
  hasRest: boolean;
}

/**
 * Reads `/orgs browse query:chess city:"New York"`. Words that name no option go to the first required option that is
 * missing, so that `/orgs join BAISH` works; where there is none, they are kept under their own name for the server to
 * explain.
 */
export function readCommand(text: string, commands: readonly WireCommand[]): TypedCommand | undefined {
  const typed = text
    .trim()
    .replace(/^\/\s*/, '')
    .replace(/[“”„]/g, '"');
  const command = commands
    .filter(({ name }) => typed === name || typed.toLowerCase().startsWith(`${name} `))
    .sort((one, other) => other.name.length - one.name.length)[0];
  if (!command) return undefined;
  const rest = typed.slice(command.name.length).trim();
  return { command, options: readOptions(rest, command), hasRest: rest !== '' };
}

function readOptions(rest: string, command: WireCommand): Record<string, string> {
  const options: Record<string, string> = {};
  const loose: string[] = [];
  let last: string | undefined;
  for (const [, name, quoted, bare, alone] of rest.matchAll(
    /([a-z][a-z0-9-]*):(?:"([^"]*)"?|(\S*))|("[^"]*"?|\S+)/giu,
  )) {
    if (name !== undefined && !/^https?$/i.test(name)) {
      last = name.toLowerCase();
      options[last] = quoted ?? bare ?? '';
    } else if (last !== undefined && name === undefined) {
      // "city:New York" without quotes: what follows belongs to it.
      options[last] = `${options[last]} ${unquoted(alone ?? '')}`.trim();
    } else {
      loose.push(name === undefined ? unquoted(alone ?? '') : `${name}:${quoted ?? bare ?? ''}`);
    }
  }
  const words = loose.join(' ');
  if (words === '') return options;
  const home = command.options.find((option) => option.isRequired && !options[option.name]) ?? command.options[0];
  return home && !options[home.name] ? { ...options, [home.name]: words } : { ...options, [words.slice(0, 40)]: words };
}

const unquoted = (text: string): string => text.replace(/^"|"$/g, '');

/** The command as it is typed. */
export function writeCommand(name: string, options: Record<string, string>): string {
  const given = Object.entries(options)
    .filter(([, text]) => text !== '')
    .map(([option, text]) => `${option}:${/\s/.test(text) ? `"${text.replaceAll('"', '')}"` : text}`);
  return [`/${name}`, ...given].join(' ');
}

/** The commands that fit what was typed so far, the best first; all of them for nothing. */
export function matchCommands(text: string, commands: readonly WireCommand[]): WireCommand[] {
  const typed = readCommand(text, commands);
  if (typed?.hasRest) return [typed.command];
  const wanted = text.replace(/^\//, '').trim().toLowerCase();
  if (wanted === '') return [...commands];
  return commands
    .map((command) => ({ command, score: scoreOf(command, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ command }) => command);
}

function scoreOf({ name, description }: WireCommand, wanted: string): number {
  if (name === wanted) return 100;
  if (name.startsWith(wanted)) return 90;
  if (name.split(' ').some((word) => word.startsWith(wanted))) return 70;
  const words = wanted.split(/\s+/);
  if (words.every((word) => name.split(' ').some((part) => part.startsWith(word)))) return 60;
  if (words.every((word) => `${name} ${description}`.toLowerCase().includes(word))) return 40;
  return isSubsequence(wanted.replace(/\s/g, ''), name) ? 20 : 0;
}

function isSubsequence(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const found = text.indexOf(letter, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}
