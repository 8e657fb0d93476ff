import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import { type FakeDiscordOptions, startFakeDiscord } from '../fakes/discord/fake-discord.js';
import { startFakeSlack } from '../fakes/slack/fake-slack.js';
import type { CrashChannel } from './calendar.js';
import type { Reader } from './story.js';

/** People on a fake platform, and how a process reaches it. */
export interface Readers {
  readers: Reader[];
  environment: Record<string, string>;
  /** What the platform would have refused or people would suffer from. */
  violations: () => string[];
  stop(): Promise<void>;
}

/** So many people on a Discord with its real limits, each of whom has talked with the bot before. */
export async function readersOnDiscord(count: number, options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord(options);
  const guild = discord.addGuild({ name: 'Crash' });
  const readers = Array.from({ length: count }, (_, index): Reader => {
    const person = discord.addUser({ username: `reader${index}` });
    person.joins(guild);
    return {
      account: { platform: 'discord', teamId: '', accountId: person.id },
      conversationId: person.conversationId(),
      read: () => person.inbox().map(({ text }) => text),
    };
  });
  const witness = discord.addUser({ username: 'witness' });
  witness.joins(guild);
  const channel: CrashChannel = {
    ref: { platform: 'discord', externalId: guild.id, channelId: guild.general.id },
    messageIds: () => guild.messagesSeenBy(witness).map(({ message }) => message?.id ?? ''),
  };
  return {
    readers,
    channel,
    environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    violations: () => discord.violations,
    requests: () => discord.requests,
    stop: () => discord.stop(),
  } satisfies Readers & { channel: CrashChannel; requests: () => unknown };
}

/** The same in a workspace. */
export async function readersOnSlack(count: number): Promise<Readers> {
  const slack = await startFakeSlack({ scopes: BOT_SCOPES });
  const readers = Array.from({ length: count }, (_, index): Reader => {
    const person = slack.addUser({ name: `reader${index}` });
    return {
      account: { platform: 'slack', teamId: slack.workspace.id, accountId: person.id },
      conversationId: person.dmId,
      read: () => person.inbox().map(({ text }) => text),
    };
  });
  return {
    readers,
    environment: { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    violations: () => slack.violations,
    stop: () => slack.stop(),
  };
}
