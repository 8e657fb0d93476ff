import type { Bot } from './bot/bot.js';
import type { Services } from './bot/rollcall-bot.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';
import { facts } from './db/facts.js';
import { keptTexts } from './db/kept-texts.js';
import { slackInstallations } from './db/slack-installations.js';
import { createDiscordPlatform } from './platforms/discord/discord-platform.js';
import type { Platform } from './platforms/platform.js';
import { createSlackPlatform } from './platforms/slack/slack-platform.js';
import type { Clock } from './shared/clock.js';
import type { Logger } from './shared/logger.js';
import type { SecretBox } from './shared/secret-box.js';

/** The chat platforms that the environment names, not yet started. */
export function createChatPlatforms(parts: {
  config: Config;
  database: Database;
  services: Pick<Services, 'members'>;
  secretBox: SecretBox;
  bot: Bot;
  clock: Clock;
  logger: Logger;
}): Platform[] {
  const { config, database, services, secretBox, clock } = parts;
  const { connection } = database;
  const shared = { ...parts, keptTexts: keptTexts(connection, clock) };
  const platforms: Platform[] = [];
  if (config.discord) {
    platforms.push(createDiscordPlatform({ ...shared, ...config.discord, facts: facts(connection) }));
  }
  if (config.slack) {
    platforms.push(
      createSlackPlatform({
        ...shared,
        ...config.slack,
        commandPrefix: config.slackCommandPrefix,
        publicUrl: config.publicUrl,
        installations: slackInstallations(connection, secretBox),
        onInstalled: (teamId) => services.members.noteWorkspaceBack('slack', teamId),
      }),
    );
  }
  return platforms;
}
