import { z } from 'zod';
import { EventId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const AnEvent = z.object({ event: EventId });

/** Shows the reminders of one event, to be changed. */
export const changeReminders = defineAction('events.change-reminders', AnEvent);
/** Behind the select: the reminders of this event alone. */
export const chooseReminders = defineAction('events.choose-reminders', AnEvent);
/** From then on the usual ones hold. */
export const usualReminders = defineAction('events.usual-reminders', AnEvent);
