import { z } from 'zod';
import type { Event } from '../../domain/events/event.js';
import { EventId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';
import { type Button, button } from '../views.js';

/** A page of an event's guests, for its org's admins. */
export const guestsPage = defineAction(
  'guests.page',
  z.object({ event: EventId, page: z.number().int().min(0).max(100_000) }),
  'anyone',
);

/** Opens the guests of an event; to be shown to its org's admins, others are refused. */
export function guestsButton({ id }: Pick<Event, 'id'>): Button {
  return button('Guests', guestsPage.with({ event: id, page: 0 }));
}
