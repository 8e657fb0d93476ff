import { DateTime } from 'luxon';
import type { EventId, MemberId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import { MOST_PROMPTS } from './asking.js';
import { ATTENDANCE_SOURCES, type Attendance, withMarks } from './attendance.js';
import { attendanceOf, keepChange } from './attendance-changes.js';
import { type Feedback, strictest } from './feedback.js';

/**
 * What was known of two members at the same events, as they become one: whoever was asked once on either account was
 * asked twice, and whoever wanted to be left alone on one is. What counts of all that was said is settled by the marks
 * once they are one.
 */
export function mergeAttendance(kept: readonly Attendance[], absorbed: readonly Attendance[]): Attendance[] {
  return inPairs(kept, absorbed).map(([own, other]) => {
    const prompts = Math.min(own.prompts + other.prompts, MOST_PROMPTS);
    const { status, source, markedAt } = strongerOf(own, other);
    const isOpen = status === 'unknown' && prompts < MOST_PROMPTS;
    return {
      ...own,
      status,
      source,
      markedAt,
      prompts,
      againAt: isOpen ? latest(own.againAt, other.againAt) : undefined,
      deferredAt: isOpen ? latest(own.deferredAt, other.deferredAt) : undefined,
      declinedAt: status === 'unknown' ? latest(own.declinedAt, other.declinedAt) : undefined,
      revision: Math.max(own.revision, other.revision),
    };
  });
}

/** What two members said of the same events, as they become one: the later word, with what only the other said. */
export function mergeFeedback(kept: readonly Feedback[], absorbed: readonly Feedback[]): Feedback[] {
  return inPairs(kept, absorbed).map(([own, other]) => {
    const [later, earlier] = own.givenAt >= other.givenAt ? [own, other] : [other, own];
    return {
      ...own,
      stars: later.stars ?? earlier.stars,
      answers: later.answers.length > 0 ? later.answers : earlier.answers,
      givenAt: later.givenAt,
      visibility: strictest(own.visibility, other.visibility),
    };
  });
}

/**
 * Makes what counts what the marks say, after two members became one or one became two, and has the messages that stand
 * with them follow.
 *
 * @param of the member of whose events it may have changed.
 */
export async function settleAttendanceOf(
  repositories: Pick<Repositories, 'attendance' | 'deliveries'>,
  memberId: MemberId,
  eventIds: readonly EventId[],
  now: DateTime,
): Promise<void> {
  const { attendance } = repositories;
  for (const eventId of new Set(eventIds)) {
    const before = await attendance.find(eventId, memberId);
    const marks = await attendance.listMarks(eventId, memberId);
    if (!before && marks.length === 0) continue;
    await keepChange(repositories, withMarks(await attendanceOf(repositories, eventId, memberId), marks), now);
  }
}

/** The events at which anything is known of a member. */
export async function eventsOf(
  { attendance }: Pick<Repositories, 'attendance'>,
  memberId: MemberId,
): Promise<EventId[]> {
  const asked = (await attendance.listOf(memberId)).map(({ eventId }) => eventId);
  return [...new Set([...asked, ...(await attendance.listMarkedEvents(memberId))])];
}

function inPairs<One extends { eventId: EventId }>(kept: readonly One[], absorbed: readonly One[]): [One, One][] {
  const others = new Map(absorbed.map((one) => [one.eventId, one]));
  return kept.flatMap((own) => {
    const other = others.get(own.eventId);
    return other ? [[own, other] as [One, One]] : [];
  });
}

function strongerOf(own: Attendance, other: Attendance): Attendance {
  const rank = ({ source }: Attendance) => (source ? ATTENDANCE_SOURCES.indexOf(source) : ATTENDANCE_SOURCES.length);
  return rank(other) < rank(own) ? other : own;
}

function latest(one: DateTime | undefined, other: DateTime | undefined): DateTime | undefined {
  return one && other ? DateTime.max(one, other) : (one ?? other);
}
