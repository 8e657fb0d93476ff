import type { DateTime } from 'luxon';
import type { z } from 'zod';
import { type Clock, fromInstantText, toInstantText } from '../../shared/clock.js';
import { type Event, endOf } from '../events/event.js';
import type { EventHost } from '../events/listed-event.js';
import type { EventId, MemberId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { Goer } from '../notifications/goer.js';
import type { Audience } from '../notifications/mailing.js';
import type { InTransaction, Repositories } from '../repositories.js';
import {
  AboutPrompt,
  ASKED_HOURS,
  afterPrompt,
  isPromptDue,
  isStale,
  latePrompt,
  PROMPT,
  roundOccasion,
  secondPrompt,
} from './asking.js';
import type { Attendance } from './attendance.js';
import { attendanceOf, planCopyEdit } from './attendance-changes.js';
import type { EndedEvent } from './attendance-repository.js';
import { planRecaps } from './recaps.js';

/** The longest that an org lets people be after an event, in hours (product.md section 7). */
const LONGEST_AFTER_HOURS = 4;

/** An event with somebody who is to be asked whether they came. */
export interface ToAsk {
  event: Event;
  org: EventHost;
  goer: Goer;
  attendance: Attendance;
}

export type PromptsService = ReturnType<typeof createPromptsService>;

/** Asks those who said they would come whether they did (product.md section 7). */
export function createPromptsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  return {
    /**
     * Begins a round for each event whose time to ask has come, also late; what ended more than 72 hours ago is passed
     * over. The round is noted with the event, so that planning again plans nothing new. The recap for the org's admins
     * is planned with it.
     *
     * @returns how many events were found.
     */
    async plan(now: DateTime): Promise<number> {
      return inTransaction(async (repositories) => {
        const { prompts, mailings } = repositories;
        const span = { after: now.minus({ hours: ASKED_HOURS }), until: now };
        const due = (await prompts.listEnding(span)).filter((ended) => isUnasked(ended) && askedAt(ended) <= now);
        for (const { event } of due) {
          const payload: z.input<typeof AboutPrompt> = { event: event.id, at: toInstantText(now) };
          await mailings.plan({
            occasion: roundOccasion(event),
            kind: PROMPT,
            eventId: event.id,
            payload,
            dueAt: now,
          });
          await prompts.noteRound(event.id, now);
        }
        await planRecaps(
          repositories,
          due.map(({ event }) => event),
          now,
        );
        return due.length;
      });
    },

    /** When the people of any event are to be asked next, or were to be and have not been. */
    async nextDueAt(now: DateTime): Promise<DateTime | undefined> {
      return reading(async ({ prompts }) => {
        const nextEnd = await prompts.nextEndAfter(now);
        // Whose org waits for the shortest time may be asked before those whose event ended first.
        const until = nextEnd?.plus({ hours: LONGEST_AFTER_HOURS }) ?? now;
        const ending = await prompts.listEnding({ after: now.minus({ hours: ASKED_HOURS }), until });
        const dues = ending.filter(isUnasked).map(askedAt);
        return dues.sort((one, other) => one.toMillis() - other.toMillis())[0];
      });
    },

    /** What a member is to be asked about; nothing when the reason no longer holds. */
    async toAsk(about: AboutPrompt, memberId: MemberId): Promise<ToAsk | undefined> {
      return reading(async (repositories) => {
        const now = clock.now();
        const { events, orgs, goers, prompts } = repositories;
        const event = await events.find(about.event);
        const goer = event && (await goers.find(event.id, memberId));
        const org = event && (await orgs.find(event.orgId));
        if (!event || !goer || !org || org.isHidden || !isAskedAbout(event, about, now)) return undefined;
        const attendance = await attendanceOf(repositories, event.id, memberId);
        if (!isPromptDue(attendance, about) || (await prompts.isUnasked(memberId, org.id))) return undefined;
        return { event, org, goer, attendance };
      });
    },

    /**
     * Notes that a member was asked, or may have been, in the transaction that notes the message; and plans the second
     * time.
     */
    async noteAsked(
      repositories: Repositories,
      { event: eventId }: AboutPrompt,
      { memberId, occasion }: { memberId: MemberId; occasion: string },
    ): Promise<void> {
      const { attendance, members, deliveries } = repositories;
      const now = clock.now();
      const before = await attendanceOf(repositories, eventId, memberId);
      const asked = afterPrompt(before, now, zoneOfMember(await members.get(memberId)));
      await attendance.save(asked);
      const second = secondPrompt(asked);
      if (second) await deliveries.plan(second);
      // They may have answered between the sending and this note, when nobody knew yet of this message.
      if (asked.revision > 0) {
        await planCopyEdit(repositories, asked, { dedupeKey: occasion, identityId: undefined }, now);
      }
    },
  };
}

/** Asks somebody after all of whom it became known only after the round that they were to come. Safe to repeat. */
export async function askLate(
  { events, prompts, deliveries }: Pick<Repositories, 'events' | 'prompts' | 'deliveries'>,
  { eventId, memberId }: { eventId: EventId; memberId: MemberId },
  now: DateTime,
): Promise<void> {
  const event = await events.find(eventId);
  const round = event && (await prompts.findRound(eventId));
  if (!event || !round || round < endOf(event) || endOf(event).plus({ hours: ASKED_HOURS }) < now) return;
  await deliveries.plan(latePrompt(event, memberId, now));
}

/** Those who are to be asked about an event as things stand; for the mailings. */
export const promptAudience: Audience = async ({ events, prompts }, { payload }, { after, most, now }) => {
  const about = AboutPrompt.parse(payload);
  const event = await events.find(about.event);
  return event && isAskedAbout(event, about, now) ? prompts.listToAsk(event.id, { after, most }) : [];
};

/** A round that came after the end has asked about it; one before, when it was to end earlier, has not. */
function isUnasked({ event, askedAt }: EndedEvent): boolean {
  return !askedAt || askedAt < endOf(event);
}

function askedAt({ event, promptAfterHours }: EndedEvent): DateTime {
  return endOf(event).plus({ hours: promptAfterHours });
}

function isAskedAbout(event: Event, { at }: AboutPrompt, now: DateTime): boolean {
  return event.state === 'on' && endOf(event) <= now && !isStale(event, fromInstantText(at), now);
}
