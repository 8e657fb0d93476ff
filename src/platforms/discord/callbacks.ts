import { DiscordAPIError, type RawFile, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Incoming } from './parse-interaction.js';

/** A second try goes out when the first one's outcome is in doubt; for a third there is no time within the 3 s. */
const TRIES = 2;

/**
 * What came of a first answer.
 * - `gone`: too late, or answered by another process; nobody waits any more;
 * - `refused`: Discord does not take this very answer, another may still be given;
 * - `unknown`: no word came back, it may have been taken.
 */
export type Called = 'accepted' | 'gone' | 'refused' | 'unknown';

/** One first answer: callback type and data. */
export interface Callback {
  type: number;
  data?: object;
  files?: RawFile[];
}

/** Sends first answers to interactions. */
export function createCallbacks({ rest, logger }: { rest: REST; logger: Logger }) {
  const attempt = async (incoming: Pick<Incoming, 'id' | 'token'>, { files, ...body }: Callback) => {
    await rest.post(Routes.interactionCallback(incoming.id, incoming.token), {
      body,
      auth: false,
      query: new URLSearchParams({ with_response: 'false' }),
      ...(files && files.length > 0 && { files }),
    });
  };

  return {
    /**
     * Sends it, and once more when Discord or the network failed. The second try may learn that the first one had
     * arrived: that is success as well.
     */
    async send(incoming: Pick<Incoming, 'id' | 'token'>, callback: Callback): Promise<Called> {
      let isInDoubt = false;
      for (let tries = 0; tries < TRIES; tries += 1) {
        try {
          await attempt(incoming, callback);
          return 'accepted';
        } catch (error) {
          const called = calledOf(error);
          const isOwnEcho = isInDoubt && hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);
          if (isOwnEcho) return 'accepted';
          const facts = { interaction: incoming.id, callback: callback.type, error: errorFacts(error) };
          if (called === 'refused') logger.error(facts, 'Discord refused an answer');
          else logger.info(facts, called === 'gone' ? 'an answer came too late' : 'an answer may not have arrived');
          if (called !== 'unknown') return called;
          isInDoubt = true;
        }
      }
      return 'unknown';
    },
  };
}

export type Callbacks = ReturnType<typeof createCallbacks>;

function calledOf(error: unknown): Called {
  const isGone =
    hasCode(error, RESTJSONErrorCodes.UnknownInteraction) ||
    hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);
  if (isGone) return 'gone';
  return error instanceof DiscordAPIError ? 'refused' : 'unknown';
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}
