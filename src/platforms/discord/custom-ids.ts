import { encodeAction } from '../../bot/action-codec.js';
import type { ActionRef } from '../../bot/actions.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { LIMITS } from './limits.js';

/** Stands before the key of a text that is too long to be an id itself. */
const KEPT = 'k:';
/** Tells equal taps in one message apart. It cannot end an encoded action: JSON does not end so, nor does a key. */
const COPY = /~\d{1,3}$/;

/** Makes the ids of one message: each is unique there, and leads back to its action. */
export type MakeCustomId = (ref: ActionRef) => Promise<string>;

/** The ids of one message; `hasKept` tells whether any of them leads to a text that is kept, which lasts a month. */
export interface MessageIds {
  make: MakeCustomId;
  hasKept(): boolean;
}

/** Ids for the taps of one message, of 1–100 characters; long ones are kept by key for about a month. */
export function customIdsOfMessage(keptTexts: KeptTexts): MessageIds {
  const taken = new Set<string>();
  let hasKept = false;
  const keep = async (text: string): Promise<string> => {
    hasKept = true;
    return `${KEPT}${await keptTexts.keep(text)}`;
  };
  return {
    hasKept: () => hasKept,
    async make(ref) {
      const text = encodeAction(ref);
      // Room is left for the mark of a copy, so that the first and the second of two alike are kept alike.
      const id = text.length <= LIMITS.customId - '~999'.length ? text : await keep(text);
      let unique = id;
      for (let copy = 2; taken.has(unique); copy += 1) unique = `${id}~${copy}`;
      taken.add(unique);
      return unique;
    },
  };
}

/** The encoded action behind an id; empty when it was kept too long ago or never was ours. */
export async function readCustomId(id: string, keptTexts: KeptTexts): Promise<string> {
  const text = id.replace(COPY, '');
  if (!text.startsWith(KEPT)) return text;
  return (await keptTexts.find(text.slice(KEPT.length))) ?? '';
}
