import { EVENT_TYPES } from '../../domain/events/event.js';
import type { AskedEvents, EventsService } from '../../domain/events/events-service.js';
import type { ResponsesService } from '../../domain/events/responses-service.js';
import type { EventId } from '../../domain/ids.js';
import type { ChoicesService } from '../../domain/notifications/choices-service.js';
import type { EventRemindersService } from '../../domain/notifications/event-reminders-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { fromInstantText } from '../../shared/clock.js';
import { onAction } from '../actions.js';
import { type Actor, isMember, rightsOf } from '../actor.js';
import { zoneQuestion } from '../notify/zone-question.js';
import { choiceOption, momentAheadOption, required } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { EVENT_TYPE_LABELS } from './event-labels.js';
import { eventOption } from './event-option.js';
import { ownRights } from './event-reminders-bot.js';
import { timeReaderOf } from './event-times.js';
import { eventView, respondedView } from './event-view.js';
import * as actions from './events-actions.js';
import { EVENTS_A_PAGE, eventsView } from './events-views.js';

/** `/events`: what is on and what was, one event, and what members say about it. */
export function eventsBot({
  events,
  responses,
  orgs,
  choices,
  eventReminders,
}: {
  events: EventsService;
  responses: ResponsesService;
  orgs: OrgsService;
  choices: ChoicesService;
  eventReminders: EventRemindersService;
}): BotModule {
  const org = orgOption(orgs, 'Only events of this org');
  const named = (text: string | undefined) => (text === undefined ? undefined : { named: text });

  const upcoming = async (actor: Actor, asked: Omit<AskedEvents, 'pageSize'>) =>
    eventsView(await events.upcoming({ ...asked, pageSize: EVENTS_A_PAGE }, rightsOf(actor)), timeReaderOf(actor));
  const past = async (actor: Actor, asked: Omit<AskedEvents, 'pageSize'>) =>
    eventsView(await events.past({ ...asked, pageSize: EVENTS_A_PAGE }, rightsOf(actor)), timeReaderOf(actor));
  const whole = async (actor: Actor, id: EventId) => {
    const details = await events.show(id, rightsOf(actor));
    const isAwaited = details.response === 'going' || details.response === 'interested';
    const reminders =
      isAwaited && isMember(actor) ? await eventReminders.remindersFor(id, ownRights(actor)) : undefined;
    return eventView(details, timeReaderOf(actor), reminders);
  };

  const upcomingCommand = command({
    name: 'events upcoming',
    description: 'What is on: at your orgs first, then elsewhere',
    access: 'anyone',
    options: {
      org,
      within: momentAheadOption('How far ahead: 30d, 2w, or a day'),
      type: choiceOption('Only this kind of event', EVENT_TYPE_LABELS),
    },
    run: async (actor, { org, within, type }) =>
      show(await upcoming(actor, { org: named(org), until: within, type, page: 0 })),
  });

  const pastCommand = command({
    name: 'events past',
    description: 'What was on, the last first',
    access: 'anyone',
    options: { org },
    run: async (actor, { org }) => show(await past(actor, { org: named(org), page: 0 })),
  });

  const showCommand = command({
    name: 'events show',
    description: 'One event: when, where, who comes; say whether you do',
    access: 'anyone',
    options: { event: required(eventOption(events, 'Words of its title')) },
    run: async (actor, { event }) => show(await whole(actor, await events.find(event, rightsOf(actor)))),
  });

  return {
    groups: { events: 'Events: talks, workshops, reading groups, socials and more' },
    commands: [upcomingCommand, pastCommand, showCommand],
    actions: [
      onAction(actions.upcomingPage, async (actor, { until, ...asked }) =>
        replace(await upcoming(actor, { ...asked, until: until === undefined ? undefined : fromInstantText(until) })),
      ),
      onAction(actions.pastPage, async (actor, asked) => replace(await past(actor, asked))),
      onAction(actions.showEvent, async (actor, { event }) => show(await whole(actor, event))),
      onAction(actions.respondTo, async (actor, { event, response, own }) => {
        const responded = await responses.respond(event, response, ownRights(actor));
        const reminders = await eventReminders.remindersFor(event, ownRights(actor));
        const { blocks, ...view } = respondedView(response, responded, timeReaderOf(actor), reminders);
        const question = response === 'going' ? await zoneQuestion(choices, actor) : [];
        const answer = { ...view, blocks: [...blocks, ...question] };
        return own ? replace(answer) : show(answer);
      }),
      onAction(actions.changeType, async (actor, { event }, [chosen]) => {
        const type = EVENT_TYPES.find((one) => one === chosen);
        if (!type && chosen !== actions.BY_THE_RULES) return replace(await whole(actor, event));
        return replace(eventView(await events.retype(event, type, rightsOf(actor)), timeReaderOf(actor)));
      }),
    ],
  };
}
