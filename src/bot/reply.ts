import type { FormInstance } from './forms.js';
import type { View } from './views.js';

/**
 * What a handler answers with. It sends nothing itself.
 * - `show`: a message of its own, for the actor alone unless `everyone` in the channel is meant to see it;
 * - `replace`: the message that was tapped turns into this one; a command's answer is a message of its own;
 * - `form`: a form opens;
 * - `correct`: a form comes back with what was typed and what is wrong with it.
 */
export type Reply =
  | { kind: 'show'; view: View; audience?: 'everyone' }
  | { kind: 'replace'; view: View }
  | { kind: 'form'; form: FormInstance }
  | { kind: 'correct'; form: FormInstance; problems: Record<string, string>; summary: View };

export const show = (view: View): Reply => ({ kind: 'show', view });
export const replace = (view: View): Reply => ({ kind: 'replace', view });
