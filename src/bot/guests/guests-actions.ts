import { z } from 'zod';
import type { Event } from '../../domain/events/event.js';
import { EventId, MemberId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';
import { type Button, button } from '../views.js';

/** One guest of one event, by lu.ma's own id. */
export const Whom = z.object({ event: EventId, guest: z.string().min(1).max(100) });
const Assigned = Whom.extend({ member: MemberId });

/** An event's guests, for its org's admins: in a message of their own, as the card may be seen by others. */
export const openGuests = defineAction('guests.open', z.object({ event: EventId }), 'anyone');
/** Another page of them. */
export const guestsPage = defineAction(
  'guests.page',
  z.object({ event: EventId, page: z.number().int().min(0).max(100_000) }),
  'anyone',
);
/** Opens the form that asks who a walk-in is. */
export const askWhoGuestIs = defineAction('guests.ask', Whom, 'anyone');
/** The question before a walk-in is assigned to this member. */
export const previewAssign = defineAction('guests.preview', Assigned, 'anyone');
export const confirmAssign = defineAction('guests.assign', Assigned, 'anyone');
export const assignElsewhere = defineAction('guests.assign-elsewhere', Assigned, 'anyone');
/** Names the member too, so that an old tap does not undo a newer assignment. */
export const undoAssign = defineAction('guests.unassign', Assigned, 'anyone');

/** Opens the guests of an event; to be shown to its org's admins, others are refused. */
export function guestsButton({ id }: Pick<Event, 'id'>): Button {
  return button('Guests', openGuests.with({ event: id }));
}
