import type {
  Attendance,
  AttendanceAnswer,
  AttendanceSource,
  AttendanceStatus,
} from '../../domain/attendance/attendance.js';
import { type FeedbackVisibility, MOST_STARS } from '../../domain/attendance/feedback.js';

/** The labels of the buttons (product.md section 12). */
export const ANSWER_LABELS: Readonly<Record<AttendanceAnswer, string>> = {
  attended: 'Yes',
  partial: 'Part of it',
  absent: 'No',
};

/** Statuses in lists and options. */
export const STATUS_LABELS: Readonly<Record<AttendanceStatus, string>> = {
  attended: 'Attended',
  partial: 'Part of it',
  absent: 'Absent',
  unknown: 'Not answered',
};

const TO_MEMBER: Readonly<Record<AttendanceAnswer, string>> = {
  attended: 'You were there',
  partial: 'You were there for part of it',
  absent: 'You were not there',
};

const AS_TOLD_BY: Readonly<Record<AttendanceSource, string>> = {
  admin: 'as an organiser noted',
  member: 'as you said',
  program: 'as the session’s record says',
  luma_checkin: 'as lu.ma’s check-in says',
};

/** "You were there, as lu.ma’s check-in says"; nothing while that is unknown. */
export function knownWords({ status, source }: Pick<Attendance, 'status' | 'source'>): string | undefined {
  if (status === 'unknown' || !source) return undefined;
  return `${TO_MEMBER[status]}, ${AS_TOLD_BY[source]}`;
}

/** How it is known, for a line of a list: "Attended, as you said". */
export function statusWords({ status, source }: Pick<Attendance, 'status' | 'source'>): string {
  return source ? `${STATUS_LABELS[status]}, ${AS_TOLD_BY[source]}` : STATUS_LABELS[status];
}

/** "★★★★☆". */
export function starsWords(stars: number): string {
  return '★'.repeat(stars) + '☆'.repeat(MOST_STARS - stars);
}

/** Who sees what one says, before one says it. */
export const PROMISES: Readonly<Record<FeedbackVisibility, string>> = {
  attributed: 'The organisers see your stars and words with your name.',
  anonymous: 'The organisers see your stars and words without your name, once three people have said something.',
  aggregated: 'The organisers see averages and counts alone, once three people have said something.',
};
