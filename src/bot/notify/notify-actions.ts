import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import type { Choices } from '../../domain/notifications/choices.js';
import type { QuietHours } from '../../domain/notifications/quiet-hours.js';
import { quietHoursText } from '../../domain/notifications/quiet-hours-text.js';
import { defineAction } from '../actions.js';
import { defineForm, type FormField, lineField } from '../forms.js';
import type { Suggest } from '../options.js';
import { readQuiet } from './notify-options.js';

const Nothing = z.object({});

/** Behind the panel's selects; what was chosen comes as their values. */
export const chooseFrequency = defineAction('notify.frequency', Nothing);
export const chooseReminders = defineAction('notify.reminders', Nothing);
export const chooseTypes = defineAction('notify.types', Nothing);
export const chooseMuted = defineAction('notify.muted', Nothing);
/** Mutes an org, or takes that back; says which, so that a second tap changes nothing. */
export const setMuted = defineAction('notify.set-muted', z.object({ org: OrgId, isMuted: z.boolean() }));
export const stopAll = defineAction('notify.stop', Nothing);
export const startAgain = defineAction('notify.start', Nothing);
export const askQuietHours = defineAction('notify.ask-quiet', Nothing);
export const askZone = defineAction('notify.ask-zone', Nothing);

const MOST_TYPED = 100;

/** The form for quiet hours, filled in with those that hold. */
export const quietForm = defineForm({
  name: 'notify.quiet',
  payload: Nothing,
  title: 'Quiet hours',
  fields: {
    hours: quietField(),
  },
});

function quietField(): FormField<{ hours: QuietHours | undefined }> {
  const line = lineField('From and until', {
    most: MOST_TYPED,
    isRequired: true,
    placeholder: '22:00-08:00',
    hint: 'In your time zone; “off” for none',
  });
  return {
    ...line,
    read(raw) {
      const text = line.read(raw);
      return text.ok ? readQuiet(text.value) : text;
    },
  };
}

/** The form with the hours that hold. */
export const filledQuietForm = ({ quietHours }: Choices) => quietForm.with({}, { hours: quietHoursText(quietHours) });

/** The form for the time zone, with type-ahead. */
export const zoneForm = (suggest: Suggest) =>
  defineForm({
    name: 'notify.zone',
    payload: Nothing,
    title: 'Your time zone',
    fields: { zone: zoneField(suggest) },
    fieldFor: { 'zones.unknown': 'zone' },
  });

function zoneField(suggest: Suggest): FormField<string> {
  return {
    label: 'Time zone',
    hint: 'Its name, or a larger city near you',
    isRequired: true,
    input: { kind: 'lookup', suggest, placeholder: 'Europe/Lisbon' },
    read(raw) {
      const text = (Array.isArray(raw) ? raw[0] : raw)?.trim() ?? '';
      if (text === '') return { ok: false, problem: 'It needs a time zone, such as Europe/Lisbon.' };
      if ([...text].length > MOST_TYPED) return { ok: false, problem: 'It takes a name such as Europe/Lisbon.' };
      return { ok: true, value: text };
    },
  };
}
