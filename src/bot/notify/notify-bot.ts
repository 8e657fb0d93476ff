import { EVENT_TYPES } from '../../domain/events/event.js';
import { type MemberId, OrgId } from '../../domain/ids.js';
import type { MembersService } from '../../domain/members/members-service.js';
import { FREQUENCIES, REMINDERS, USUAL_CHOICES } from '../../domain/notifications/choices.js';
import type { ChoicesService, Settings } from '../../domain/notifications/choices-service.js';
import { quietHoursText } from '../../domain/notifications/quiet-hours-text.js';
import { type ActionRef, onAction, runs } from '../actions.js';
import type { MemberActor } from '../actor.js';
import { EVENT_TYPE_LABELS } from '../events/event-labels.js';
import { onForm } from '../forms.js';
import { choiceOption, required } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { type Reply, replace, show } from '../reply.js';
import type { TextInput } from '../text.js';
import { changedView } from './changed-view.js';
import * as actions from './notify-actions.js';
import { listOption, ownOrgOption, quietOption, suggestZones, zoneOption } from './notify-options.js';
import { FREQUENCY_LABELS, REMINDER_LABELS } from './notify-words.js';
import { panelView } from './panel-view.js';
import * as said from './said-words.js';
import { zoneQuestion } from './zone-question.js';

