import { distance } from 'fastest-levenshtein';
import { runs } from '../../bot/actions.js';
import { nearest } from '../../bot/nearest.js';
import type { Command, Registry } from '../../bot/registry.js';
import { bold, code, commandName, type RichText, rich } from '../../bot/text.js';
import { usageLine } from '../../bot/usage.js';
import { type Button, button, buttons, paragraph, type View } from '../../bot/views.js';
import type { Parsed } from './parse-command.js';

/** The answer to a slash command that could not be understood: what was wrong, and how it is written right. */
export function commandProblemView(registry: Registry, parsed: Exclude<Parsed, { kind: 'command' }>): View {
  return parsed.kind === 'bad-options' ? badOptionsView(parsed) : noSuchCommandView(registry, parsed.words);
}

function badOptionsView({ command, problems, unknown }: Extract<Parsed, { kind: 'bad-options' }>): View {
  const names = Object.keys(command.options);
  const lines: RichText[] = [
    ...unknown.map((name) => unknownOption(name, names)),
    ...Object.entries(problems).map(([name, problem]) => rich`${bold(short(name))}: ${problem}`),
  ];
  return {
    tone: 'careful',
    blocks: [
      ...lines.slice(0, 5).map((line) => paragraph(line)),
      paragraph(rich`It is written like this: ${code(usageLine(command))}`),
      buttons(...runButton(command), button('How this works', runs('help', { topic: command.name }))),
    ],
  };
}

function unknownOption(typed: string, names: readonly string[]): RichText {
  const meant = nearest(typed, names);
  if (meant) return rich`I don’t know ${code(short(typed))}. Did you mean ${code(meant)}?`;
  if (names.length === 0) return rich`I don’t know ${code(short(typed))}: this command takes no options.`;
  return rich`I don’t know ${code(short(typed))}.`;
}

/** How many commands of a group are shown in full; the rest is one tap away. */
const MOST_SHOWN = 8;
const MOST_BUTTONS = 4;

/** The group's commands, the nearest first. An empty subcommand is a question, not a mistake. */
function noSuchCommandView(registry: Registry, typed: string): View {
  const [group = '', ...rest] = typed.split(' ');
  const inGroup = registry.commands.filter(({ name }) => name === group || name.startsWith(`${group} `));
  const asked = rest.join(' ');
  const ordered = asked === '' ? inGroup : byNearness(inGroup, typed);
  const shown = ordered.slice(0, MOST_SHOWN);
  const said: RichText =
    asked === ''
      ? rich`${registry.groups[group] ?? 'Commands'}. This is what there is:`
      : rich`I don’t know ${code(`/${short(typed)}`)}. These come nearest:`;
  return {
    ...(asked === '' ? {} : { tone: 'careful' as const }),
    blocks: [
      paragraph(said),
      ...shown.map((one) => paragraph(rich`${usage(one)} ${one.description}`)),
      buttons(
        ...shown.flatMap(runButton).slice(0, MOST_BUTTONS),
        button(ordered.length > shown.length ? 'All of them' : 'Help', runs('help', { topic: group })),
      ),
    ],
  };
}

function usage(command: Command): RichText {
  return Object.keys(command.options).length === 0 ? [commandName(command.name)] : [code(usageLine(command))];
}

/** By spelling: a word that begins as the typed one does counts as near. */
function byNearness(commands: readonly Command[], typed: string): Command[] {
  const score = ({ name }: Command) => {
    const asked = typed.toLowerCase().slice(0, name.length + 3);
    return distance(asked, name) - (name.startsWith(asked) ? 10 : 0);
  };
  return [...commands].sort((one, other) => score(one) - score(other));
}

/** A button that runs the command, where it needs nothing. */
function runButton(command: Command): Button[] {
  const needsValues = Object.values(command.options).some(({ isRequired }) => isRequired);
  return needsValues ? [] : [button(`/${command.name}`, runs(command.name))];
}

function short(typed: string): string {
  const characters = [...typed.replace(/\s+/gu, ' ')];
  return characters.length <= 60 ? characters.join('') : `${characters.slice(0, 59).join('')}…`;
}
