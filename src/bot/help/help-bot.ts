import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { fold } from '../../shared/fold.js';
import { defineAction, onAction, runs } from '../actions.js';
import type { Actor } from '../actor.js';
import { lookupOption } from '../options.js';
import { type BotModule, type Command, command, type Registry } from '../registry.js';
import { type Reply, replace, show } from '../reply.js';
import { bold, code, commandName, joined, type RichText, rich } from '../text.js';
import { usageLine } from '../usage.js';
import { type Block, type Button, button, buttons, note, paragraph, type Select, type View } from '../views.js';

/** A group was picked from the overview. */
const explain = defineAction('help.explain', z.object({}), 'anyone');

/** `/help`: drawn from the registry, so that it can never lag behind it. */
export function helpBot({ registry }: { registry: () => Registry }): BotModule {
  const topics = async (_actor: Actor, text: string) => {
    const wanted = fold(text);
    const groups = Object.entries(registry().groups).map(([name, about]) => ({
      value: name,
      label: `${name} · ${about}`,
    }));
    const commands = registry().commands.map(({ name, description }) => ({
      value: name,
      label: `/${name} · ${description}`,
    }));
    return [...groups, ...commands].filter(({ label }) => fold(label).includes(wanted)).slice(0, 25);
  };

  let whole: View | undefined;
  /** The overview never changes while the product runs, and is what people ask for most. */
  const wholeHelp = (): View => {
    whole ??= overview(registry());
    return whole;
  };

  const help = command({
    name: 'help',
    description: 'What I can do, and how each command works',
    access: 'anyone',
    options: { topic: lookupOption('A command or a group of commands', topics, { example: 'orgs' }) },
    run: async (_actor, { topic }) => show(topic === undefined ? wholeHelp() : helpView(registry(), topic)),
  });

  return {
    commands: [help],
    actions: [onAction(explain, async (_actor, _payload, [topic]) => replace(helpView(registry(), topic ?? '')))],
  };
}

