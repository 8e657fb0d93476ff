import type { Attendance, AttendanceSource, AttendanceStatus } from '../../domain/attendance/attendance.js';
import type { AdminStatus } from '../../domain/attendance/attendance-admin-service.js';
import type { AttendanceCounts, CameOf } from '../../domain/attendance/event-attendance-repository.js';
import type { FeedbackSummary } from '../../domain/attendance/feedback-summary.js';
import { countWords, numberWords } from '../numbers.js';
import type { List } from './event-attendance-actions.js';

/** Lists of people, and the statuses in them. */
export const LIST_LABELS: Readonly<Record<List, string>> = {
  attended: 'Came',
  partial: 'Came for part of it',
  absent: 'Did not come',
  unknown: 'Unknown',
  newcomers: 'New here',
  all: 'Everybody',
  'walk-ins': 'Walk-ins',
};

/** The buttons that mark. */
export const MARK_LABELS: Readonly<Record<AdminStatus, string>> = {
  attended: 'Came',
  partial: 'Part of it',
  absent: 'Did not come',
  none: 'Take mark back',
};

const AS_TOLD_BY: Readonly<Record<AttendanceSource, string>> = {
  admin: 'as an organiser noted',
  member: 'as they said',
  program: 'as the session’s record says',
  luma_checkin: 'as lu.ma’s check-in says',
};

const STATUS: Readonly<Record<AttendanceStatus, string>> = {
  attended: 'Came',
  partial: 'Came for part of it',
  absent: 'Did not come',
  unknown: 'Unknown',
};

/** "Came, as they said". */
export function knownOfWords({ status, source }: Pick<Attendance, 'status' | 'source'>): string {
  return source ? `${STATUS[status]}, ${AS_TOLD_BY[source]}` : STATUS[status];
}

/** "18 of 26 who said Going came (69%); 3 walk-ins; 5 unknown". */
export function countsWords({ going, interested, unannounced, walkIns, byStatus }: AttendanceCounts): string {
  const parts = [
    ...(going.said > 0 ? [rateWords(going, 'who said Going came')] : []),
    ...(interested.said > 0 ? [rateWords(interested, 'who said Interested came')] : []),
    ...(unannounced > 0 ? [`${countWords(unannounced, 'member')} came without saying so`] : []),
    ...(walkIns > 0 ? [countWords(walkIns, 'walk-in')] : []),
    ...(byStatus.unknown > 0 ? [`${numberWords(byStatus.unknown)} unknown`] : []),
  ];
  return parts.join('; ');
}

/** Members who came, and walk-ins. */
export function cameInAll({ byStatus, walkIns }: AttendanceCounts): number {
  return byStatus.attended + byStatus.partial + walkIns;
}

function rateWords({ said, came }: CameOf, words: string): string {
  return `${numberWords(came)} of ${numberWords(said)} ${words} (${Math.round((100 * came) / said)}%)`;
}

/** "4.3 of 5 stars". */
export function averageWords({ average }: Pick<FeedbackSummary, 'average'>): string | undefined {
  return average === undefined ? undefined : `${average.toFixed(1)} of 5 stars`;
}

/** "12 answers of 18 who came". */
export function answersWords({ people }: Pick<FeedbackSummary, 'people'>, { byStatus }: AttendanceCounts): string {
  const came = byStatus.attended + byStatus.partial;
  return `${countWords(people, 'answer')} of ${numberWords(came)} who came`;
}

/** What is shown in the place of what is held back. */
export const HELD_BACK = 'What is said without a name is shown once three people have said something.';
