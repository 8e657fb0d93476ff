import type { Settings } from '../../domain/notifications/choices-service.js';
import { type ActionRef, runs } from '../actions.js';
import type { TextInput } from '../text.js';
import { type Block, button, buttons, paragraph, type View } from '../views.js';
import { nextWords } from './notify-words.js';

/** The answer to a change by command: what is now true, what happens next, and the way back. */
export function changedView(said: TextInput, settings: Settings, undo: ActionRef | undefined, ...more: Block[]): View {
  return {
    tone: 'good',
    blocks: [
      paragraph(said),
      paragraph(nextWords(settings)),
      ...more,
      buttons(...(undo ? [button('Undo', undo)] : []), button('All notification settings', runs('notify show'))),
    ],
  };
}