/** Help on a topic: a command, a group of commands, or the nearest to what was asked. */
function helpView(registry: Registry, topic: string): View {
  const asked = fold(topic).replace(/^\//, '');
  const exact = registry.findCommand(asked);
  if (exact) return commandHelp(exact);
  if (registry.groups[asked]) return groupHelp(registry, asked);
  const [nearest] = nearestCommands(registry, asked, 3);
  return {
    blocks: [
      paragraph(rich`I have no help on “${bold(topic.slice(0, 60))}”.`),
      ...(nearest
        ? [paragraph(rich`The nearest I know is ${commandName(nearest.name)}: ${nearest.description}.`)]
        : []),
      buttons(
        ...(nearest ? [button(`Help on ${nearest.name}`.slice(0, 34), runs('help', { topic: nearest.name }))] : []),
        button('All commands', runs('help')),
      ),
    ],
  };
}

function overview(registry: Registry): View {
  const alone = registry.commands.filter(({ name }) => !name.includes(' '));
  return {
    title: 'Help',
    blocks: [
      paragraph('I help you find your local org, see its events, and hear about what you chose.'),
      ...Object.entries(registry.groups)
        .filter(([group]) => !group.includes(' '))
        .map(([group, about]) => groupBlock(registry, group, about)),
      paragraph(linesOf(alone)),
      explainSelect(registry),
      buttons(
        button('Browse orgs', runs('orgs browse'), 'primary'),
        button('Upcoming events', runs('events upcoming')),
        button('My orgs', runs('orgs mine')),
        button('Notifications', runs('notify show')),
        button('Edit profile', runs('profile edit')),
      ),
      note('Write “stop” to me in a direct message, and I’ll send nothing more unasked.'),
    ],
  };
}

function groupBlock(registry: Registry, group: string, about: string): Block {
  const names = commandsOf(registry, group).map(({ name }) => [commandName(name)]);
  return paragraph(rich`${bold(about)}\n${joined(names, ' · ')}`);
}

/** The overview names the commands; what each does, and with which options, is one choice away. */
function explainSelect(registry: Registry): Select {
  const groups = Object.entries(registry.groups).map(([value, label]) => ({ value, label }));
  return { kind: 'select', placeholder: 'What each command does', action: explain.with({}), options: groups };
}

function groupHelp(registry: Registry, group: string): View {
  const commands = commandsOf(registry, group);
  return {
    title: rich`Help: ${group}`,
    blocks: [
      paragraph(registry.groups[group] ?? ''),
      ...commands.map((one) => paragraph(rich`${commandName(one.name)}: ${one.description}\n${code(usageLine(one))}`)),
      buttons(...commands.flatMap(runButton).slice(0, 4), button('All commands', runs('help'))),
    ],
  };
}

function commandHelp(command: Command): View {
  const options = Object.entries(command.options);
  return {
    title: `/${command.name}`,
    blocks: [
      paragraph(`${command.description}.`),
      paragraph(rich`${code(usageLine(command))}`),
      ...options.map(([name, { description, isRequired, input }]) =>
        paragraph(
          rich`${bold(name)}${isRequired ? '' : ' (optional)'}: ${description}${
            input.kind === 'choice' ? `: ${input.choices.map(({ value }) => value).join(', ')}` : ''
          }`,
        ),
      ),
      buttons(...runButton(command), button('All commands', runs('help'))),
    ],
  };
}

/** A button that runs the command, where it can run as it stands. */
function runButton(command: Command): Button[] {
  if (command.name === 'help' || Object.values(command.options).some(({ isRequired }) => isRequired)) return [];
  return [button(`/${command.name}`, runs(command.name))];
}

function commandsOf(registry: Registry, group: string): Command[] {
  return registry.commands.filter(({ name }) => name.startsWith(`${group} `));
}

function linesOf(commands: readonly Command[]): RichText {
  return commands.flatMap((one, position) => [
    ...(position === 0 ? [] : ['\n']),
    ...rich`${commandName(one.name)} ${one.description}`,
  ]);
}

/** The commands nearest to what somebody wrote, the nearest first: shared words count most, those of its name
 * twice, then spelling. */
export function nearestCommands(registry: Registry, text: string, most: number): Command[] {
  const asked = wordsOf(text);
  const scored = registry.commands.map((one) => {
    const shared = [...wordsAbout(registry, one)].filter((word) => asked.has(word)).length;
    const named = [...wordsOf(one.name)].filter((word) => asked.has(word)).length;
    return { one, score: shared * 10 + named * 10 - distance(fold(text).slice(0, 60), one.name) };
  });
  return scored
    .sort((first, second) => second.score - first.score)
    .slice(0, most)
    .map(({ one }) => one);
}

/** Every word that its definition has: name, group, description, options and what they can be. */
function wordsAbout(registry: Registry, { name, description, options }: Command): Set<string> {
  const group = registry.groups[name.split(' ')[0] ?? ''] ?? '';
  const optionTexts = Object.entries(options).flatMap(([option, { description: about, example, input }]) => [
    option,
    about,
    example,
    ...(input.kind === 'choice' ? input.choices.map(({ label }) => label) : []),
  ]);
  return wordsOf([name, group, description, ...optionTexts].join(' '));
}

/** The words that tell something: not "how", "do" or "the". A plural counts as its singular. */
function wordsOf(text: string): Set<string> {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return new Set(words.filter((word) => word.length > 3).map((word) => word.replace(/s$/, '')));
}

/** The answer to a message that is no command. */
export function nearestView(registry: Registry, text: string): Reply {
  const nearest = nearestCommands(registry, text, 4);
  return show({
    blocks: [
      paragraph('I understand commands. Perhaps one of these is what you’re after:'),
      paragraph(linesOf(nearest)),
      buttons(...nearest.flatMap(runButton).slice(0, 3), button('All commands', runs('help'))),
    ],
  });
}
