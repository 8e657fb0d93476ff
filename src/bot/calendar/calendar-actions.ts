import { z } from 'zod';
import { defineAction } from '../actions.js';

/** The calendars that most people use. */
export const CALENDARS = ['google', 'apple', 'outlook'] as const;
export type Calendar = (typeof CALENDARS)[number];

/** Names one address, so that a second tap does not do to the next one what was meant for it. */
const AnAddress = z.object({ feed: z.string().max(16) });

/** Shows the address; `going` for the one with only what the member goes to. */
export const showFeed = defineAction('calendar.show', z.object({ going: z.boolean() }));
/** How to subscribe with one of the calendars. */
export const feedSteps = defineAction('calendar.steps', z.object({ calendar: z.enum(CALENDARS), going: z.boolean() }));
/** Asks before the address is changed. */
export const askRenew = defineAction('calendar.ask-renew', AnAddress);
export const renewFeed = defineAction('calendar.renew', AnAddress);
/** Asks before it is turned off. */
export const askTurnOff = defineAction('calendar.ask-off', z.object({}));
export const turnOffFeed = defineAction('calendar.off', z.object({}));
