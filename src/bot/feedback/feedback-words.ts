import type { FeedbackVisibility, QuestionKind } from '../../domain/attendance/feedback.js';

/** Who sees what is said, as admins choose it. */
export const VISIBILITY_LABELS: Readonly<Record<FeedbackVisibility, string>> = {
  attributed: 'With names',
  anonymous: 'Without names',
  aggregated: 'Figures only',
};

export const VISIBILITY_MEANINGS: Readonly<Record<FeedbackVisibility, string>> = {
  attributed: 'Admins see who gave which stars and wrote what.',
  anonymous: 'Admins see stars and words, not whose they are, once three people have said something.',
  aggregated: 'Admins see averages and counts, once three people have said something. No words are asked for.',
};

export const QUESTION_KIND_LABELS: Readonly<Record<QuestionKind, string>> = {
  text: 'A longer text',
  line: 'A short text',
  choice: 'A choice',
  stars: 'Stars, one to five',
};
