import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { SpaceRef } from '../../domain/orgs/rights.js';
import { toInstantText } from '../../shared/clock.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Delivered, MirroredEvent, ScheduledEvents } from '../platform.js';
import { channelDeliveredOf, isRefusal } from './delivery-errors.js';
import { escapeText } from './escape-text.js';
import { cut, oneLine } from './limits.js';
import { missingForEvents, permissionsInServer } from './permissions.js';
import { idOf } from './posting.js';
import type { AskStanding } from './standing.js';

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event */
const LIMITS = { name: 100, description: 1_000, location: 100 } as const;

const Events = z.array(z.object({ id: z.string(), description: z.string().nullish() }));

/**
 * A server's own events, as external ones. Discord has no nonce for them, so one that may have been made already is
 * looked for by the mark in its description first.
 *
 * @param rest must not try again by itself: a second try of its own could make a second event.
 */
export function createScheduledEvents(parts: { rest: REST; standing: AskStanding; logger: Logger }): ScheduledEvents {
  const { rest, standing, logger } = parts;

  const findMarked = async (guildId: string, mark: string): Promise<string | undefined> => {
    const events = Events.parse(await rest.get(Routes.guildScheduledEvents(guildId)));
    return events.find(({ description }) => description?.endsWith(markLine(mark)))?.id;
  };

  const make = async (guildId: string, body: object): Promise<string | undefined> =>
    idOf(await rest.post(Routes.guildScheduledEvents(guildId), { body }));

  const change = async (guildId: string, id: string, body: object): Promise<string> => {
    await rest.patch(Routes.guildScheduledEvent(guildId, id), { body });
    return id;
  };

  const tried = async ({ externalId }: SpaceRef, work: () => Promise<string | undefined>): Promise<Delivered> => {
    try {
      return { kind: 'sent', channelId: externalId, messageId: await work() };
    } catch (error) {
      const delivered = channelDeliveredOf(error);
      logger.info({ outcome: delivered.kind, error: errorFacts(error) }, 'an event of a server was not kept in step');
      return delivered;
    }
  };

  return {
    async check({ externalId }) {
      try {
        const missing = missingForEvents(permissionsInServer(await standing(externalId)));
        return missing.length === 0 ? { kind: 'open' } : { kind: 'forbidden', missing };
      } catch (error) {
        logger.info({ error: errorFacts(error) }, 'the rights for a server’s events could not be looked at');
        return { kind: 'unknown' };
      }
    },

    save: (space, event, mark, id) =>
      tried(space, async () => {
        const body = eventBody(event, mark);
        const known = id ?? (await findMarked(space.externalId, mark));
        return known === undefined ? make(space.externalId, body) : change(space.externalId, known, body);
      }),

    cancel: (space, id) =>
      tried(space, async () => {
        try {
          await rest.delete(Routes.guildScheduledEvent(space.externalId, id));
        } catch (error) {
          if (!isRefusal(error, RESTJSONErrorCodes.UnknownGuildScheduledEvent)) throw error;
        }
        return id;
      }),
  };
}

/** The last line of a description, by which the event is found again. */
const markLine = (mark: string): string => `\n\n— Rollcall ${mark}`;

function eventBody({ title, description, startsAt, endsAt, place }: MirroredEvent, mark: string): object {
  const line = markLine(mark);
  return {
    name: cut(oneLine(title), LIMITS.name) || 'Event',
    description: cut(escapeText(description, true), LIMITS.description - line.length) + line,
    entity_type: GuildScheduledEventEntityType.External,
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    scheduled_start_time: toInstantText(startsAt),
    scheduled_end_time: toInstantText(endsAt),
    entity_metadata: { location: cut(oneLine(place), LIMITS.location) || 'To be told' },
  };
}
