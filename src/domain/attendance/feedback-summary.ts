import { createHash } from 'node:crypto';
import type { EventId } from '../ids.js';
import { type Feedback, type FeedbackAnswer, MOST_STARS } from './feedback.js';

/** So many people must have said something before anything is shown without names (product.md section 7). */
export const LEAST_SHOWN = 3;

/** Something to read: of one person with their name, or one answer without any. */
export interface FeedbackComment {
  /** Nothing where it was given without a name; nothing else then tells whose it is. */
  name: string | undefined;
  stars: number | undefined;
  answers: FeedbackAnswer[];
}

/** A question that is answered by a choice or by stars, in numbers. */
export interface CountedQuestion {
  question: string;
  kind: 'choice' | 'stars';
  /** By answer, the most frequent first; stars in their order. */
  counts: { answer: string; people: number }[];
}

/** What was said of an event, as its organisers may see it. */
export interface FeedbackSummary {
  /** How many people's feedback is in it. */
  people: number;
  /** How many gave so many stars, from one to five. */
  stars: number[];
  /** Of the stars; nothing while nobody gave any. */
  average: number | undefined;
  questions: CountedQuestion[];
  comments: FeedbackComment[];
  /** Whether there may be more that is not shown before three people have said something. */
  isHeldBack: boolean;
}

/**
 * What may be shown of an event's feedback: each answer as it was promised when it was given, whatever the org shows by
 * now. What was said without a name counts from three people on; it stands alone, apart from the stars and the other
 * answers of the same person, in an order that follows from the words themselves. Whoever looks and marks people as
 * absent or present changes nothing here, so that nobody is found out by a number that moves.
 *
 * @param nameOf gives the names of those who said it with theirs.
 */
export function summariseFeedback(
  all: readonly Feedback[],
  { visibility, nameOf }: { visibility: Feedback['visibility']; nameOf: (feedback: Feedback) => string },
): FeedbackSummary {
  const given = all.filter(({ stars, answers }) => stars !== undefined || answers.length > 0);
  const named = given.filter((one) => one.visibility === 'attributed');
  const unnamed = given.filter((one) => one.visibility !== 'attributed');
  const anonymous = given.filter((one) => one.visibility === 'anonymous');
  const counted = unnamed.length >= LEAST_SHOWN ? [...named, ...unnamed] : named;
  const stars = countStars(counted.flatMap((one) => (one.stars === undefined ? [] : [one.stars])));
  return {
    people: counted.length,
    stars,
    average: averageOf(stars),
    questions: countQuestions(counted),
    comments: [
      ...named.map((one) => ({ name: nameOf(one), stars: one.stars, answers: one.answers })).sort(wordsFirst),
      ...(anonymous.length >= LEAST_SHOWN ? withoutNames(anonymous) : []),
    ],
    isHeldBack: unnamed.length < LEAST_SHOWN && (unnamed.length > 0 || visibility !== 'attributed'),
  };
}

/** The mean; nothing while there are none. @param stars how many gave so many stars, from one to five. */
export function averageOf(stars: readonly number[]): number | undefined {
  const people = stars.reduce((sum, count) => sum + count, 0);
  const sum = stars.reduce((total, count, position) => total + count * (position + 1), 0);
  return people === 0 ? undefined : sum / people;
}

function countStars(given: readonly number[]): number[] {
  return Array.from({ length: MOST_STARS }, (_, position) => given.filter((stars) => stars === position + 1).length);
}

/** Whoever wrote something before those who gave stars alone; else by name. */
function wordsFirst(one: FeedbackComment, other: FeedbackComment): number {
  const silent = ({ answers }: FeedbackComment) => Number(answers.length === 0);
  return silent(one) - silent(other) || (one.name ?? '').localeCompare(other.name ?? '', 'en');
}

/** Each answer by itself, shuffled by its own words: neither by time nor by person, and the same at every look. */
function withoutNames(anonymous: readonly Feedback[]): FeedbackComment[] {
  return anonymous
    .flatMap(({ eventId, answers }) =>
      answers
        .filter(({ kind }) => kind === 'text')
        .map((answer) => ({
          place: placeOf(eventId, answer),
          comment: { name: undefined, stars: undefined, answers: [answer] },
        })),
    )
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ comment }) => comment);
}

function placeOf(eventId: EventId, { question, answer }: FeedbackAnswer): string {
  return createHash('sha256')
    .update(JSON.stringify([eventId, question, answer]))
    .digest('hex');
}

function countQuestions(counted: readonly Feedback[]): CountedQuestion[] {
  const questions = new Map<string, CountedQuestion>();
  for (const { question, kind, answer } of counted.flatMap(({ answers }) => answers)) {
    if (kind === 'text') continue;
    const key = JSON.stringify([kind, question]);
    const known = questions.get(key) ?? { question, kind, counts: [] };
    questions.set(key, known);
    const same = known.counts.find((one) => one.answer === answer);
    if (same) same.people += 1;
    else known.counts.push({ answer, people: 1 });
  }
  for (const { kind, counts } of questions.values()) {
    const inWords = (one: { answer: string }, other: { answer: string }) => (one.answer < other.answer ? -1 : 1);
    counts.sort((one, other) =>
      kind === 'stars' ? inWords(other, one) : other.people - one.people || inWords(one, other),
    );
  }
  return [...questions.values()].sort((one, other) => (one.question < other.question ? -1 : 1));
}
