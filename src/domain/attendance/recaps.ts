import { DateTime } from 'luxon';
import { z } from 'zod';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import { type Event, endOf } from '../events/event.js';
import { type EventId, type MemberId, OrgId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { Repositories } from '../repositories.js';
import { ASKED_HOURS, MORNING_HOUR, nextMorning } from './asking.js';

/** To an org's admins, the morning after: who came and what was said. `at` is when it is due where they are. */
export const RECAP = 'attendance.recap';
export const AboutRecap = z.object({ org: OrgId, at: z.iso.datetime({ precision: 3 }) });
export type AboutRecap = z.infer<typeof AboutRecap>;

/** Storage of which events an admin is told about in which recap. */
export interface RecapsRepository {
  /** An event has one recap for each admin: the last one noted, as when it moved and ended again. */
  note(recap: { eventId: EventId; memberId: MemberId; dueAt: DateTime }): Promise<void>;
  /** The org's events in an admin's recap of a morning, in their order. */
  list(memberId: MemberId, orgId: OrgId, dueAt: DateTime): Promise<EventId[]>;
}

/** An event whose people have just been asked. */
export type AskedEvent = Pick<Event, 'id' | 'orgId' | 'startsAt' | 'endsAt'>;

/** The morning after an event, or the first one after its people were asked. @param zone of the admin, an IANA name. */
export function recapAt(event: Pick<Event, 'startsAt' | 'endsAt'>, askedAt: DateTime, zone: string): DateTime {
  const today = askedAt.setZone(zone).startOf('day').set({ hour: MORNING_HOUR });
  const first = today > askedAt ? today.toUTC() : nextMorning(askedAt, zone);
  return DateTime.max(nextMorning(endOf(event), zone), first);
}

/** Whether it comes too late to be of use, as after a long downtime. */
export function isRecapStale({ at }: AboutRecap, now: DateTime): boolean {
  return now > fromInstantText(at).plus({ hours: ASKED_HOURS });
}

/**
 * Plans the recap of events for each of their org's admins, in the transaction that asks who came. Events whose recap
 * is due the same morning share one message.
 */
export async function planRecaps(
  { orgs, members, recaps, deliveries }: Pick<Repositories, 'orgs' | 'members' | 'recaps' | 'deliveries'>,
  events: readonly AskedEvent[],
  askedAt: DateTime,
): Promise<void> {
  for (const orgId of new Set(events.map((event) => event.orgId))) {
    const admins = await members.list(await orgs.listActiveAdmins(orgId));
    for (const admin of admins) {
      for (const event of events.filter((one) => one.orgId === orgId)) {
        const dueAt = recapAt(event, askedAt, zoneOfMember(admin));
        const at = toInstantText(dueAt);
        const payload: z.input<typeof AboutRecap> = { org: orgId, at };
        await recaps.note({ eventId: event.id, memberId: admin.id, dueAt });
        await deliveries.plan({
          dedupeKey: `recap:${orgId}:${at}:${admin.id}`,
          kind: RECAP,
          payload,
          dueAt,
          memberId: admin.id,
        });
      }
    }
  }
}
