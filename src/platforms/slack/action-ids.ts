import { encodeAction } from '../../bot/action-codec.js';
import type { ActionRef } from '../../bot/actions.js';
import type { Block, View } from '../../bot/views.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { LIMITS, lengthOf } from './limits.js';

/** What stands before the key of a kept text; no encoded action begins like it. */
const KEPT = 'kept:';

/** Long texts behind short keys: an encoded action in a button or menu, a form in a modal, the value of an option. */
export interface ActionIds {
  /** The text itself where it fits, else the key under which it is kept. */
  shorten(text: string, most: number): Promise<string>;
  /** Reads it back; a text that is no longer kept comes back as it is, and nobody can read it. */
  read(text: string): Promise<string>;
  /** The ids of everything that can be tapped in a view, ready before it is drawn. */
  of(view: View): Promise<IdsOfView>;
}

export interface IdsOfView {
  /** Whether a long text had to be kept, which lasts a month from when it was drawn last. */
  hasKept: boolean;
  action(ref: ActionRef): string;
  value(text: string): string;
}

export function createActionIds(keptTexts: KeptTexts): ActionIds {
  const shorten = async (text: string, most: number) =>
    lengthOf(text) <= most && !text.startsWith(KEPT) ? text : KEPT + (await keptTexts.keep(text));
  return {
    shorten,
    async read(text) {
      if (!text.startsWith(KEPT)) return text;
      return (await keptTexts.find(text.slice(KEPT.length))) ?? text;
    },
    async of(view) {
      const actions = new Map<ActionRef, string>();
      const values = new Map<string, string>();
      for (const { ref, most } of view.blocks.flatMap(refsIn)) {
        actions.set(ref, await shorten(encodeAction(ref), most));
      }
      for (const text of view.blocks.flatMap(valuesIn)) values.set(text, await shorten(text, LIMITS.optionValue));
      return {
        hasKept: [...actions.values(), ...values.values()].some((id) => id.startsWith(KEPT)),
        action: (ref) => actions.get(ref) ?? encodeAction(ref).slice(0, LIMITS.actionId),
        value: (text) => values.get(text) ?? text,
      };
    },
  };
}

/** Buttons carry their action as a value, menus only as their id, which takes less. */
function refsIn(block: Block): { ref: ActionRef; most: number }[] {
  const inButton = (ref: ActionRef | undefined) => (ref ? [{ ref, most: LIMITS.value }] : []);
  switch (block.kind) {
    case 'buttons':
      return block.buttons.flatMap((one) => (one.kind === 'action' ? inButton(one.action) : []));
    case 'list':
      return block.items.flatMap(({ button }) => (button?.kind === 'action' ? inButton(button.action) : []));
    case 'pager':
      return [...inButton(block.previous), ...inButton(block.next)];
    case 'select':
      return [{ ref: block.action, most: LIMITS.actionId }];
    default:
      return [];
  }
}

function valuesIn(block: Block): string[] {
  return block.kind === 'select' ? block.options.map(({ value }) => value) : [];
}
