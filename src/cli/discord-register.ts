import { DiscordAPIError } from 'discord.js';
import { facts } from '../db/facts.js';
import { findApplicationId, registerCommands } from '../platforms/discord/registration.js';
import { createRest } from '../platforms/discord/rest.js';
import { StartProblem } from '../platforms/platform.js';
import { configuration, tell, withDatabase } from './environment.js';
import { registryAlone } from './registry-alone.js';

/** Registers the commands with Discord, also when they seem to be registered already. */
export async function discordRegister(): Promise<void> {
  const config = configuration();
  if (!config.discord) throw new StartProblem('DISCORD_TOKEN is not set, so there is nowhere to register commands.');
  const { token, apiUrl } = config.discord;
  const rest = createRest(apiUrl, token);
  try {
    const applicationId = await findApplicationId(rest);
    const registry = registryAlone();
    await withDatabase(config, ({ connection }) =>
      registerCommands({ rest, applicationId, registry, facts: facts(connection), force: true }),
    );
    tell('the commands are registered with Discord.');
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    throw new StartProblem(
      error.status === 401
        ? 'DISCORD_TOKEN is not valid. Reset it at discord.com/developers → your app → Bot.'
        : `Discord refused the commands (error ${error.code}). Try again later; npx rollcall doctor tells more.`,
    );
  }
}
