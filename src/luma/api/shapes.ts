import { z } from 'zod';
import { isLikelyMoment } from '../plausible.js';

/** What we use of lu.ma's answers, and nothing else; unknown keys and new words in lists of words are let through. */

const text = z.string();
const maybe = z.string().nullish();
const instant = z.string().refine((value) => !Number.isNaN(Date.parse(value)));
/** When something begins; one that cannot be meant makes the whole answer none. */
const start = z.string().refine((value) => isLikelyMoment(Date.parse(value)));
const id = z.string().min(1).max(200);

const Address = z.object({ address: maybe, city: maybe, full_address: maybe });
const Coordinate = z.object({ longitude: z.number(), latitude: z.number() });

/** An entry of a calendar's list, whoever runs the event. */
export const EventEntry = z.object({
  id,
  calendar_id: maybe,
  name: text,
  start_at: start,
  end_at: instant.nullish(),
  timezone: maybe,
  url: maybe,
  geo_address_json: Address.nullish(),
  coordinate: Coordinate.nullish(),
  location_type: maybe,
  location_visibility: maybe,
  visibility: maybe,
  description: maybe,
  description_md: maybe,
  tags: z.array(z.object({ name: text })).nullish(),
  platform: maybe,
  access: maybe,
});
export type EventEntry = z.output<typeof EventEntry>;

export const Self = z.object({ id });

export const Calendar = z.object({
  id,
  name: text,
  url: maybe,
  location: z.object({ timezone: maybe }).nullish(),
});

const Ticket = z.object({ checked_in_at: instant.nullish() });

export const GuestEntry = z.object({
  id,
  user_id: id,
  user_name: maybe,
  user_first_name: maybe,
  user_last_name: maybe,
  user_email: maybe,
  approval_status: text,
  registered_at: instant.nullish(),
  joined_at: instant.nullish(),
  utm_source: maybe,
  event_tickets: z.array(Ticket).nullish(),
});
export type GuestEntry = z.output<typeof GuestEntry>;

export const WebhookEntry = z.object({
  id,
  url: text,
  status: text,
  secret: z.string().min(1),
  event_types: z.array(text),
});
export type WebhookEntry = z.output<typeof WebhookEntry>;

/** Whatever a route answers whose answer tells nothing. */
export const Anything = z.unknown();
