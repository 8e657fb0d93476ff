import { AboutPrompt, AboutPromptEdit, PROMPT, PROMPT_EDIT } from '../../domain/attendance/asking.js';
import type { Tapped } from '../../domain/attendance/attendance-changes.js';
import type { AttendanceService, ShownAttendance } from '../../domain/attendance/attendance-service.js';
import type { PromptsService } from '../../domain/attendance/prompts-service.js';
import { onAction } from '../actions.js';
import { isMember, type MemberActor } from '../actor.js';
import { onDelivery, onUnasked } from '../deliveries.js';
import { eventChoices } from '../events/event-option.js';
import { ownRights } from '../events/event-reminders-bot.js';
import { timeReaderOf } from '../events/event-times.js';
import { choiceOption, lookupOption, required } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import * as actions from './attendance-actions.js';
import { attendanceView, changeView, promptView } from './attendance-views.js';
import { STATUS_LABELS } from './attendance-words.js';
import { commentForm, filledCommentForm } from './comment-form.js';
import { HISTORY_A_PAGE, historyView, whichEventView } from './history-view.js';

const MOST_SUGGESTIONS = 25;

/** `/attendance`, and the messages that ask whether one came. */
export function attendanceBot({
  attendance,
  prompts,
}: {
  attendance: AttendanceService;
  prompts: PromptsService;
}): BotModule {
  const history = async (actor: MemberActor, page: number) =>
    historyView(await attendance.history(ownRights(actor), { page, pageSize: HISTORY_A_PAGE }));

  const historyCommand = command({
    name: 'attendance history',
    description: 'What you came to, the last first, with your feedback',
    run: async (actor) => show(await history(actor, 0)),
  });

  const { unknown: _, ...answerLabels } = STATUS_LABELS;
  const markCommand = command({
    name: 'attendance mark',
    description: 'Say whether you came to an event of the past 14 days',
    options: {
      event: required(
        lookupOption(
          'Words of its title',
          async (actor, text) =>
            isMember(actor)
              ? eventChoices(await attendance.suggest(text, ownRights(actor), MOST_SUGGESTIONS), actor)
              : [],
          { most: 200, example: 'reading group' },
        ),
      ),
      status: required(choiceOption('Whether you came', answerLabels)),
    },
    run: async (actor, { event, status }) => {
      const meant = await attendance.find(event, ownRights(actor));
      if (meant.kind === 'several') return show(whichEventView(meant.asked, meant.candidates, status));
      return show(cardOf(actor, await attendance.answer(meant.eventId, status, ownRights(actor))));
    },
  });

  return {
    groups: { attendance: 'What you came to, and what you thought of it' },
    commands: [historyCommand, markCommand],
    actions: [
      onAction(actions.answerAttendance, async (actor, { event, status, seen }) =>
        replace(cardOf(actor, await attendance.answer(event, status, ownRights(actor), tapped(actor, seen)), seen)),
      ),
      onAction(actions.askTomorrow, async (actor, { event, seen }) =>
        replace(cardOf(actor, await attendance.defer(event, ownRights(actor), tapped(actor, seen)), seen)),
      ),
      onAction(actions.dontAsk, async (actor, { event, seen }) =>
        replace(cardOf(actor, await attendance.decline(event, ownRights(actor), tapped(actor, seen)), seen)),
      ),
      onAction(actions.dontAskOfOrg, async (actor, { event, org, seen }) => {
        await attendance.setUnasked(org, true, ownRights(actor));
        return replace(cardOf(actor, await attendance.show(event, ownRights(actor)), seen));
      }),
      onAction(actions.askOfOrg, async (actor, { event, org, seen }) => {
        await attendance.setUnasked(org, false, ownRights(actor));
        return replace(cardOf(actor, await attendance.show(event, ownRights(actor)), seen));
      }),
      onAction(actions.giveStars, async (actor, { event, stars, as: promised, seen }) => {
        const given = { stars, promised };
        return replace(cardOf(actor, await attendance.rate(event, given, ownRights(actor), tapped(actor, seen)), seen));
      }),
      onAction(actions.writeComment, async (actor, { event }) => ({
        kind: 'form',
        form: filledCommentForm(await attendance.show(event, ownRights(actor))),
      })),
      onAction(actions.changeAnswer, async (actor, { event, seen }) =>
        replace(changeView(await attendance.show(event, ownRights(actor)), seen !== undefined)),
      ),
      onAction(actions.openAttendance, async (actor, { event }) =>
        show(cardOf(actor, await attendance.show(event, ownRights(actor)))),
      ),
      onAction(actions.historyPage, async (actor, { page }) => replace(await history(actor, page))),
      onAction(actions.askAgain, async (actor, { org }) => {
        await attendance.setUnasked(org, false, ownRights(actor));
        return replace(await history(actor, 0));
      }),
    ],
    forms: [
      commentForm(async (actor, { event, questions, as: promised }, values) =>
        replace(cardOf(actor, await attendance.comment(event, { questions, values, promised }, ownRights(actor)))),
      ),
    ],
    messages: [
      onUnasked(PROMPT, AboutPrompt, {
        async view(recipient, about) {
          const toAsk = await prompts.toAsk(about, recipient.memberId);
          return toAsk && promptView(toAsk, timeReaderOf(recipient));
        },
        async settled(repositories, about, { mayBeThere }, { memberId }, occasion) {
          if (mayBeThere) await prompts.noteAsked(repositories, about, { memberId, occasion });
        },
      }),
      onDelivery(PROMPT_EDIT, AboutPromptEdit, async (recipient, { event }) =>
        attendanceView(await attendance.show(event, ownRights(recipient)), timeReaderOf(recipient), { isCopy: true }),
      ),
    ],
  };
}

function cardOf(actor: MemberActor, shown: ShownAttendance, seen?: number) {
  return attendanceView(shown, timeReaderOf(actor), { isCopy: seen !== undefined });
}

function tapped({ identity }: MemberActor, seen: number | undefined): Tapped | undefined {
  return seen === undefined ? undefined : { identityId: identity.id, seen };
}
