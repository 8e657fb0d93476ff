import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { type Event, endOf } from '../events/event.js';
import { EventId, type MemberId } from '../ids.js';
import type { PlannedDelivery } from '../notifications/delivery.js';
import type { Attendance } from './attendance.js';

/** "Did you attend?", to those who said they would come. */
export const PROMPT = 'attendance.prompt';
/** `at` is when it was due: at first, or `again` as the second one. */
export const AboutPrompt = z.object({
  event: EventId,
  at: z.iso.datetime({ precision: 3 }),
  again: z.literal(true).optional(),
});
export type AboutPrompt = z.infer<typeof AboutPrompt>;

/** The same message brought up to date, after an answer that was given elsewhere. */
export const PROMPT_EDIT = 'attendance.prompt-edit';
export const AboutPromptEdit = z.object({ event: EventId });

/** How often somebody is asked about one event, at most (product.md section 7). */
export const MOST_PROMPTS = 2;

/** How long after its end an event is still asked about, in hours. */
export const ASKED_HOURS = 72;

/** How long a prompt may wait for quiet hours to end, or for the next day's budget, in hours. */
const WAITING_HOURS = 24;

/** The hour of the second prompt and of recaps, where the member is. */
export const MORNING_HOUR = 9;

/** The next morning after a moment. @param zone an IANA name. */
export function nextMorning(after: DateTime, zone: string): DateTime {
  return after.setZone(zone).startOf('day').plus({ days: 1 }).set({ hour: MORNING_HOUR }).toUTC();
}

/** The round in which an event's people are asked: another one once it ends at another time. */
export function roundOccasion(event: Pick<Event, 'id' | 'startsAt' | 'endsAt'>): string {
  return `prompt:${event.id}:${toInstantText(endOf(event))}`;
}

/** Whether people are still to be asked: nobody who is known to have come or not, or who wants to be left alone. */
export function isToAsk({ status, prompts, declinedAt }: Attendance): boolean {
  return status === 'unknown' && prompts < MOST_PROMPTS && !declinedAt;
}

/** Whether a prompt still holds that was planned earlier: the second one only if it was not put off since. */
export function isPromptDue(attendance: Attendance, { again, at }: AboutPrompt): boolean {
  if (!isToAsk(attendance)) return false;
  if (!again) return !attendance.deferredAt;
  return attendance.againAt !== undefined && toInstantText(attendance.againAt) === at;
}

/** Whether a prompt comes too late, as after a long downtime: nobody is asked about what is long over. */
export function isStale(event: Pick<Event, 'startsAt' | 'endsAt'>, dueAt: DateTime, now: DateTime): boolean {
  return now > endOf(event).plus({ hours: ASKED_HOURS }) && now > dueAt.plus({ hours: WAITING_HOURS });
}

/** Whether "Ask me tomorrow" can be had: it uses the second prompt. */
export function canDefer(attendance: Attendance): boolean {
  return isToAsk(attendance);
}

/** The attendance once a prompt has been sent: after the first, the next morning is noted for the second. */
export function afterPrompt(attendance: Attendance, now: DateTime, zone: string): Attendance {
  const prompts = Math.min(attendance.prompts + 1, MOST_PROMPTS);
  const asked = { ...attendance, prompts };
  if (!isToAsk(asked)) return { ...asked, againAt: undefined };
  return { ...asked, againAt: attendance.againAt ?? nextMorning(now, zone) };
}

/** The second prompt, once it is known when it is due. */
export function secondPrompt({ eventId, memberId, againAt }: Attendance): PlannedDelivery | undefined {
  if (!againAt) return undefined;
  const at = toInstantText(againAt);
  const payload: z.input<typeof AboutPrompt> = { event: eventId, at, again: true };
  return { dedupeKey: `prompt:${eventId}:again:${at}:${memberId}`, kind: PROMPT, payload, dueAt: againAt, memberId };
}

/** The prompt of somebody of whom it became known only after the round that they were to come. */
export function latePrompt(event: Event, memberId: MemberId, now: DateTime): PlannedDelivery {
  const payload: z.input<typeof AboutPrompt> = { event: event.id, at: toInstantText(now) };
  return { dedupeKey: `${roundOccasion(event)}:${memberId}`, kind: PROMPT, payload, dueAt: now, memberId };
}
