import { DiscordAPIError, MessageFlags, type REST, Routes } from 'discord.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Incoming } from './parse-interaction.js';
import type { DiscordMessage } from './render-view.js';

/** Messages after the first answer: within 15 minutes of the interaction. None needs the bot's token. */
export function createFollowUps({ rest, logger }: { rest: REST; logger: Logger }) {
  const attempt = async (incoming: Incoming, what: string, send: () => Promise<unknown>): Promise<boolean> => {
    try {
      await send();
      return true;
    } catch (error) {
      const isRefused = error instanceof DiscordAPIError && error.status === 400;
      const facts = { interaction: incoming.id, answer: what, error: errorFacts(error) };
      if (isRefused) logger.error(facts, 'Discord refused an answer');
      else logger.info(facts, 'an answer could not be delivered');
      return !isRefused;
    }
  };

  return {
    /** Turns the deferred message, or the one that was tapped, into this. False when Discord refuses what it holds. */
    edit({ body, files }: DiscordMessage, incoming: Incoming): Promise<boolean> {
      const route = Routes.webhookMessage(incoming.applicationId, incoming.token, '@original');
      return attempt(incoming, 'edit', () => rest.patch(route, { body, files, auth: false }));
    },

    /** Sends one more message. False when Discord refuses what it holds. */
    add({ body, files }: DiscordMessage, incoming: Incoming, isEphemeral: boolean): Promise<boolean> {
      const flags = body.flags | (isEphemeral ? MessageFlags.Ephemeral : 0);
      return attempt(incoming, 'follow-up', () =>
        rest.post(Routes.webhook(incoming.applicationId, incoming.token), {
          body: { ...body, flags },
          files,
          auth: false,
          query: new URLSearchParams({ wait: 'true' }),
        }),
      );
    },
  };
}

export type FollowUps = ReturnType<typeof createFollowUps>;
