import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { SlackMessage } from './compose.js';
import { callFailure } from './slack-errors.js';

/** Marks our messages, so that one of unknown fate can be found again. */
const METADATA_EVENT = 'rollcall_delivery';

/** How far back a message of unknown fate is looked for: its own sending, give or take the clocks. */
const LOOK_BACK_S = 300;
const MOST_LOOKED_AT = 50;

/** A conversation, or a thread in it, in which a message is to stand once. */
export interface PostPlace {
  teamId: string;
  channelId: string;
  /** The timestamp of the message whose thread it is. */
  under?: string | undefined;
}

/**
 * Posts a message, unless one with this nonce is there already; gives its timestamp. `triedMsAgo` is as in
 * `Platform.sendDirect`.
 *
 * @throws as the Web API does.
 */
export type PostCarefully = (
  place: PostPlace,
  message: SlackMessage,
  nonce: string,
  triedMsAgo?: number,
) => Promise<string | undefined>;

/**
 * Slack has no key against copies, so a post is never repeated blindly: after an outage or a cut connection the
 * conversation is searched for the nonce first, at once and again before the next attempt.
 */
export function createCarefulPosts({ clientFor }: { clientFor: (teamId: string) => webApi.WebClient }): PostCarefully {
  /** Messages that may be there already, with when they were sent, in seconds since 1970. */
  const unsure = new LRUCache<string, number>({ max: 5000, ttl: 24 * 60 * 60 * 1000 });

  const find = async ({ teamId, channelId, under }: PostPlace, nonce: string, sentAtS: number) => {
    const { conversations } = clientFor(teamId);
    const range = {
      channel: channelId,
      oldest: String(sentAtS - LOOK_BACK_S),
      limit: MOST_LOOKED_AT,
      include_all_metadata: true,
    };
    const { messages } =
      under === undefined ? await conversations.history(range) : await conversations.replies({ ...range, ts: under });
    return messages?.find(({ metadata }) => carries(metadata, nonce))?.ts;
  };

  const post = async (place: PostPlace, message: SlackMessage, nonce: string): Promise<string | undefined> => {
    const { teamId, channelId: channel, under } = place;
    const metadata = { event_type: METADATA_EVENT, event_payload: { nonce } };
    const thread = under === undefined ? {} : { thread_ts: under };
    const sentAtS = Math.floor(Date.now() / 1000);
    try {
      const { ts } = await clientFor(teamId).chat.postMessage({ channel, ...message, ...thread, metadata });
      return ts;
    } catch (error) {
      if (callFailure(error).kind !== 'unknown') throw error;
      unsure.set(nonce, sentAtS);
      const ts = await find(place, nonce, sentAtS);
      if (ts === undefined) throw error;
      return ts;
    }
  };

  return async (place, message, nonce, triedMsAgo) => {
    const triedAtS = triedMsAgo === undefined ? undefined : Math.floor((Date.now() - triedMsAgo) / 1000);
    const unsureSince = unsure.get(nonce) ?? triedAtS;
    const already = unsureSince === undefined ? undefined : await find(place, nonce, unsureSince);
    const ts = already ?? (await post(place, message, nonce));
    unsure.delete(nonce);
    return ts;
  };
}

function carries(metadata: unknown, nonce: string): boolean {
  const { event_type, event_payload } = (metadata ?? {}) as {
    event_type?: unknown;
    event_payload?: { nonce?: unknown };
  };
  return event_type === METADATA_EVENT && event_payload?.nonce === nonce;
}
