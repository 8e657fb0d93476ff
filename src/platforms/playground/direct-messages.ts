import { LRUCache } from 'lru-cache';
import type { View } from '../../bot/views.js';
import type { Account } from '../../domain/members/account.js';
import type { Delivered, Platform } from '../platform.js';
import type { Chat } from './chat.js';
import type { KeptFiles } from './kept-files.js';
import { wireView } from './wire-view.js';

export type DirectMessages = ReturnType<typeof createDirectMessages>;

type EditedAt = Parameters<Platform['editDirect']>[0];

const MOST_NONCES = 20_000;

/**
 * Messages that Rollcall sends by itself. Everybody can be reached, also the invented members that nobody can act as.
 * A nonce seen before sends nothing again, and is answered as the first time.
 */
export function createDirectMessages({ chat, files }: { chat: Chat; files: KeptFiles }) {
  const sent = new LRUCache<string, number>({ max: MOST_NONCES });
  const counts = new Map<string, number>();
  return {
    send({ platform, accountId }: Account, view: View, nonce: string): Delivered {
      if (platform !== 'playground' || accountId === '') return { kind: 'rejected', reason: 'not an account here' };
      const key = JSON.stringify([accountId, nonce]);
      const before = sent.get(key);
      if (before !== undefined) return { kind: 'sent', channelId: accountId, messageId: String(before) };
      const { id } = chat.post({
        spot: { kind: 'direct', person: accountId },
        author: { kind: 'bot' },
        onlyFor: undefined,
        command: undefined,
        body: { kind: 'view', view: wireView(view, files) },
      });
      sent.set(key, id);
      counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
      return { kind: 'sent', channelId: accountId, messageId: String(id) };
    },

    /** Changes one that is still there. */
    edit({ account: { accountId }, messageId }: EditedAt, view: View): Delivered {
      const message = chat.find({ kind: 'direct', person: accountId }, Number(messageId));
      if (!message) return { kind: 'rejected', reason: 'no such message' };
      chat.change(message, { kind: 'view', view: wireView(view, files) });
      return { kind: 'sent', channelId: accountId, messageId };
    },

    /** How many were sent to each person so far. */
    counts: (): ReadonlyMap<string, number> => new Map(counts),
  };
}
