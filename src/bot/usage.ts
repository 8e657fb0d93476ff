import { runs } from './actions.js';
import type { Options } from './options.js';
import type { Command } from './registry.js';
import { bold, code, type RichText, rich } from './text.js';
import { button, buttons, paragraph, type View } from './views.js';

/** How a command is written: `/orgs browse query:"text" type:chapter`. Brackets mark what may be left out. */
export function usageLine(command: Pick<Command, 'name' | 'options'>): string {
  return [
    `/${command.name}`,
    ...Object.entries(command.options).map(([name, option]) => optionUsage(name, option)),
  ].join(' ');
}

function optionUsage(name: string, { isRequired, example }: Options[string]): string {
  const written = `${name}:${/\s/.test(example) ? `"${example}"` : example}`;
  return isRequired ? written : `[${written}]`;
}

/** What is wrong with a command's options, and how it is written right. */
export function usageView(command: Command, problems: Record<string, string>): View {
  const lines: RichText[] = Object.entries(problems).map(([name, problem]) => rich`${bold(name)}: ${problem}`);
  return {
    tone: 'careful',
    blocks: [
      ...lines.map((line) => paragraph(line)),
      paragraph(rich`It is written like this: ${code(usageLine(command))}`),
      buttons(button('How this works', runs('help', { topic: command.name }))),
    ],
  };
}
