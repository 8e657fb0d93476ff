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
import { eventFor, withNames } from './event-attendance-service.js';

/** One mark of an admin's, or `none` to take the last one back. */
export interface AdminMark {
  eventId: EventId;
  memberId: MemberId;
  status: AttendanceAnswer | 'none';
}

/** What an admin has noted of somebody, or `none`. */
export type AdminStatus = AdminMark['status'];

/** Somebody who is to be marked, as they stand. */
export interface PersonToMark {
  memberId: MemberId;
  name: string;
  attendance: Attendance;
}

/** Somebody whom an admin has marked, and what was noted of them before. */
export interface MarkedPerson extends PersonToMark {
  before: AdminStatus;
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

    /** Those who are to be marked, by name. @throws DomainError as `mark` does. */
    async preview(
      eventId: EventId,
      memberIds: readonly MemberId[],
      rights: Rights,
    ): Promise<{ event: Event; org: Org; people: PersonToMark[] }> {
      return inTransaction(
        async (repositories) => {
          const { event, org } = await eventToMark(repositories, eventId, rights, clock.now());
          const people: Omit<PersonToMark, 'name'>[] = [];
          for (const memberId of new Set(memberIds)) {
            await requireKnown(repositories, event, org, memberId);
            people.push({ memberId, attendance: await attendanceOf(repositories, eventId, memberId) });
          }
          return { event, org, people: (await withNames(repositories, people)).sort(byName) };
        },
        { isReadOnly: true },
      );
    },

    /** Marks several members alike, and tells what was noted of each before. @throws DomainError as `mark` does. */
    async markAlike(
      eventId: EventId,
      { memberIds, status }: { memberIds: readonly MemberId[]; status: AdminStatus },
      rights: Rights,
    ): Promise<{ event: Event; people: MarkedPerson[] }> {
      return inTransaction(async (repositories) => {
        const now = clock.now();
        const { event } = await eventToMark(repositories, eventId, rights, now);
        const people: Omit<MarkedPerson, 'name'>[] = [];
        for (const memberId of new Set(memberIds)) {
          const before = await notedOf(repositories, eventId, memberId);
          const attendance = await markOne(repositories, { eventId, memberId, status }, rights, now);
          people.push({ memberId, attendance, before });
        }
        return { event, people: (await withNames(repositories, people)).sort(byName) };
      });
    },

    /**
     * Puts back what was noted of members before they were marked; of those of whom something else was noted since, that
     * stays. Safe to repeat.
     *
     * @param marked the status that was given, and for each what stood before.
     * @throws DomainError as `mark` does.
     */
    async undo(
      eventId: EventId,
      { status, people }: { status: AdminStatus; people: readonly { memberId: MemberId; before: AdminStatus }[] },
      rights: Rights,
    ): Promise<{ event: Event; people: PersonToMark[] }> {
      return inTransaction(async (repositories) => {
        const now = clock.now();
        const { event } = await eventToMark(repositories, eventId, rights, now);
        const undone: Omit<PersonToMark, 'name'>[] = [];
        for (const { memberId, before } of people) {
          if ((await notedOf(repositories, eventId, memberId)) !== status) continue;
          const mark = { eventId, memberId, status: before };
          undone.push({ memberId, attendance: await markOne(repositories, mark, rights, now) });
        }
        return { event, people: (await withNames(repositories, undone)).sort(byName) };
      });
    },

    /**
     * What admins of an org see of where a member was: always at their own events, and at others only if the member
     * shares it (product.md section 7). What the member said of an event is seen by its own host, if it was given with
     * the name.
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
          const page = await repositories.attendance.history(memberId, { ...at, now: clock.now(), hostId });
          return { ...page, items: page.items.map((attended) => seenByAdminsOf(org, attended)) };
        },
        { isReadOnly: true },
      );
    },
  };
}

function seenByAdminsOf(org: Org, attended: AttendedEvent): AttendedEvent {
  const isSeen = attended.org.id === org.id && attended.feedback?.visibility === 'attributed';
  return { ...attended, feedback: isSeen ? attended.feedback : undefined };
}

async function markOne(
  repositories: Repositories,
  { eventId, memberId, status }: AdminMark,
  rights: Rights,
  now: DateTime,
): Promise<Attendance> {
  const { event, org } = await eventToMark(repositories, eventId, rights, now);
  await requireKnown(repositories, event, org, memberId);
  if ((await notedOf(repositories, eventId, memberId)) === status) return attendanceOf(repositories, eventId, memberId);
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

async function eventToMark(
  repositories: Repositories,
  eventId: EventId,
  rights: Rights,
  now: DateTime,
): Promise<{ event: Event; org: Org }> {
  const found = await eventFor(repositories, eventId, rights);
  requireBegun(found.event, now);
  return found;
}

/** What admins have noted last. */
async function notedOf({ attendance }: Repositories, eventId: EventId, memberId: MemberId): Promise<AdminStatus> {
  return lastMark(await attendance.listMarks(eventId, memberId), 'admin')?.status ?? 'none';
}

const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name, 'en');

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
