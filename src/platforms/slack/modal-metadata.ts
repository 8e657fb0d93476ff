import { z } from 'zod';
import type { FormInstance } from '../../bot/forms.js';
import type { ActionIds } from './action-ids.js';
import type { Conversation } from './conversation.js';
import { formId } from './render-form.js';

/**
 * What a modal carries, as its submission tells neither what it is nor where it was opened: the form, and the
 * conversation to answer in; none for modals opened from the Home tab. Rights are never read from it.
 */
const Metadata = z.object({
  f: z.string().optional(),
  c: z
    .object({
      id: z.string(),
      url: z.string().optional(),
      ts: z.string().optional(),
      thread: z.string().optional(),
      replace: z.boolean(),
      direct: z.boolean(),
    })
    .optional(),
});

/** Room for the form; JSON doubles its quotes, and the rest takes a few hundred more of the 3,000. */
const MOST_FORM = 1200;

export interface ModalContext {
  form: string | undefined;
  conversation: Omit<Conversation, 'to'> | undefined;
}

export async function writeMetadata(
  ids: ActionIds,
  { form, conversation }: { form: FormInstance | undefined; conversation: Conversation | undefined },
): Promise<string> {
  const c = conversation && {
    id: conversation.channelId,
    url: conversation.responseUrl,
    ts: conversation.messageTs,
    thread: conversation.threadTs,
    replace: conversation.canReplace,
    direct: conversation.isDirect,
  };
  return JSON.stringify({ f: form && (await ids.shorten(formId(form), MOST_FORM)), c });
}

/** Reads it back; what cannot be read is a modal of nothing, from nowhere. */
export async function readMetadata(ids: ActionIds, text: string): Promise<ModalContext> {
  const parsed = Metadata.safeParse(parseJson(text));
  if (!parsed.success) return { form: undefined, conversation: undefined };
  const { f, c } = parsed.data;
  return {
    form: f === undefined ? undefined : await ids.read(f),
    conversation: c && {
      channelId: c.id,
      responseUrl: c.url,
      messageTs: c.ts,
      threadTs: c.thread,
      canReplace: c.replace,
      isDirect: c.direct,
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
