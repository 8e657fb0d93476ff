import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import type { Event } from '../events/event.js';
import type { EventRow } from '../events/event-listing-repository.js';
import { visibleRow } from '../events/events-service.js';
import type { EventHost } from '../events/listed-event.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { Page } from '../orgs/org.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { canDefer, nextMorning, secondPrompt } from './asking.js';
import {
  type Attendance,
  type AttendanceAnswer,
  type AttendanceMark,
  closesAt,
  hasCome,
  lastMark,
  requireOpen,
} from './attendance.js';
import { addMark, attendanceOf, keepChange, type Tapped } from './attendance-changes.js';
import type { AttendedEvent } from './attendance-repository.js';
import {
  answersTo,
  type Feedback,
  type FeedbackQuestion,
  type FeedbackVisibility,
  questionsUnder,
  strictest,
} from './feedback.js';
import { findAnswerable, type Meant, suggestAnswerable } from './finding-answerable.js';

/** A member acting for themselves. */
export type OwnRights = Rights & { memberId: MemberId };

/** How things stand between a member and an event that they may have come to. */
export interface ShownAttendance {
  event: Event;
  org: EventHost;
  attendance: Attendance;
  /** What the member themselves said last. */
  own: AttendanceMark | undefined;
  feedback: Feedback | undefined;
  /** Whether they may still say otherwise, or give stars. */
  isOpen: boolean;
  /** Whether "Ask me tomorrow" can be had. */
  canDefer: boolean;
  /** Whether they are not asked about this org's events at all. */
  isOrgUnasked: boolean;
  /** What they are asked beside the stars. */
  questions: readonly FeedbackQuestion[];
  /** Who sees what they say, or have said. */
  visibility: FeedbackVisibility;
}

export type AttendanceService = ReturnType<typeof createAttendanceService>;