/** `/notify`: what a member hears unasked, and when. Each changes their own. */
export function notifyBot({ choices, members }: { choices: ChoicesService; members: MembersService }): BotModule {
  const zones = actions.zoneForm(suggestZones(choices));
  const panel = async (memberId: MemberId, before?: TextInput): Promise<Reply> =>
    replace(panelView(await choices.show(memberId), before));
  /** The answer to a command, with the question for the zone where it is due. */
  const changed = async (actor: MemberActor, words: TextInput, settings: Settings, undo?: ActionRef): Promise<Reply> =>
    show(changedView(words, settings, undo, ...(await zoneQuestion(choices, { ...actor, member: settings.member }))));

  const showCommand = command({
    name: 'notify show',
    description: 'What you hear and when, and all you can choose, on one card',
    run: async (actor) => {
      const question = await zoneQuestion(choices, actor);
      const view = panelView(await choices.show(actor.memberId));
      return show({ ...view, blocks: [...question, ...view.blocks] });
    },
  });

  const frequency = command({
    name: 'notify frequency',
    description: 'How often you hear of new events',
    options: { value: required(choiceOption('How often', FREQUENCY_LABELS)) },
    run: async (actor, { value }) => {
      const { before, settings } = await choices.setFrequency(actor.memberId, value);
      return changed(
        actor,
        said.frequency(settings),
        settings,
        runs('notify frequency', { value: before.choices.frequency }),
      );
    },
  });

  const reminders = command({
    name: 'notify reminders',
    description: 'How long before an event you are reminded of it',
    options: {
      values: required(
        listOption('Such as 1d,1h; or none', REMINDER_LABELS, { word: 'none', means: [], meaning: 'No reminders' }),
      ),
    },
    run: async (actor, { values }) => {
      const { before, settings } = await choices.setReminders(actor.memberId, values);
      const undo = runs('notify reminders', { values: before.choices.reminders.join(',') || 'none' });
      return changed(actor, said.reminders(settings), settings, undo);
    },
  });

  const types = command({
    name: 'notify types',
    description: 'Which types of new events you hear of',
    options: {
      values: required(
        listOption('Such as talk,workshop; or all', EVENT_TYPE_LABELS, {
          word: 'all',
          means: [...EVENT_TYPES],
          meaning: 'All types, also those that come later',
        }),
      ),
    },
    run: async (actor, { values }) => {
      const { before, settings } = await choices.setTypes(actor.memberId, values);
      const undo = runs('notify types', { values: before.choices.types?.join(',') ?? 'all' });
      return changed(actor, said.types(settings), settings, undo);
    },
  });

  const quiet = command({
    name: 'notify quiet',
    description: 'When you are left alone, in your time zone',
    options: { hours: required(quietOption('Such as 22:00-08:00; or off')) },
    run: async (actor, { hours: { hours } }) => {
      const { before, settings } = await choices.setQuietHours(actor.memberId, hours);
      const undo = runs('notify quiet', { hours: quietHoursText(before.choices.quietHours) });
      return changed(actor, said.quietHours(settings), settings, undo);
    },
  });

  const timezone = command({
    name: 'notify timezone',
    description: 'The time zone that digests, reminders and quiet hours go by',
    options: { zone: required(zoneOption(choices)) },
    run: async (actor, { zone }) => {
      const { before, settings } = await choices.setZone(actor.memberId, zone);
      const { zone: earlier } = before.member;
      const undo = earlier === undefined ? undefined : runs('notify timezone', { zone: earlier });
      return changed(actor, said.zone(settings), settings, undo);
    },
  });

  const mute = command({
    name: 'notify mute',
    description: 'Hear no more of an org’s new events',
    options: { org: required(ownOrgOption(choices, 'One of your orgs', { isMuted: false })) },
    run: async (actor, { org: text }) => {
      const { id } = await choices.findOwnOrg(actor.memberId, text);
      const { org, settings } = await choices.mute(actor.memberId, id);
      return changed(actor, said.muted(org, true), settings, actions.setMuted.with({ org: org.id, isMuted: false }));
    },
  });

  const unmute = command({
    name: 'notify unmute',
    description: 'Hear of an org’s new events again',
    options: { org: required(ownOrgOption(choices, 'One of your muted orgs', { isMuted: true })) },
    run: async (actor, { org: text }) => {
      const { id } = await choices.findOwnOrg(actor.memberId, text);
      const { org, settings } = await choices.unmute(actor.memberId, id);
      return changed(actor, said.muted(org, false), settings, actions.setMuted.with({ org: org.id, isMuted: true }));
    },
  });

  const mutedTo = async (memberId: MemberId, orgId: OrgId, isMuted: boolean) =>
    isMuted ? choices.mute(memberId, orgId) : choices.unmute(memberId, orgId);

  return {
    groups: { notify: 'Notifications: what you hear of, and when' },
    commands: [showCommand, frequency, reminders, mute, unmute, types, quiet, timezone],
    actions: [
      onAction(actions.chooseFrequency, async ({ memberId }, _payload, [chosen]) => {
        const value = FREQUENCIES.find((one) => one === chosen);
        if (!value) return panel(memberId);
        const { settings } = await choices.setFrequency(memberId, value);
        return replace(panelView(settings, said.frequency(settings)));
      }),
      onAction(actions.chooseReminders, async ({ memberId }, _payload, chosen) => {
        const { settings } = await choices.setReminders(
          memberId,
          REMINDERS.filter((one) => chosen.includes(one)),
        );
        return replace(panelView(settings, said.reminders(settings)));
      }),
      onAction(actions.chooseTypes, async ({ memberId }, _payload, chosen) => {
        const { settings } = await choices.setTypes(
          memberId,
          EVENT_TYPES.filter((one) => chosen.includes(one)),
        );
        return replace(panelView(settings, said.types(settings)));
      }),
      onAction(actions.chooseMuted, async ({ memberId }, _payload, [chosen = '']) => {
        const [how, id] = chosen.split(':');
        const orgId = OrgId.safeParse(id);
        if (!orgId.success || (how !== 'mute' && how !== 'unmute')) return panel(memberId);
        const { org, settings } = await mutedTo(memberId, orgId.data, how === 'mute');
        return replace(panelView(settings, said.muted(org, how === 'mute')));
      }),
      onAction(actions.setMuted, async (actor, { org: orgId, isMuted }) => {
        const { org, settings } = await mutedTo(actor.memberId, orgId, isMuted);
        const back = actions.setMuted.with({ org: orgId, isMuted: !isMuted });
        return replace(changedView(said.muted(org, isMuted), settings, back));
      }),
      onAction(actions.stopAll, async (actor) => {
        await members.stopMessages(actor.account);
        return panel(actor.memberId, 'Stopped: nothing comes to you unasked.');
      }),
      onAction(actions.startAgain, async ({ memberId }) => {
        await members.resumeMessages(memberId);
        return panel(memberId, 'Messages are on again, as you had chosen them.');
      }),
      onAction(actions.askQuietHours, async ({ memberId }) => {
        const { choices: chosen } = await choices.show(memberId);
        const { quietHours } = chosen.quietHours ? chosen : USUAL_CHOICES;
        return { kind: 'form', form: actions.filledQuietForm({ ...chosen, quietHours }) };
      }),
      onAction(actions.askZone, async ({ member }) => ({
        kind: 'form',
        form: zones.with({}, member.zone === undefined ? {} : { zone: member.zone }),
      })),
    ],
    forms: [
      onForm(actions.quietForm, async ({ memberId }, _payload, { hours }) => {
        const { settings } = await choices.setQuietHours(memberId, hours.hours);
        return replace(panelView(settings, said.quietHours(settings)));
      }),
      onForm(zones, async ({ memberId }, _payload, { zone }) => {
        const { settings } = await choices.setZone(memberId, zone);
        return replace(panelView(settings, said.zone(settings)));
      }),
    ],
  };
}
