import type { Command, Registry } from '../../bot/registry.js';
import { usageLine } from '../../bot/usage.js';
import { cut } from './limits.js';

/** What the bot is called in workspaces. */
export const BOT_NAME = 'Rollcall';

/**
 * The rights the bot asks for, each with what it is for; the install page shows both.
 *
 * @see https://docs.slack.dev/reference/scopes
 */
export const SCOPES = [
  { scope: 'commands', why: 'To answer its commands.' },
  { scope: 'chat:write', why: 'To send answers, and what members chose to be told.' },
  { scope: 'im:write', why: 'To open the conversation with a member.' },
  { scope: 'im:history', why: 'To read what members write to it there.' },
  { scope: 'channels:read', why: 'To know the channels it was invited to, so that organisers can choose one.' },
  { scope: 'groups:read', why: 'The same for private channels.' },
  { scope: 'channels:history', why: 'To look, after a broken connection, whether its own post is there already.' },
  { scope: 'groups:history', why: 'The same for private channels. What people write there is never kept.' },
  { scope: 'users:read', why: 'To know names, time zones, and who is an admin of the workspace.' },
  { scope: 'users:read.email', why: 'To know whose a registration on lu.ma is. It works without this, too.' },
  { scope: 'files:write', why: 'To send exports and pictures.' },
] as const;

/** Their names alone. */
export const BOT_SCOPES = SCOPES.map(({ scope }) => scope);

/** Those among them without which everything works, if less by itself: workspaces that have the app need not add it anew. */
export const DISPENSABLE_SCOPES: readonly string[] = ['users:read.email'];

const BOT_EVENTS = ['app_home_opened', 'app_uninstalled', 'message.im', 'tokens_revoked', 'user_change'];

/** @see https://docs.slack.dev/reference/app-manifest */
const LIMITS = { commands: 50, command: 32, description: 2000, usageHint: 1000 };

export interface ManifestOptions {
  commandPrefix: string;
  /** Where Slack makes its requests; without it the app opens sockets. */
  eventsUrl?: string | undefined;
  /** Where Slack sends people who install the app by themselves; without it, it is for one workspace. */
  redirectUrl?: string | undefined;
}

/**
 * The app manifest that Slack's "From a manifest" takes: drawn from the registry, so that no command is left out.
 *
 * @throws Error when Slack could not take it: more than 50 first words, or a prefix that makes a name too long.
 */
export function slackManifest(registry: Registry, { commandPrefix, eventsUrl, redirectUrl }: ManifestOptions) {
  const firstWords = [...new Set(registry.commands.map(({ name }) => name.split(' ')[0] ?? name))];
  if (firstWords.length > LIMITS.commands) {
    throw new Error(`Slack takes ${LIMITS.commands} slash commands; there are ${firstWords.length}.`);
  }
  return {
    display_information: {
      name: BOT_NAME,
      description: 'Find your local org, see its events, and hear about what you chose.',
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: BOT_NAME, always_online: true },
      slash_commands: firstWords.map((word) => ({
        ...slashCommand(registry, word, commandPrefix),
        ...(eventsUrl ? { url: eventsUrl } : {}),
      })),
    },
    oauth_config: {
      ...(redirectUrl ? { redirect_urls: [redirectUrl] } : {}),
      scopes: { bot: [...BOT_SCOPES] },
    },
    settings: {
      event_subscriptions: { ...(eventsUrl ? { request_url: eventsUrl } : {}), bot_events: BOT_EVENTS },
      interactivity: {
        is_enabled: true,
        ...(eventsUrl ? { request_url: eventsUrl, message_menu_options_url: eventsUrl } : {}),
      },
      org_deploy_enabled: redirectUrl !== undefined,
      socket_mode_enabled: eventsUrl === undefined,
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
