import { z } from 'zod';
import { EVENT_TYPES } from '../../domain/events/event.js';
import { RESPONSES } from '../../domain/events/response.js';
import { EventId, OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const AnEvent = z.object({ event: EventId });
const page = z.number().int().min(0).max(100_000);

/** The filters of a page of what is ahead, with the page. */
export const UpcomingPage = z.object({
  org: OrgId.optional(),
  /** UTC ISO: nothing that starts after it. */
  until: z.iso.datetime({ precision: 3 }).optional(),
  type: z.enum(EVENT_TYPES).optional(),
  page,
});

export const upcomingPage = defineAction('events.upcoming', UpcomingPage, 'anyone');
export const pastPage = defineAction('events.past', z.object({ org: OrgId.optional(), page }), 'anyone');
export const showEvent = defineAction('events.show', AnEvent, 'anyone');

/**
 * What a member says about an event; `none` takes it back. `own` stands on cards that are the member's alone, which the
 * answer then takes the place of; without it the card stays as it is for the others, and the answer comes beside it.
 */
export const respondTo = defineAction(
  'events.respond',
  AnEvent.extend({ response: z.enum([...RESPONSES, 'none']), own: z.literal(true).optional() }),
);

/** By the admin's choice in the select, or by the rules again. */
export const changeType = defineAction('events.change-type', AnEvent, 'anyone');
export const BY_THE_RULES = 'rules';
