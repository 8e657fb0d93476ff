import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import type { View } from '../../bot/views.js';
import { LIMITS } from './limits.js';
import { type RenderParts, renderView } from './render-view.js';

/** Writes messages of our own, into channels and conversations alike. */
export function createPosting({ rest, render }: { rest: REST; render: RenderParts }) {
  return {
    /**
     * Sends one message, beneath another if that is named and still there. Within some minutes the same nonce is not
     * sent twice, even if the answer to it was lost. Gives the message's id.
     *
     * @see https://docs.discord.com/developers/resources/message#create-message
     */
    async post(channelId: string, view: View, nonce: string, under?: string): Promise<string | undefined> {
      const { body, files } = await renderView(view, render);
      const reference =
        under === undefined ? {} : { message_reference: { message_id: under, fail_if_not_exists: false } };
      const sent = await rest.post(Routes.channelMessages(channelId), {
        body: { ...body, ...reference, nonce: shortNonce(nonce), enforce_nonce: true },
        files,
      });
      return idOf(sent);
    },

    /** Turns a message of ours into this view. */
    async edit(channelId: string, messageId: string, view: View): Promise<void> {
      const { body, files } = await renderView(view, render);
      await rest.patch(Routes.channelMessage(channelId, messageId), { body, files });
    },
  };
}

export type Posting = ReturnType<typeof createPosting>;

/** The id of what Discord answers with. */
export function idOf(answer: unknown): string | undefined {
  const id: unknown = Reflect.get(Object(answer), 'id');
  return typeof id === 'string' ? id : undefined;
}

function shortNonce(nonce: string): string {
  if (nonce.length <= LIMITS.nonce) return nonce;
  return createHash('sha256').update(nonce).digest('base64url').slice(0, LIMITS.nonce);
}
