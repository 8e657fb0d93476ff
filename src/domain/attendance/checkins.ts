import type { DateTime } from 'luxon';
import type { Guest } from '../events/guests.js';
import type { EventId, MemberId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import { addMark } from './attendance-changes.js';

/**
 * Makes lu.ma's marks what its guest list says: whoever was checked in by the hosts attended, by the members they are
 * matched to; what a list no longer says is taken back. Nothing is added when nothing changed, so it is safe to repeat.
 */
export async function settleCheckIns(
  repositories: Repositories,
  eventId: EventId,
  guests: readonly Guest[],
  now: DateTime,
): Promise<void> {
  const checkedIn = new Map<MemberId, DateTime>();
  for (const { match, checkedInAt } of guests) {
    const before = match && checkedIn.get(match.memberId);
    if (match && checkedInAt && (!before || checkedInAt < before)) checkedIn.set(match.memberId, checkedInAt);
  }
  const last = await repositories.attendance.listLastMarks(eventId, 'luma_checkin');
  const told = { eventId, source: 'luma_checkin' as const, markedBy: undefined, markedAt: now };
  for (const memberId of checkedIn.keys()) {
    if (last.get(memberId)?.status === 'attended') continue;
    await addMark(repositories, { ...told, memberId, status: 'attended' }, now);
  }
  for (const [memberId, { status }] of last) {
    if (status === 'none' || checkedIn.has(memberId)) continue;
    await addMark(repositories, { ...told, memberId, status: 'none' }, now);
  }
}
