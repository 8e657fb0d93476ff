import { z } from 'zod';
import { ATTENDANCE_ANSWERS } from '../../domain/attendance/attendance.js';
import { FeedbackVisibility, Stars } from '../../domain/attendance/feedback.js';
import { EventId, OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

/**
 * `seen` stands on the messages that ask, with the revision that they show: a tap on one that is up to date changes it
 * by its answer. All other cards have none, and what they change is followed by those messages.
 */
const OnCard = z.object({ event: EventId, seen: z.number().int().min(0).optional() });

export const answerAttendance = defineAction(
  'attendance.answer',
  OnCard.extend({ status: z.enum(ATTENDANCE_ANSWERS) }),
);
/** "Ask me tomorrow", "Don't ask". */
export const askTomorrow = defineAction('attendance.later', OnCard);
export const dontAsk = defineAction('attendance.leave', OnCard);
/** The same for all events of the org, and back. */
export const dontAskOfOrg = defineAction('attendance.leave-org', OnCard.extend({ org: OrgId }));
export const askOfOrg = defineAction('attendance.ask-org', OnCard.extend({ org: OrgId }));
export const askAgain = defineAction('attendance.ask-again', z.object({ org: OrgId }));
/** `as` is who was said to see it, where that is less than the name. */
export const giveStars = defineAction(
  'attendance.stars',
  OnCard.extend({ stars: Stars, as: FeedbackVisibility.optional() }),
);
export const writeComment = defineAction('attendance.comment', OnCard);
/** The question again, for another answer. */
export const changeAnswer = defineAction('attendance.change', OnCard);
/** A card of its own. */
export const openAttendance = defineAction('attendance.open', z.object({ event: EventId }));
export const historyPage = defineAction('attendance.history', z.object({ page: z.number().int().min(0).max(100_000) }));
