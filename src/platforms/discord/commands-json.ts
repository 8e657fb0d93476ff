import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Option } from '../../bot/options.js';
import type { Command, Registry } from '../../bot/registry.js';
import { cut, LIMITS } from './limits.js';

export type CommandJson = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * The registry as Discord's global commands, in the registry's order: to be used in servers and in the bot's own
 * conversation, by installation to a server or to a person. Who may is checked in code, so that none is hidden.
 *
 * @see https://docs.discord.com/developers/interactions/application-commands
 */
export function discordCommands({ commands, groups }: Pick<Registry, 'commands' | 'groups'>): CommandJson[] {
  const firstWords = [...new Set(commands.map(({ name }) => wordsOf(name)[0] ?? name))];
  return firstWords.map((first) => {
    const own = commands.filter(({ name }) => wordsOf(name)[0] === first);
    const alone = own.find(({ name }) => name === first);
    return {
      type: ApplicationCommandType.ChatInput,
      name: first,
      description: cut(alone?.description ?? groups[first] ?? first, LIMITS.choiceText),
      integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: alone ? optionsOf(alone) : subcommandsOf(own, groups),
    };
  });
}

const wordsOf = (name: string): string[] => name.split(' ');

function subcommandsOf(
  commands: readonly Command[],
  groups: Registry['groups'],
): (APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption)[] {
  const seconds = [...new Set(commands.map(({ name }) => wordsOf(name)[1] ?? ''))];
  return seconds.map((second) => {
    const own = commands.filter(({ name }) => wordsOf(name)[1] === second);
    const [only] = own;
    if (only && wordsOf(only.name).length === 2) return subcommand(second, only);
    const path = wordsOf(only?.name ?? '')
      .slice(0, 2)
      .join(' ');
    return {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name: second,
      description: cut(groups[path] ?? `/${path} …`, LIMITS.choiceText),
      options: own.map((command) => subcommand(wordsOf(command.name)[2] ?? '', command)),
    };
  });
}

function subcommand(name: string, command: Command): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description: command.description,
    options: optionsOf(command),
  };
}

function optionsOf(command: Command): APIApplicationCommandBasicOption[] {
  return Object.entries(command.options).map(([name, option]) => optionJson(name, option));
}

/** Channels that messages can be posted in. */
const CHANNELS_FOR_POSTS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

function optionJson(
  name: string,
  { description, isRequired, input }: Option<unknown>,
): APIApplicationCommandBasicOption {
  const base = { name, description, required: isRequired };
  switch (input.kind) {
    case 'channel':
      return { ...base, type: ApplicationCommandOptionType.Channel, channel_types: [...CHANNELS_FOR_POSTS] };
    case 'text':
      return { ...base, type: ApplicationCommandOptionType.String, max_length: Math.min(input.most, 6_000) };
    case 'integer': {
      const bounds = { min_value: input.least, max_value: input.most };
      return { ...base, type: ApplicationCommandOptionType.Integer, ...bounds };
    }
    case 'yes-no':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'choice': {
      const choices = input.choices.map(({ value, label }) => ({ name: cut(label, LIMITS.choiceText), value }));
      // Longer lists are found by typing: more than 25 choices Discord takes as suggestions only.
      if (choices.length > LIMITS.choices) {
        return { ...base, type: ApplicationCommandOptionType.String, autocomplete: false, max_length: 100 };
      }
      return { ...base, type: ApplicationCommandOptionType.String, choices };
    }
    case 'lookup': {
      const max_length = Math.min(input.most, 6_000);
      return { ...base, type: ApplicationCommandOptionType.String, autocomplete: true, max_length };
    }
  }
}

/** How many characters of Discord's 8,000 a command takes: all its names, descriptions and values. */
export function commandCharacters(json: CommandJson): number {
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + count(one), 0);
    if (typeof value !== 'object' || value === null) return 0;
    return Object.entries(value).reduce((sum, [key, inner]) => {
      const isCounted = ['name', 'description', 'value'].includes(key) && typeof inner === 'string';
      return sum + (isCounted ? String(inner).length : count(inner));
    }, 0);
  };
  return count(json);
}
