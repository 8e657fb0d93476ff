import type { Command, Registry } from '../../bot/registry.js';
import { usageLine } from '../../bot/usage.js';
import { cut } from './limits.js';

/**
 * The rights the bot asks for, each with what it is for.
 *
 * @see https://docs.slack.dev/reference/scopes
 */
export const BOT_SCOPES = [
  // Slash commands.
  'commands',
  // Answers, and what members chose to be told.
  'chat:write',
  // Opening the conversation with a member, and reading what they write there; nothing else is ever read.
  'im:write',
  'im:history',
  // Names, time zones, and who is a workspace admin.
  'users:read',
  // Exports and pictures.
  'files:write',
] as const;

const BOT_EVENTS = ['app_home_opened', 'app_uninstalled', 'message.im', 'tokens_revoked', 'user_change'];

/** @see https://docs.slack.dev/reference/app-manifest */
const LIMITS = { commands: 50, command: 32, description: 2000, usageHint: 1000 };

/**
 * The app manifest that Slack's "From a manifest" takes: drawn from the registry, so that no command is left out.
 *
 * @throws Error when Slack could not take it: more than 50 first words, or a prefix that makes a name too long.
 */
export function slackManifest(
  registry: Registry,
  { commandPrefix, socketMode }: { commandPrefix: string; socketMode: true },
) {
  const firstWords = [...new Set(registry.commands.map(({ name }) => name.split(' ')[0] ?? name))];
  if (firstWords.length > LIMITS.commands) {
    throw new Error(`Slack takes ${LIMITS.commands} slash commands; there are ${firstWords.length}.`);
  }
  return {
    display_information: {
      name: 'Rollcall',
      description: 'Find your local org, see its events, and hear about what you chose.',
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Rollcall', always_online: true },
      slash_commands: firstWords.map((word) => slashCommand(registry, word, commandPrefix)),
    },
    oauth_config: { scopes: { bot: [...BOT_SCOPES] } },
    settings: {
      event_subscriptions: { bot_events: BOT_EVENTS },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}

function slashCommand(registry: Registry, word: string, prefix: string) {
  const command = `/${prefix}${word}`;
  if (command.length > LIMITS.command) {
    throw new Error(`Slack takes ${LIMITS.command} characters a command; "${command}" is longer. Shorten the prefix.`);
  }
  const alone = registry.findCommand(word);
  const hint = usageHint(registry.commands, word, alone);
  return {
    command,
    description: cut(registry.groups[word] ?? alone?.description ?? word, LIMITS.description),
    ...(hint === '' ? {} : { usage_hint: cut(hint, LIMITS.usageHint) }),
    should_escape: true,
  };
}

/** The verbs of a group, `browse | show | join`; the options of a command that stands alone. */
function usageHint(commands: readonly Command[], word: string, alone: Command | undefined): string {
  const verbs = commands
    .filter(({ name }) => name.startsWith(`${word} `))
    .map(({ name }) => name.slice(word.length + 1));
  if (verbs.length > 0) return `[${verbs.join(' | ')}]`;
  return alone
    ? usageLine(alone)
        .slice(word.length + 1)
        .trim()
    : '';
}
