import { z } from 'zod';
import type { WebhookNews } from '../domain/events/webhook-calls.js';

const id = z.string().regex(/^[\w-]{1,100}$/);
const Ours = z.object({ id, calendar_id: id.nullish() });
const EventBody = z.object({ type: z.string().startsWith('event.'), data: Ours });
const AddedBody = z.object({ type: z.literal('calendar.event.added'), data: z.object({ id }) });
const GuestBody = z.object({
  type: z.string().regex(/^(guest|ticket)\./),
  data: z.object({ event: Ours }),
});

/**
 * Reads a webhook's body, after its signature. Nothing in it is taken for the truth but which event it is about; kinds
 * that we do not know, and bodies that are none, are `other`.
 */
export function readWebhook(rawBody: Uint8Array): WebhookNews {
  const body = json(rawBody);
  const event = EventBody.safeParse(body).data;
  if (event) {
    const { id: lumaId, calendar_id: calendarId } = event.data;
    return { kind: 'event', lumaId, calendarId: calendarId ?? undefined };
  }
  const added = AddedBody.safeParse(body).data;
  if (added) return { kind: 'event', lumaId: added.data.id, calendarId: undefined };
  const guest = GuestBody.safeParse(body).data?.data.event;
  if (guest) return { kind: 'guest', lumaId: guest.id, calendarId: guest.calendar_id ?? undefined };
  return { kind: 'other' };
}

function json(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(rawBody));
  } catch {
    return undefined;
  }
}
