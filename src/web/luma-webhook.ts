import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { TakenCall, WebhookCalls } from '../domain/events/webhook-calls.js';

const MOST_BYTES = 1024 * 1024;

/** What lu.ma is told; a call that came before counts as taken, so that it is not sent once more. */
const STATUSES = { unknown: 404, refused: 401, repeated: 200, taken: 200 } as const satisfies Record<TakenCall, number>;

/**
 * Where lu.ma calls when something changes in a calendar: `POST /luma/webhook/{connection}`. Answers at once, whatever
 * the call sets going; lu.ma gives up after five seconds.
 */
export function lumaWebhookRoutes({ calls }: { calls: WebhookCalls }): Hono {
  const app = new Hono();
  const limit = bodyLimit({ maxSize: MOST_BYTES, onError: (context) => context.text('Too large', 413) });
  app.post('/luma/webhook/:connection', limit, async (context) => {
    const taken = await calls.take(context.req.param('connection'), {
      signature: context.req.header('webhook-signature'),
      callId: context.req.header('webhook-id'),
      // The signature is over these very bytes.
      rawBody: new Uint8Array(await context.req.arrayBuffer()),
    });
    return context.text(taken, STATUSES[taken]);
  });
  return app;
}
