import type { ShownEventAttendance } from '../../domain/attendance/event-attendance-service.js';
import type { CountedQuestion, FeedbackComment } from '../../domain/attendance/feedback-summary.js';
import { averageOf } from '../../domain/attendance/feedback-summary.js';
import type { StarsPicture } from '../../domain/attendance/stars-picture.js';
import { runs } from '../actions.js';
import { starsWords } from '../attendance/attendance-words.js';
import { answerWords } from '../attendance/comment-form.js';
import { countWords, numberWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, rich } from '../text.js';
import { type Block, button, buttons, type ListItem, list, note, pager, paragraph, type View } from '../views.js';
import { feedbackPage } from './event-attendance-actions.js';
import { backButton } from './event-attendance-views.js';
import { answersWords, averageWords, HELD_BACK } from './event-attendance-words.js';

const COMMENTS_A_PAGE = 5;
const MOST_QUOTED = 400;

/** What the picture of the stars shows; nothing while nobody gave any that may be shown. */
export function starsPicture({ feedback }: ShownEventAttendance): StarsPicture | undefined {
  const average = averageWords(feedback);
  const given = feedback.stars.reduce((sum, count) => sum + count, 0);
  return average === undefined
    ? undefined
    : { counts: feedback.stars, title: average, subtitle: `From ${countWords(given, 'answer')}` };
}

/** What was said of an event, as it may be shown: figures, then words. */
export function feedbackView(shown: ShownEventAttendance, picture: Uint8Array | undefined, asked = 0): View {
  const { event, org, counts, feedback, visibility } = shown;
  const pages = Math.max(1, Math.ceil(feedback.comments.length / COMMENTS_A_PAGE));
  const page = Math.min(asked, pages - 1);
  const comments = feedback.comments.slice(page * COMMENTS_A_PAGE, (page + 1) * COMMENTS_A_PAGE);
  return {
    title: rich`Feedback on ${event.title}`,
    blocks: [
      ...(feedback.people === 0
        ? [paragraph(feedback.isHeldBack ? HELD_BACK : 'Nobody has said anything yet.')]
        : [
            ...(page === 0 ? pictureBlocks(shown, picture) : []),
            paragraph(rich`${bold(averageWords(feedback) ?? 'No stars yet')} · ${answersWords(feedback, counts)}.`),
            ...(page === 0 ? feedback.questions.map(questionBlock) : []),
            ...(comments.length > 0 ? [list(comments.map(commentItem))] : []),
            ...pager({ page, pages }, (to) => feedbackPage.with({ event: event.id, page: to })),
            ...(feedback.isHeldBack ? [note(HELD_BACK)] : []),
          ]),
      buttons(backButton(event), button('What is asked', runs('manage feedback', { org: org.slug }))),
      note(SHOWN_NOW[visibility]),
    ],
  };
}

const SHOWN_NOW: Readonly<Record<ShownEventAttendance['visibility'], string>> = {
  attributed: 'What is said now comes with names. What was said under another promise stays as it was promised.',
  anonymous: 'What is said now comes without names, in no order of time.',
  aggregated: 'What is said now counts in figures alone.',
};

/** The figures in words, for whoever does not see the picture: "5 stars: 7, 4 stars: 3, …". */
export function starsInWords({ feedback }: Pick<ShownEventAttendance, 'feedback'>): string {
  const rows = feedback.stars.map((count, position) => `${countWords(position + 1, 'star')}: ${numberWords(count)}`);
  return `${averageWords(feedback) ?? 'No stars'}. ${rows.reverse().join(', ')}.`;
}

function pictureBlocks(shown: ShownEventAttendance, bytes: Uint8Array | undefined): Block[] {
  if (!bytes) return [];
  return [{ kind: 'image', image: { name: 'stars.png', type: 'image/png', bytes, alt: starsInWords(shown) } }];
}

function questionBlock({ question, kind, counts }: CountedQuestion): Block {
  if (kind === 'stars') {
    const stars = [1, 2, 3, 4, 5].map((one) => counts.find(({ answer }) => answer === String(one))?.people ?? 0);
    const people = stars.reduce((sum, count) => sum + count, 0);
    return paragraph(
      rich`${bold(question)}\n${(averageOf(stars) ?? 0).toFixed(1)} of 5 stars · ${countWords(people, 'answer')}`,
    );
  }
  const people = counts.reduce((sum, one) => sum + one.people, 0);
  const rows = counts.map(
    ({ answer, people: chose }) => `${short(answer)}: ${numberWords(chose)} of ${numberWords(people)}`,
  );
  return paragraph(rich`${bold(question)}\n${rows.join('\n')}`);
}

function commentItem({ name, stars, answers }: FeedbackComment): ListItem {
  if (name === undefined) {
    const [first] = answers;
    return { title: first?.question ?? '', lines: answers.map((answer) => short(answerWords(answer), MOST_QUOTED)) };
  }
  return {
    title: name,
    lines: [
      ...(stars === undefined ? [] : [starsWords(stars)]),
      ...answers.map((answer) => rich`${bold(answer.question)} ${short(answerWords(answer), MOST_QUOTED)}`),
    ],
  };
}
