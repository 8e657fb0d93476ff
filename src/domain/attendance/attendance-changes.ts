import type { DateTime } from 'luxon';
import type { EventId, IdentityId, MemberId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import { AboutPrompt, ASKED_HOURS, PROMPT, PROMPT_EDIT } from './asking.js';
import { type Attendance, type AttendanceMark, blankAttendance, CORRECTABLE_DAYS, withMarks } from './attendance.js';

/** The message that somebody tapped, which takes on the answer by itself: on which account, and as of which revision. */
export interface Tapped {
  identityId: IdentityId;
  seen: number;
}

/** How far back messages are looked for that may have to change, in days: no prompt comes later, and then answers close. */
const COPIES_DAYS = CORRECTABLE_DAYS + (2 * ASKED_HOURS) / 24;

/** What is known of a member at an event. */
export async function attendanceOf(
  { attendance }: Pick<Repositories, 'attendance'>,
  eventId: EventId,
  memberId: MemberId,
): Promise<Attendance> {
  return (await attendance.find(eventId, memberId)) ?? blankAttendance(eventId, memberId);
}

/**
 * Keeps a change that messages show, and has every message to the member about the event follow, on whichever platform
 * it stands; but for the one tapped, if that showed how things stood before.
 */
export async function keepChange(
  repositories: Pick<Repositories, 'attendance' | 'deliveries'>,
  change: Attendance,
  now: DateTime,
  tapped?: Tapped,
): Promise<Attendance> {
  const changed = { ...change, revision: change.revision + 1 };
  await repositories.attendance.save(changed);
  const copies = await listCopies(repositories, changed, now);
  const isInStep = tapped?.seen === change.revision;
  const onSameAccount = copies.filter(({ identityId }) => identityId === tapped?.identityId);
  const follows = isInStep && onSameAccount.length === 1 ? copies.filter((one) => one !== onSameAccount[0]) : copies;
  for (const copy of follows) await planCopyEdit(repositories, changed, copy, now);
  return changed;
}

/** Adds a mark, and makes what counts what the marks now say. */
export async function addMark(
  repositories: Pick<Repositories, 'attendance' | 'deliveries'>,
  mark: AttendanceMark,
  now: DateTime,
  tapped?: Tapped,
): Promise<Attendance> {
  const { attendance } = repositories;
  const before = await attendanceOf(repositories, mark.eventId, mark.memberId);
  await attendance.addMark(mark);
  const after = withMarks(before, await attendance.listMarks(mark.eventId, mark.memberId));
  return keepChange(repositories, after, now, tapped);
}

/** A message about the event that stands in a conversation with the member. */
interface Copy {
  dedupeKey: string;
  identityId: IdentityId | undefined;
}

async function listCopies(
  { deliveries }: Pick<Repositories, 'deliveries'>,
  { eventId, memberId }: Attendance,
  now: DateTime,
): Promise<Copy[]> {
  const sent = await deliveries.listSentOfKind(memberId, PROMPT, now.minus({ days: COPIES_DAYS }));
  return sent.filter(({ payload }) => AboutPrompt.safeParse(payload).data?.event === eventId);
}

/** Has one message show how things stand; once for each revision. */
export async function planCopyEdit(
  { deliveries }: Pick<Repositories, 'deliveries'>,
  { eventId, memberId, revision }: Attendance,
  { dedupeKey, identityId }: Copy,
  now: DateTime,
): Promise<void> {
  await deliveries.plan({
    dedupeKey: `${dedupeKey}:edit:${revision}`,
    kind: PROMPT_EDIT,
    payload: { event: eventId },
    dueAt: now,
    memberId,
    edits: dedupeKey,
    ...(identityId && { identityId }),
  });
}
