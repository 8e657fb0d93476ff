import { z } from 'zod';
import type { Org } from '../../domain/orgs/org.js';
import { defineAction, runs } from '../actions.js';
import { defineForm, type FormField } from '../forms.js';
import { bold, commandName, joined, type RichText, rich } from '../text.js';
import { button, buttons, message, note, paragraph, type View } from '../views.js';

/** Opens the form that asks for the word. Open to anyone, like the form: a second tap finds nobody to erase. */
export const askToDelete = defineAction('profile.ask-delete', z.object({}), 'anyone');
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
  access: 'anyone',
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
      paragraph(
        'Your profile, your accounts here, your place in every org and every open request are erased at once, for good; so are your name and number wherever else I noted them.',
      ),
      ...(orphaned.length > 0 ? [paragraph(handOverFirst(orphaned))] : []),
      buttons(
        button('Delete…', askToDelete.with({}), 'danger'),
        button('Get a copy first', runs('profile export')),
        button('Cancel', keepProfile.with({})),
      ),
      note('What stays: how many members an org has, without names. Messages here stay until you delete them.'),
    ],
  };
}

function handOverFirst(orphaned: Org[]): RichText {
  const names = joined(orphaned.map(({ name }) => rich`${bold(name)}`));
  return rich`You are the only admin of ${names}: nobody could look after ${orphaned.length === 1 ? 'it' : 'them'} any more. To hand over first, make somebody else an admin with ${commandName('manage admins add')}.`;
}

/** After it was done. */
export function deletedView(): View {
  return message(
    'It’s done: everything about you is erased. If you come back one day, you start afresh.',
    buttons(button('Browse orgs', runs('orgs browse'))),
  );
}

/** For somebody about whom nothing is stored: they never agreed, or were erased. */
export function nothingHeldView(): View {
  return message(
    'I have nothing stored about you, so there is nothing to send or erase.',
    buttons(button('Browse orgs', runs('orgs browse')), button('Help', runs('help'))),
  );
}
