import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { newEventId, newMemberId } from '../ids.js';
import { type Feedback, type FeedbackVisibility, strictest } from './feedback.js';
import { LEAST_SHOWN, summariseFeedback } from './feedback-summary.js';

const eventId = newEventId();
const START = DateTime.fromISO('2026-03-10T18:00:00Z', { zone: 'utc' });

function said(visibility: FeedbackVisibility, stars: number | undefined, words = '', minutes = 0): Feedback {
  const answers = words === '' ? [] : [{ question: 'What was good?', kind: 'text' as const, answer: words }];
  return { eventId, memberId: newMemberId(), stars, answers, givenAt: START.plus({ minutes }), visibility };
}

const summary = (all: readonly Feedback[], visibility: FeedbackVisibility = 'anonymous') =>
  summariseFeedback(all, { visibility, nameOf: ({ memberId }) => `Name of ${memberId}` });

describe('feedback with names', () => {
  it('is shown from the first on, with its stars', () => {
    const one = said('attributed', 4, 'Tea');
    expect(summary([one], 'attributed')).toMatchObject({
      people: 1,
      average: 4,
      isHeldBack: false,
      comments: [{ name: `Name of ${one.memberId}`, stars: 4 }],
    });
  });

  it('keeps its name though the org shows none by now', () => {
    expect(summary([said('attributed', 4, 'Tea')], 'anonymous').comments[0]?.name).toContain('Name of');
  });
});

describe('feedback without names', () => {
  it.each(['anonymous', 'aggregated'] as const)(
    'shows nothing of %s before three have said something',
    (visibility) => {
      const two = [said(visibility, 1, 'Cold'), said(visibility, 5, 'Warm')];
      const held = summary(two, visibility);
      expect(held).toEqual({
        people: 0,
        stars: [0, 0, 0, 0, 0],
        average: undefined,
        questions: [],
        comments: [],
        isHeldBack: true,
      });
      expect(LEAST_SHOWN).toBe(3);
      expect(summary([...two, said(visibility, 3)], visibility)).toMatchObject({ people: 3, average: 3 });
    },
  );

  it('does not count those with names towards the three', () => {
    const all = [said('attributed', 5), said('attributed', 5), said('anonymous', 1, 'Cold')];
    expect(summary(all)).toMatchObject({ people: 2, average: 5, isHeldBack: true });
    expect(JSON.stringify(summary(all))).not.toContain('Cold');
  });

  it('does not count whoever took everything back', () => {
    const all = [said('anonymous', 1), said('anonymous', 2), said('anonymous', undefined)];
    expect(summary(all).people).toBe(0);
  });

  it('shows words of anonymous answers apart from names and stars, and none of aggregated ones', () => {
    const all = [
      said('anonymous', 1, 'Cold'),
      said('anonymous', 2, 'Loud'),
      said('anonymous', 3),
      said('aggregated', 4, 'Secret'),
    ];
    const { comments, people } = summary(all);
    expect(people).toBe(4);
    expect(comments.map(({ answers }) => answers[0]?.answer).sort()).toEqual(['Cold', 'Loud']);
    expect(comments.every(({ name, stars }) => name === undefined && stars === undefined)).toBe(true);
    expect(JSON.stringify(summary(all))).not.toContain('Secret');
    for (const { memberId } of all) expect(JSON.stringify(summary(all))).not.toContain(memberId);
  });

  it('is in an order that follows from the words alone, not from who said them or when', () => {
    const words = ['Tea', 'Chairs', 'Slides', 'Room', 'Noise', 'Light'];
    const inOrder = words.map((one, minutes) => said('anonymous', 3, one, minutes));
    const backwards = [...words].reverse().map((one, minutes) => said('anonymous', 3, one, minutes));
    const read = (all: Feedback[]) => summary(all).comments.map(({ answers }) => answers[0]?.answer);
    expect(read(inOrder)).toEqual(read(backwards));
    expect(read(inOrder)).not.toEqual(words);
  });

  it('stays as it was promised when the org shows names again', () => {
    const all = [said('anonymous', 3, 'Tea'), said('anonymous', 3), said('anonymous', 3)];
    expect(summary(all, 'attributed').comments.map(({ name }) => name)).toEqual([undefined]);
    expect(summary([said('aggregated', 3, 'Tea')], 'attributed')).toMatchObject({ people: 0, isHeldBack: true });
  });
});

it('counts choices and stars of questions, and leaves their words out where there are none', () => {
  const of = (answer: string, kind: 'choice' | 'stars') => ({
    ...said('aggregated', undefined),
    answers: [{ question: kind, kind, answer }],
  });
  const all = [of('More', 'choice'), of('Less', 'choice'), of('More', 'choice'), of('4', 'stars')];
  expect(summary(all).questions).toEqual([
    {
      question: 'choice',
      kind: 'choice',
      counts: [
        { answer: 'More', people: 2 },
        { answer: 'Less', people: 1 },
      ],
    },
    { question: 'stars', kind: 'stars', counts: [{ answer: '4', people: 1 }] },
  ]);
});

it('keeps the strictest of several promises', () => {
  expect(strictest('attributed', 'aggregated', 'anonymous', undefined)).toBe('aggregated');
  expect(strictest('attributed', undefined)).toBe('attributed');
});
