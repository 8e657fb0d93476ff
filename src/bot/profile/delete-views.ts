import { z } from 'zod';
import type { Org } from '../../domain/orgs/org.js';
import { defineAction, runs } from '../actions.js';
import { defineForm, type FormField } from '../forms.js';
import { bold, joined, rich } from '../text.js';
import { button, buttons, message, note, paragraph, type View } from '../views.js';

/** Opens the form that asks for the word. */
export const askToDelete = defineAction('profile.ask-delete', z.object({}));
export const keepProfile = defineAction('profile.keep', z.object({}), 'anyone');

/** The word that somebody has to write, so that nobody deletes themselves with a slip of the finger. */
const WORD = 'DELETE';

const theWord: FormField<string> = {
  label: `Write ${WORD} to confirm`,
  hint: 'This cannot be undone',
  isRequired: true,
  input: { kind: 'line', most: 20, placeholder: WORD },
  read: (raw) =>
    raw === WORD || (typeof raw === 'string' && raw.trim() === WORD)
      ? { ok: true, value: WORD }
      : { ok: false, problem: `Write ${WORD} in capitals, or close this form to keep everything.` },
};

/** Asks for the word. */
export const deleteForm = defineForm({
  name: 'profile.delete',
  payload: z.object({}),
  title: 'Delete everything about me',
  submitLabel: 'Delete',
  fields: { word: theWord },
});

/** What deleting means, before it is done. */
export function deleteCard(orphaned: Org[]): View {
  return {
    title: 'Delete everything about you?',
    tone: 'careful',
    blocks: [
      paragraph('Your profile, your accounts here and your place in every org are erased at once, for good.'),
      ...(orphaned.length > 0
        ? [
            paragraph(
              rich`You are the only admin of ${joined(orphaned.map(({ name }) => rich`${bold(name)}`))}, which will be left without one. Make somebody else an admin first if you can.`,
            ),
          ]
        : []),
      buttons(button('Delete…', askToDelete.with({}), 'danger'), button('Cancel', keepProfile.with({}))),
      note('What stays: how many members an org has, without names.'),
    ],
  };
}

/** After it was done. */
export function deletedView(): View {
  return message(
    'It’s done: everything about you is erased. If you come back one day, you start afresh.',
    buttons(button('Browse orgs', runs('orgs browse'))),
  );
}
