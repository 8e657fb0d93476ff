import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { EventId, MemberId } from '../ids.js';

export const MOST_STARS = 5;
export const Stars = z.number().int().min(1).max(MOST_STARS);

/** What a text takes at most, in characters. */
export const MOST_ANSWER = 1000;

/** One answer, with its question as it was put: it stays readable when an org asks other questions later. */
export const FeedbackAnswer = z.object({
  question: z.string(),
  kind: z.enum(['text', 'choice', 'stars']),
  answer: z.string(),
});
export type FeedbackAnswer = z.infer<typeof FeedbackAnswer>;

/** What a member said of an event that they came to. */
export interface Feedback {
  eventId: EventId;
  memberId: MemberId;
  stars: number | undefined;
  answers: FeedbackAnswer[];
  givenAt: DateTime;
}

/** What is asked by "Add a comment". */
export const USUAL_QUESTION = 'What was good, and what could be better?';

/** The answers that are not empty. */
export function answersTo(question: string, text: string): FeedbackAnswer[] {
  return text === '' ? [] : [{ question, kind: 'text', answer: text }];
}
