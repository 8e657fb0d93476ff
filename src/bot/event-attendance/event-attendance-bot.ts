import type { AttendanceAdminService } from '../../domain/attendance/attendance-admin-service.js';
import type { EventAttendanceService } from '../../domain/attendance/event-attendance-service.js';
import type { DrawStars } from '../../domain/attendance/stars-picture.js';
import { type EventId, MemberId } from '../../domain/ids.js';
import type { AdminsService } from '../../domain/orgs/admins-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { eventChoices } from '../events/event-option.js';
import { onForm } from '../forms.js';
import { whichPersonView } from '../manage/admins-views.js';
import { suggestMembers } from '../manage/member-suggestions.js';
import { lookupOption } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import type { View } from '../views.js';
import * as actions from './event-attendance-actions.js';
import {
  backButton,
  eventAttendanceView,
  latestEventsView,
  PEOPLE_A_PAGE,
  peopleView,
  walkInsView,
  whichEventAttendanceView,
} from './event-attendance-views.js';
import { feedbackView, starsPicture } from './feedback-view.js';
import { markedView, markPreview, unmarkedView, whomForm, whomToMarkView } from './marking-views.js';

const MOST_SUGGESTIONS = 25;

/** `/crm attendance`: who came to an event and what they said of it. Who may is decided in the services, at every call. */
export function eventAttendanceBot({
  eventAttendance,
  attendanceAdmin,
  admins,
  drawStars,
}: {
  eventAttendance: EventAttendanceService;
  attendanceAdmin: AttendanceAdminService;
  admins: AdminsService;
  drawStars: DrawStars;
}): BotModule {
  const form = whomForm(suggestMembers(admins));

  const overview = async (actor: Actor, event: EventId): Promise<View> =>
    eventAttendanceView(await eventAttendance.show(event, rightsOf(actor)));

  const found = async (actor: Actor, text: string | undefined): Promise<View> => {
    const meant = await eventAttendance.find(text, spaceOf(actor), rightsOf(actor));
    switch (meant.kind) {
      case 'one':
        return overview(actor, meant.eventId);
      case 'several':
        return whichEventAttendanceView(meant.asked, meant.candidates);
      case 'latest':
        return latestEventsView(meant.events);
    }
  };

  const people = async (actor: Actor, event: EventId, list: actions.List, page: number): Promise<View> => {
    const at = { page, pageSize: PEOPLE_A_PAGE };
    if (list === 'walk-ins') return walkInsView(await eventAttendance.walkIns(event, at, rightsOf(actor)));
    return peopleView(await eventAttendance.people(event, { ...at, scope: list }, rightsOf(actor)), list);
  };

  const whomToMark = async (actor: Actor, event: EventId, page: number): Promise<View> => {
    return whomToMarkView(await eventAttendance.people(event, toMark(page), rightsOf(actor)));
  };

  const preview = async (actor: Actor, event: EventId, memberIds: readonly MemberId[]): Promise<View> =>
    markPreview(await attendanceAdmin.preview(event, memberIds, rightsOf(actor)));

  const previewFrom = async (actor: Actor, event: EventId, page: number, values: readonly string[]): Promise<View> => {
    const chosen = readMembers(values);
    if (chosen.length === 0) return whomToMark(actor, event, page);
    const listed = await eventAttendance.people(event, toMark(page), rightsOf(actor));
    return markPreview(await attendanceAdmin.preview(event, chosen, rightsOf(actor)), listed.page);
  };

  const feedback = async (actor: Actor, event: EventId, page: number): Promise<View> => {
    const shown = await eventAttendance.show(event, rightsOf(actor));
    const picture = page === 0 ? starsPicture(shown) : undefined;
    return feedbackView(shown, picture && (await drawStars(picture)), page);
  };

  const attendance = command({
    name: 'crm attendance',
    description: 'Who came to an event and what they said of it; mark people by hand',
    access: 'anyone',
    options: {
      event: lookupOption(
        'Words of its title; the latest events when left out',
        async (actor, text) =>
          eventChoices(await eventAttendance.suggest(text, spaceOf(actor), rightsOf(actor), MOST_SUGGESTIONS), actor),
        { most: 200, example: 'reading group' },
      ),
    },
    run: async (actor, { event }) => show(await found(actor, event)),
  });

  return {
    groups: { crm: 'Your community at a glance (admins)' },
    commands: [attendance],
    actions: [
      onAction(actions.openEventAttendance, async (actor, { event }) => show(await overview(actor, event))),
      onAction(actions.showEventAttendance, async (actor, { event }) => replace(await overview(actor, event))),
      onAction(actions.latestEvents, async (actor) => replace(await found(actor, undefined))),
      onAction(actions.choosePeople, async (actor, { event }, [list]) =>
        replace(await people(actor, event, actions.List.catch('all').parse(list), 0)),
      ),
      onAction(actions.peoplePage, async (actor, { event, list, page }) =>
        replace(await people(actor, event, list, page)),
      ),
      onAction(actions.choosePeopleToMark, async (actor, { event, page }) =>
        replace(await whomToMark(actor, event, page)),
      ),
      onAction(actions.previewChosen, async (actor, { event, page }, values) =>
        replace(await previewFrom(actor, event, page, values)),
      ),
      onAction(actions.previewOne, async (actor, { event, member }) => replace(await preview(actor, event, [member]))),
      onAction(actions.askWhomToMark, async (actor, { event }) => {
        await eventAttendance.show(event, rightsOf(actor));
        return { kind: 'form', form: form.with({ event }) };
      }),
      onAction(actions.markAs, async (actor, { event, members, status }) => {
        const marked = await attendanceAdmin.markAlike(event, { memberIds: members, status }, rightsOf(actor));
        return replace(markedView(marked, status));
      }),
      onAction(actions.undoMarks, async (actor, { event, status, people: marked }) => {
        const before = marked.map(({ member, before }) => ({ memberId: member, before }));
        return replace(unmarkedView(await attendanceAdmin.undo(event, { status, people: before }, rightsOf(actor))));
      }),
      onAction(actions.feedbackPage, async (actor, { event, page }) => replace(await feedback(actor, event, page))),
    ],
    forms: [
      onForm(form, async (actor, { event }, { member: text }) => {
        const rights = rightsOf(actor);
        const { org } = await eventAttendance.show(event, rights);
        const meant = await admins.find(org.id, { text, role: undefined }, rights);
        if (meant.kind === 'one') return replace(await preview(actor, event, [meant.person.memberId]));
        const choose = ({ memberId: member }: { memberId: MemberId }) => actions.previewOne.with({ event, member });
        return replace(whichPersonView(meant, text, choose, backButton({ id: event })));
      }),
    ],
  };
}

const toMark = (page: number) => ({ scope: 'all', page, pageSize: actions.MOST_MARKED }) as const;

/** The members chosen, whatever else came. */
function readMembers(values: readonly string[]): MemberId[] {
  return values.slice(0, actions.MOST_MARKED).flatMap((value) => {
    const read = MemberId.safeParse(value);
    return read.success ? [read.data] : [];
  });
}
