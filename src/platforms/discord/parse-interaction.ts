import {
  ApplicationCommandOptionType,
  type CommandInteractionOption,
  type Interaction,
  InteractionContextType,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { RawFields } from '../../bot/forms.js';
import { readForm } from './render-form.js';

/** What somebody did, without anything of discord.js. */
export type Asked =
  | { kind: 'command'; name: string; texts: Record<string, string> }
  | { kind: 'press'; customId: string; values: string[] }
  | { kind: 'submit'; customId: string; raw: RawFields }
  | { kind: 'suggest'; command: string; option: string; text: string };

/** Where an answer goes, and what kinds of answer fit there. */
export interface Incoming {
  id: string;
  token: string;
  applicationId: string;
  /** When Discord made it, by Discord's clock, in milliseconds. */
  sentAtMs: number;
  /** A form cannot open another form. */
  isForm: boolean;
  /** The message that was tapped, or from which the form was opened. */
  source: 'none' | 'private' | 'public';
  /** In the bot's own conversation with one person everything is seen by that person alone. */
  isDirect: boolean;
}

/** What somebody did; nothing for what the product has no commands for, such as context menus. */
export function parseAsked(interaction: Interaction): Asked | undefined {
  if (interaction.isChatInputCommand()) {
    const { name, options } = commandLine(interaction.commandName, interaction.options.data);
    return { kind: 'command', name, texts: textsOf(options) };
  }
  if (interaction.isAutocomplete()) {
    const { name } = commandLine(interaction.commandName, interaction.options.data);
    const focused = interaction.options.getFocused(true);
    return { kind: 'suggest', command: name, option: focused.name, text: String(focused.value) };
  }
  if (interaction.isModalSubmit()) {
    return { kind: 'submit', customId: interaction.customId, raw: readForm(interaction.fields.fields.values()) };
  }
  if (interaction.isMessageComponent()) {
    const values = interaction.isStringSelectMenu() ? interaction.values : [];
    return { kind: 'press', customId: interaction.customId, values };
  }
  return undefined;
}

/** What an answer must know about the interaction. */
export function incomingOf(interaction: Interaction): Incoming {
  const isPrivateToOthers = interaction.context === InteractionContextType.PrivateChannel;
  const isDirect = interaction.guildId === null && !isPrivateToOthers;
  return {
    id: interaction.id,
    token: interaction.token,
    applicationId: interaction.applicationId,
    sentAtMs: interaction.createdTimestamp,
    isForm: interaction.isModalSubmit(),
    source: sourceOf(interaction, isDirect),
    isDirect,
  };
}

function sourceOf(interaction: Interaction, isDirect: boolean): Incoming['source'] {
  const message = messageOf(interaction);
  if (!message) return 'none';
  return isDirect || message.flags.has(MessageFlags.Ephemeral) ? 'private' : 'public';
}

function messageOf(
  interaction: Interaction,
): MessageComponentInteraction['message'] | ModalSubmitInteraction['message'] {
  return interaction.isMessageComponent() || interaction.isModalSubmit() ? interaction.message : null;
}

/** The words of the command, down the groups, and the options at their end. */
function commandLine(first: string, data: readonly CommandInteractionOption[]) {
  const words = [first];
  let options = data;
  for (let [inner] = options; inner && isDeeper(inner); [inner] = options) {
    words.push(inner.name);
    options = inner.options ?? [];
  }
  return { name: words.join(' '), options };
}

function isDeeper({ type }: CommandInteractionOption): boolean {
  return type === ApplicationCommandOptionType.SubcommandGroup || type === ApplicationCommandOptionType.Subcommand;
}

function textsOf(options: readonly CommandInteractionOption[]): Record<string, string> {
  return Object.fromEntries(
    options.map(({ name, value }) => [name, typeof value === 'boolean' ? yesNo(value) : String(value ?? '')]),
  );
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
