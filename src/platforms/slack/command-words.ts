import type { Registry } from '../../bot/registry.js';

/** How this workspace's slash commands are called: the names, with the prefix that keeps them apart from other apps'. */
export interface CommandWords {
  prefix: string;
  /** First words of all commands: `orgs`, `profile`, … */
  firstWords: ReadonlySet<string>;
}

export function commandWords(registry: Registry, prefix: string): CommandWords {
  return { prefix, firstWords: new Set(registry.commands.map(({ name }) => name.split(' ')[0] ?? name)) };
}

/** A command as it is typed here: `/rc-orgs browse`. */
export function typedCommand(name: string, { prefix }: CommandWords): string {
  return `/${prefix}${name}`;
}

/**
 * Text that begins with one of our commands, such as a usage line or a button `/orgs mine`, with the prefix in it;
 * any other text as it is.
 */
export function withPrefix(text: string, words: CommandWords): string {
  if (words.prefix === '') return text;
  const first = /^\/([a-z][a-z0-9-]*)/.exec(text)?.[1];
  return first && words.firstWords.has(first) ? typedCommand(text.slice(1), words) : text;
}