/** Whether members came, in their own hands: answers, stars and comments, and what they said of the past. */
export function createAttendanceService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  /** Lets the change be made to what is open, and shows how things stand then. */
  const changing = (
    eventId: EventId,
    rights: OwnRights,
    work: (repositories: Repositories, shown: ShownAttendance, now: DateTime) => Promise<unknown>,
  ): Promise<ShownAttendance> =>
    inTransaction(async (repositories) => {
      const now = clock.now();
      const shown = await show(repositories, eventId, rights, now);
      requireOpen(shown.event, now);
      await work(repositories, shown, now);
      return show(repositories, eventId, rights, now);
    });

  const keepFeedback = async (
    repositories: Repositories,
    { attendance, feedback, visibility: current }: ShownAttendance,
    change: Partial<Pick<Feedback, 'stars' | 'answers'>>,
    { now, promised, tapped }: { now: DateTime; promised: FeedbackVisibility | undefined; tapped?: Tapped | undefined },
  ): Promise<void> => {
    const { eventId, memberId } = attendance;
    const before = feedback ?? { eventId, memberId, stars: undefined, answers: [] };
    const visibility = strictest(current, promised);
    await repositories.attendance.saveFeedback({ ...before, ...change, givenAt: now, visibility });
    await keepChange(repositories, attendance, now, tapped);
  };

  return {
    /** How things stand. @throws DomainError `events.gone` also for what the member may not see and never answered. */
    async show(eventId: EventId, rights: OwnRights): Promise<ShownAttendance> {
      return reading((repositories) => show(repositories, eventId, rights, clock.now()));
    },

    /**
     * Records a member's own answer, and drops the second prompt. The same answer again adds nothing. What an admin
     * noted goes on counting over it.
     *
     * @throws DomainError `events.gone`, and as `requireOpen` does.
     */
    async answer(
      eventId: EventId,
      status: AttendanceAnswer,
      rights: OwnRights,
      tapped?: Tapped,
    ): Promise<ShownAttendance> {
      return changing(eventId, rights, async (repositories, { own }, now) => {
        if (own?.status === status) return;
        const mark = { eventId, memberId: rights.memberId, status, source: 'member' as const, markedBy: undefined };
        await addMark(repositories, { ...mark, markedAt: now }, now, tapped);
      });
    },

    /**
     * Puts the question off to the next morning, by the second prompt. Nothing changes once that was sent, or once an
     * answer is there. @throws as `answer` does.
     */
    async defer(eventId: EventId, rights: OwnRights, tapped?: Tapped): Promise<ShownAttendance> {
      return changing(eventId, rights, async (repositories, { attendance }, now) => {
        if (!canDefer(attendance)) return;
        const againAt = nextMorning(now, zoneOfMember(await repositories.members.get(rights.memberId)));
        if (attendance.deferredAt && attendance.againAt?.toMillis() === againAt.toMillis()) return;
        const deferred = await keepChange(repositories, { ...attendance, againAt, deferredAt: now }, now, tapped);
        const second = secondPrompt(deferred);
        if (second) await repositories.deliveries.plan(second);
      });
    },

    /** Asks a member no more about this event. An answer that is there stays. @throws as `answer` does. */
    async decline(eventId: EventId, rights: OwnRights, tapped?: Tapped): Promise<ShownAttendance> {
      return changing(eventId, rights, async (repositories, { attendance }, now) => {
        if (attendance.declinedAt || attendance.status !== 'unknown') return;
        const declined = { ...attendance, againAt: undefined, deferredAt: undefined, declinedAt: now };
        await keepChange(repositories, declined, now, tapped);
      });
    },

    /** Asks a member no more about events of the org, or again. @throws DomainError `orgs.gone`. */
    async setUnasked(orgId: OrgId, isUnasked: boolean, { memberId }: OwnRights): Promise<EventHost> {
      return inTransaction(async ({ orgs, prompts }) => {
        const org = await orgs.getVisible(orgId);
        const isAlready = await prompts.isUnasked(memberId, orgId);
        if (isAlready !== isUnasked) await prompts.setUnasked(memberId, orgId, isUnasked ? clock.now() : undefined);
        return org;
      });
    },

    /**
     * Gives stars, from those who came. From others nothing is taken. Nothing of it is shown that the message did not
     * say, though the org shows more by now. @throws as `answer` does.
     *
     * @param promised what the message said of who sees it.
     */
    async rate(
      eventId: EventId,
      { stars, promised }: { stars: number; promised: FeedbackVisibility | undefined },
      rights: OwnRights,
      tapped?: Tapped,
    ): Promise<ShownAttendance> {
      return changing(eventId, rights, async (repositories, shown, now) => {
        if (!hasCome(shown.attendance) || shown.feedback?.stars === stars) return;
        await keepFeedback(repositories, shown, { stars }, { now, promised, tapped });
      });
    },

    /**
     * Keeps the answers to a form in the place of those before; an empty form takes them back. @throws as `answer` does.
     *
     * @param said the questions as they were put, the answers by their ids, and who was said to see them.
     */
    async comment(
      eventId: EventId,
      said: {
        questions: readonly FeedbackQuestion[];
        values: Readonly<Record<string, string>>;
        promised: FeedbackVisibility | undefined;
      },
      rights: OwnRights,
    ): Promise<ShownAttendance> {
      return changing(eventId, rights, async (repositories, shown, now) => {
        const before = shown.feedback?.answers ?? [];
        const answers = answersTo(said.questions, said.values, before);
        if (JSON.stringify(answers) === JSON.stringify(before)) return;
        await keepFeedback(repositories, shown, { answers }, { now, promised: said.promised });
      });
    },

    /**
     * The event of the past 14 days that a member means, by its id or words of its title, or those it may be.
     *
     * @throws DomainError `attendance.no-such-event` with some that there are.
     */
    async find(text: string, rights: OwnRights): Promise<Meant> {
      return reading((repositories) => findAnswerable(repositories, text, rights, clock.now()));
    },

    /** Events to offer while somebody types: those of the past 14 days, the last first, of their own orgs before others. */
    async suggest(text: string, rights: OwnRights, most: number): Promise<EventRow[]> {
      return reading((repositories) => suggestAnswerable(repositories, text, rights, { now: clock.now(), most }));
    },

    /** What a member's past looks like, with the orgs that do not ask them. */
    async history(
      { memberId }: OwnRights,
      at: { page: number; pageSize: number },
    ): Promise<{ page: Page<AttendedEvent>; unasked: EventHost[] }> {
      return reading(async ({ attendance, prompts }) => ({
        page: await attendance.history(memberId, { ...at, now: clock.now() }),
        unasked: await prompts.listUnasked(memberId),
      }));
    },
  };
}

async function show(
  repositories: Repositories,
  eventId: EventId,
  rights: OwnRights,
  now: DateTime,
): Promise<ShownAttendance> {
  const { event, org } = await eventFor(repositories, eventId, rights);
  const attendance = await attendanceOf(repositories, eventId, rights.memberId);
  const marks = await repositories.attendance.listMarks(eventId, rights.memberId);
  const feedback = await repositories.attendance.findFeedback(eventId, rights.memberId);
  const settings = await repositories.feedbackSettings.get(org.id);
  const visibility = strictest(settings.visibility, feedback?.visibility);
  return {
    event,
    org,
    attendance,
    own: lastMark(marks, 'member'),
    feedback,
    isOpen: event.state === 'on' && now >= event.startsAt && now <= closesAt(event),
    canDefer: canDefer(attendance),
    isOrgUnasked: await repositories.prompts.isUnasked(rights.memberId, org.id),
    questions: questionsUnder(visibility, settings.questions),
    visibility,
  };
}

/** What a member was asked about or answered is theirs to see, though lists may not show it to them. */
async function eventFor(
  repositories: Repositories,
  eventId: EventId,
  rights: OwnRights,
): Promise<{ event: Event; org: EventHost }> {
  const { attendance, responses, events, orgs } = repositories;
  const isTheirs =
    (await attendance.find(eventId, rights.memberId)) ?? (await responses.find(eventId, rights.memberId));
  if (!isTheirs) return visibleRow(repositories, eventId, rights);
  const event = await events.getVisible(eventId);
  const { id, name, slug } = await orgs.getVisible(event.orgId);
  return { event, org: { id, name, slug } };
}
