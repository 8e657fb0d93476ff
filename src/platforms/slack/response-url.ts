import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackMessage } from './compose.js';

/** How a message stands to what is there. */
export interface ResponseManner {
  /** Takes the place of the message that was tapped. */
  replaces: boolean;
  /** Seen by everybody in the conversation; else by the one person alone. */
  isForEveryone: boolean;
}

export type Responded = 'sent' | 'gone' | 'refused' | 'failed';

const PAUSES_MS = [300, 1000, 2500];

/**
 * Posts to a response URL, which takes five messages within thirty minutes and needs no token. An outage is waited out
 * for a few seconds; `gone` means used up or too old, `refused` that Slack does not take this very message.
 *
 * @see https://docs.slack.dev/interactivity/handling-user-interaction (message responses)
 */
export async function postToResponseUrl(
  url: string,
  message: SlackMessage,
  manner: ResponseManner,
  callMs: number,
): Promise<Responded> {
  const body = JSON.stringify({
    ...message,
    replace_original: manner.replaces,
    response_type: manner.isForEveryone ? 'in_channel' : 'ephemeral',
  });
  for (let tried = 0; ; tried += 1) {
    const result = await postOnce(url, body, callMs);
    const pauseMs = PAUSES_MS[tried];
    if (result.outcome !== 'failed' || pauseMs === undefined) return result.outcome;
    await sleep(Math.min(Math.max(pauseMs, result.waitMs), 10_000));
  }
}

async function postOnce(url: string, body: string, callMs: number): Promise<{ outcome: Responded; waitMs: number }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(callMs),
    });
    await response.arrayBuffer();
    const waitMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
    if (response.ok) return { outcome: 'sent', waitMs };
    if ([403, 404, 410].includes(response.status)) return { outcome: 'gone', waitMs };
    return { outcome: response.status >= 500 || response.status === 429 ? 'failed' : 'refused', waitMs };
  } catch {
    return { outcome: 'failed', waitMs: 0 };
  }
}
