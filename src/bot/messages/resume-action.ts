import { z } from 'zod';
import { defineAction } from '../actions.js';

/** Turns unrequested messages on again. */
export const resumeAction = defineAction('messages.resume', z.object({}));
