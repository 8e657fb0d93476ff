import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { Event } from '../events/event.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import { isAttendanceSeen } from '../members/privacy-filter.js';
import type { Org, Page } from '../orgs/org.js';
import { orgForAdmin } from '../orgs/org-for-admin.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Attendance, type AttendanceAnswer, lastMark } from './attendance.js';
import { addMark, attendanceOf } from './attendance-changes.js';
import type { AttendedEvent } from './attendance-repository.js';

/** One mark of an admin's, or `none` to take the last one back. */
export interface AdminMark {
  eventId: EventId;
  memberId: MemberId;
  status: AttendanceAnswer | 'none';
}

export type AttendanceAdminService = ReturnType<typeof createAttendanceAdminService>;

/** Who came to what, in the hands of an org's admins. */
export function createAttendanceAdminService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * Says for members whether they came to an event of the org, over what they or lu.ma said, at any time after it began;
     * or takes that back, so that their own word counts again. All of it or nothing; the same again adds nothing.
     *
     * @throws DomainError `events.gone`, `rights.org-admin`, `attendance.not-open`, `events.cancelled`, `admins.nobody`
     *   for somebody who has nothing to do with the event or the org.
     */
    async mark(marks: readonly AdminMark[], rights: Rights): Promise<Attendance[]> {
      return inTransaction(async (repositories) => {
        const after: Attendance[] = [];
        for (const one of marks) after.push(await markOne(repositories, one, rights, clock.now()));
        return after;
      });
    },

    /**
     * What admins of an org see of where a member was: always at their own events, and at others only if the member
     * shares it (product.md section 7).
     *
     * @throws DomainError `orgs.gone`, `rights.org-admin`, `members.unknown`.
     */
    async historyOf(
      memberId: MemberId,
      { orgId, ...at }: { orgId: OrgId; page: number; pageSize: number },
      rights: Rights,
    ): Promise<Page<AttendedEvent>> {
      return inTransaction(
        async (repositories) => {
          const org = await orgForAdmin(repositories.orgs, orgId, rights);
          const member = await repositories.members.get(memberId);
          const hostId = isAttendanceSeen(member, { isHost: false }) ? undefined : org.id;
          return repositories.attendance.history(memberId, { ...at, now: clock.now(), hostId });
        },
        { isReadOnly: true },
      );
    },
  };
}

async function markOne(
  repositories: Repositories,
  { eventId, memberId, status }: AdminMark,
  rights: Rights,
  now: DateTime,
): Promise<Attendance> {
  const event = await repositories.events.getVisible(eventId);
  const org = await orgForAdmin(repositories.orgs, event.orgId, rights);
  requireBegun(event, now);
  await requireKnown(repositories, event, org, memberId);
  const marks = await repositories.attendance.listMarks(eventId, memberId);
  if ((lastMark(marks, 'admin')?.status ?? 'none') === status) return attendanceOf(repositories, eventId, memberId);
  const mark = { eventId, memberId, status, source: 'admin' as const, markedBy: rights.memberId, markedAt: now };
  await repositories.audit.add({
    orgId: org.id,
    actor: auditActor(rights),
    action: 'attendance.marked',
    subject: { kind: 'member', memberId },
    after: { event: event.title, status },
    at: now,
  });
  return addMark(repositories, mark, now);
}

function requireBegun({ id: eventId, title, state, startsAt }: Event, now: DateTime): void {
  if (state !== 'on') throw new DomainError({ code: 'events.cancelled', eventId, title });
  if (now < startsAt) throw new DomainError({ code: 'attendance.not-open', eventId, title, opensAt: startsAt });
}

/** Nobody is drawn into an org's records who never had to do with it. */
async function requireKnown(
  { orgs, responses, attendance }: Repositories,
  event: Event,
  org: Org,
  memberId: MemberId,
): Promise<void> {
  const isKnown =
    (await responses.find(event.id, memberId)) ??
    (await attendance.find(event.id, memberId)) ??
    ((await orgs.findMembership(org.id, memberId))?.status === 'active' || undefined);
  if (!isKnown)
    throw new DomainError({ code: 'admins.nobody', asked: undefined, orgName: org.name, orgSlug: org.slug });
}
