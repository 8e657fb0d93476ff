import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { EventId, MemberId } from '../ids.js';

export const MOST_STARS = 5;
export const Stars = z.number().int().min(1).max(MOST_STARS);

/** What a text takes at most, in characters. */
export const MOST_ANSWER = 1000;

/**
 * Who sees what members say of an event, the most open first: admins, with the name; admins, without it; nobody, as it
 * counts in figures alone (product.md section 3).
 */
export const FEEDBACK_VISIBILITIES = ['attributed', 'anonymous', 'aggregated'] as const;
export const FeedbackVisibility = z.enum(FEEDBACK_VISIBILITIES);
export type FeedbackVisibility = z.infer<typeof FeedbackVisibility>;

/** What holds where several promises were made: the one that shows least. */
export function strictest(...promises: readonly (FeedbackVisibility | undefined)[]): FeedbackVisibility {
  return FEEDBACK_VISIBILITIES.findLast((one) => promises.includes(one)) ?? 'attributed';
}

/** How a question is answered. `line` and `text` both take free text. */
export const QUESTION_KINDS = ['text', 'line', 'choice', 'stars'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Questions that an org may ask (product.md section 3). */
export const MOST_QUESTIONS = 4;
/** In characters: what Discord shows above an input. */
export const MOST_QUESTION = 45;
export const LEAST_CHOICES = 2;
export const MOST_CHOICES = 6;
export const MOST_CHOICE = 50;

/** One question of an org's own form. Its id stays when it is worded otherwise. */
export const FeedbackQuestion = z.object({
  id: z.string().regex(/^[0-9a-z]{1,16}$/),
  kind: z.enum(QUESTION_KINDS),
  text: z.string().min(1).max(MOST_QUESTION),
  /** What there is to choose from; none for the other kinds. */
  choices: z.array(z.string().min(1).max(MOST_CHOICE)).max(MOST_CHOICES),
});
export type FeedbackQuestion = z.infer<typeof FeedbackQuestion>;

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
  /** Who sees it, as it was promised: an org that shows more later shows no more of this. */
  visibility: FeedbackVisibility;
}

/** What is asked by "Add a comment", unless the org asks questions of its own. */
export const USUAL_QUESTION = 'What was good, and what could be better?';
export const USUAL_QUESTIONS: readonly FeedbackQuestion[] = [
  { id: 'comment', kind: 'text', text: USUAL_QUESTION, choices: [] },
];

/** The questions that are put under a promise: nobody is asked for words that nobody will read. */
export function questionsUnder(
  visibility: FeedbackVisibility,
  questions: readonly FeedbackQuestion[],
): readonly FeedbackQuestion[] {
  const asked = questions.length > 0 ? questions : USUAL_QUESTIONS;
  return visibility === 'aggregated' ? asked.filter(({ kind }) => kind === 'choice' || kind === 'stars') : asked;
}

/**
 * The answers to a form, in its order; those left empty are none. What was answered to questions that are not asked any
 * more stays, unless everything was left empty.
 *
 * @param values by the id of each question.
 */
export function answersTo(
  questions: readonly FeedbackQuestion[],
  values: Readonly<Record<string, string>>,
  before: readonly FeedbackAnswer[] = [],
): FeedbackAnswer[] {
  const given = questions.flatMap(({ id, kind, text }): FeedbackAnswer[] => {
    const answer = values[id] ?? '';
    return answer === '' ? [] : [{ question: text, kind: kind === 'line' ? 'text' : kind, answer }];
  });
  if (given.length === 0) return [];
  return [...given, ...before.filter(({ question }) => !questions.some(({ text }) => text === question))];
}
