import { z } from 'zod';
import { FREQUENCIES } from '../../domain/notifications/choices.js';
import { defineAction } from '../actions.js';

/** No more digests and messages about new events. */
export const stopDigests = defineAction('digests.stop', z.object({}));

/** As often as before that. */
export const resumeDigests = defineAction('digests.resume', z.object({ frequency: z.enum(FREQUENCIES) }));
