import { z } from 'zod';
import { defineAction } from '../actions.js';

/** Shows the address; `going` for the one with only what the member goes to. */
export const showFeed = defineAction('calendar.show', z.object({ going: z.boolean() }));
/** How to subscribe. */
export const feedHelp = defineAction('calendar.help', z.object({}));
/** Asks before the address is changed. */
export const askRenew = defineAction('calendar.ask-renew', z.object({}));
export const renewFeed = defineAction('calendar.renew', z.object({}));
export const turnOffFeed = defineAction('calendar.off', z.object({}));
