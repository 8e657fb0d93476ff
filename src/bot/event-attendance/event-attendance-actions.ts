import { z } from 'zod';
import { ATTENDANCE_ANSWERS } from '../../domain/attendance/attendance.js';
import type { Event } from '../../domain/events/event.js';
import { EventId, MemberId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';
import { type Button, button } from '../views.js';

/** As many as a select of any platform shows; so many are marked at once. */
export const MOST_MARKED = 25;

/** Lists of an event's people. Walk-ins are guests of lu.ma's and no members. */
export const LISTS = ['attended', 'partial', 'absent', 'unknown', 'newcomers', 'all', 'walk-ins'] as const;
export const List = z.enum(LISTS);
export type List = z.infer<typeof List>;

const OnEvent = z.object({ event: EventId });
const OnPage = OnEvent.extend({ page: z.number().int().min(0).max(100_000) });
const Status = z.enum([...ATTENDANCE_ANSWERS, 'none']);

/** Who came to an event, for its org's admins: in a message of its own, or in the place of the one tapped. */
export const openEventAttendance = defineAction('crm.attendance-open', OnEvent, 'anyone');
export const showEventAttendance = defineAction('crm.attendance', OnEvent, 'anyone');
/** Events to choose from. */
export const latestEvents = defineAction('crm.attendance-latest', z.object({}), 'anyone');
/** A list of people; which one is what was chosen. */
export const choosePeople = defineAction('crm.people-of', OnEvent, 'anyone');
export const peoplePage = defineAction('crm.people', OnPage.extend({ list: List }), 'anyone');
/** Those who can be marked, to choose from; whoever else is in the org is found by name. */
export const choosePeopleToMark = defineAction('crm.mark', OnPage, 'anyone');
export const previewChosen = defineAction('crm.mark-chosen', OnPage, 'anyone');
export const askWhomToMark = defineAction('crm.mark-find', OnEvent, 'anyone');
/** The question how one person is to be marked. */
export const previewOne = defineAction('crm.mark-one', OnEvent.extend({ member: MemberId }), 'anyone');
export const markAs = defineAction(
  'crm.mark-as',
  OnEvent.extend({ members: z.array(MemberId).min(1).max(MOST_MARKED), status: Status }),
  'anyone',
);
/** Holds what was noted before, so that an old tap undoes no newer mark. */
export const undoMarks = defineAction(
  'crm.mark-undo',
  OnEvent.extend({
    status: Status,
    people: z
      .array(z.object({ member: MemberId, before: Status }))
      .min(1)
      .max(MOST_MARKED),
  }),
  'anyone',
);
export const feedbackPage = defineAction('crm.feedback', OnPage, 'anyone');

/** Opens who came to an event; to be shown to its org's admins, others are refused. */
export function attendanceButton({ id }: Pick<Event, 'id'>): Button {
  return button('Who came', openEventAttendance.with({ event: id }));
}
