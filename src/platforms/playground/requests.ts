import { z } from 'zod';

/** What the page may send, checked at the door. */
const As = z.string().min(1).max(100);
const Where = z.string().min(1).max(200);
const Id = z.string().min(1).max(20_000);

export const CommandRequest = z.object({
  as: As,
  where: Where,
  name: z.string().min(1).max(100),
  options: z.record(z.string().max(40), z.string().max(6000)),
});

export const PressRequest = z.object({
  as: As,
  where: Where,
  /** The message that the button stands in. */
  message: z.number().int(),
  id: Id,
  values: z.array(z.string().max(200)).max(100).default([]),
});

export const SubmitRequest = z.object({
  as: As,
  where: Where,
  /** The message that the form was opened from, if it was. */
  message: z.number().int().optional(),
  id: Id,
  fields: z.record(z.string().max(40), z.union([z.string().max(20_000), z.array(z.string().max(200)).max(100)])),
});

export const SayRequest = z.object({ as: As, where: Where, text: z.string().trim().min(1).max(4000) });

export const ReadRequest = z.object({ as: As, where: Where });

export const DismissRequest = z.object({ as: As, where: Where, message: z.number().int() });

export const SuggestRequest = z.object({
  as: As,
  where: Where,
  text: z.string().max(200),
  of: z.union([
    z.object({ command: z.string().max(100), option: z.string().max(40) }),
    z.object({ form: Id, field: z.string().max(40) }),
  ]),
});

/** A step ahead in the person's own zone, or a wall-clock time there such as `2026-05-04T09:00`. */
export const MoveRequest = z.object({
  as: As,
  to: z.union([
    z.object({ step: z.enum(['hour', 'day', 'morning', 'week']) }),
    z.object({ local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/) }),
  ]),
});

export type Move = z.infer<typeof MoveRequest>['to'];
