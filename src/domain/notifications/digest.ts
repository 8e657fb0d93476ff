import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import type { EventHost, ListedEvent } from '../events/listed-event.js';
import { type EventId, type MemberId, OrgId } from '../ids.js';
import type { Frequency } from './choices.js';
import type { PlannedDelivery } from './delivery.js';
import { nextDigestAt } from './digest-times.js';

/** How often digests come. Members who hear of everything get the daily one, for what was too much at once. */
export const RHYTHMS = ['daily', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export function rhythmOf(frequency: Frequency): Rhythm | undefined {
  if (frequency === 'none') return undefined;
  return frequency === 'weekly' ? 'weekly' : 'daily';
}

/** What is new to a member since they were last told, at their hour. */
export const DIGEST = 'digests.regular';
export const AboutDigest = z.object({ rhythm: z.enum(RHYTHMS), slot: z.iso.datetime() });
export type AboutDigest = z.infer<typeof AboutDigest>;

/** What was just found, to members who hear of everything. */
export const NEW_EVENTS = 'digests.new-events';
export const AboutNewEvents = z.object({ org: OrgId });

/** So many messages about what was just found a member gets within an hour; the rest is for the next daily digest. */
export const MOST_NEW_AN_HOUR = 5;

/** A member whose digest is to be looked at. */
export interface DueDigest {
  memberId: MemberId;
  frequency: Frequency;
  /** When it fell due, as it was reckoned then. */
  dueAt: DateTime;
  /** The member's by now. */
  zone: string;
  isStopped: boolean;
  /** Whether there is anything that they were not told of. */
  hasNews: boolean;
}

const PERIOD_HOURS: Readonly<Record<Rhythm, number>> = { daily: 24, weekly: 7 * 24 };

/** What fell due so long ago is forgotten: after that the regular hours begin anew. In days. */
const FORGOTTEN_DAYS = 28;
const DAY_MS = 24 * 3_600_000;

/** The regular hours around a moment of all members with one frequency in one zone. */
export interface DigestHours {
  /** The regular hour whose digest may be sent now, and which day it is where the member is. */
  slot: { rhythm: Rhythm; at: string; on: string } | undefined;
  next: DateTime | undefined;
}

/**
 * Finds the regular hour whose digest is sent now: the latest one, unless it is half a period ago or more, when the next
 * one carries its events (product.md section 12). However many were missed, it is one at most.
 */
export function digestHours(frequency: Frequency, zone: string, now: DateTime): DigestHours {
  const rhythm = rhythmOf(frequency);
  const next = nextDigestAt(frequency, zone, now);
  const at = rhythm && next && nextDigestAt(frequency, zone, previousMoment(next, rhythm, zone));
  if (!rhythm || !at || at > now || now.diff(at).as('hours') >= PERIOD_HOURS[rhythm] / 2)
    return { slot: undefined, next };
  return { slot: { rhythm, at: toInstantText(at), on: at.setZone(zone).toFormat('yyyy-MM-dd') }, next };
}

/** Whether there is a digest to plan: there is news, and it fell due not too long ago. */
export function isWanted({ hasNews, isStopped, dueAt }: DueDigest, now: DateTime): boolean {
  return hasNews && !isStopped && now.toMillis() - dueAt.toMillis() <= FORGOTTEN_DAYS * DAY_MS;
}

/** A moment right before the regular hour that precedes the given one. */
function previousMoment(next: DateTime, rhythm: Rhythm, zone: string): DateTime {
  const before = next.setZone(zone).minus(rhythm === 'weekly' ? { weeks: 1 } : { days: 1 });
  return before.startOf('hour').minus({ milliseconds: 1 });
}

/** The digest of a regular hour: one for each rhythm and day of the member's, whatever zones they have that day. */
export function plannedDigest(
  memberId: MemberId,
  { rhythm, at, on }: NonNullable<DigestHours['slot']>,
  now: DateTime,
): PlannedDelivery {
  const payload: z.input<typeof AboutDigest> = { rhythm, slot: at };
  return { dedupeKey: `digest:${rhythm}:${memberId}:${on}`, memberId, kind: DIGEST, payload, dueAt: now };
}

/** An event that is being told to a member. */
export interface NewsItem {
  id: EventId;
  orgId: OrgId;
}

/** What a message tells of one org: the events shown, and how many more there are. */
export interface NewsOfOrg {
  org: EventHost;
  events: ListedEvent[];
  more: number;
}

/** Everything that a member is told at once. */
export interface News {
  groups: NewsOfOrg[];
  /** Events in all, those not shown too. */
  total: number;
  /** Not shown, of orgs that are not shown. */
  moreElsewhere: number;
  /** How many orgs the member hears of. */
  followed: number;
}

/** Orgs and events that a message shows: what fits every platform with room to read. */
const MOST_ORGS = 5;
const MOST_EVENTS = 8;

/**
 * Picks what is shown: of each of the next orgs something, then whatever comes first. In the order of their starts.
 *
 * @param events in the order of their starts.
 */
export function pickShown<Item extends Pick<NewsItem, 'orgId'>>(events: readonly Item[]): Item[] {
  const orgs = [...new Set(events.map(({ orgId }) => orgId))].slice(0, MOST_ORGS);
  const share = Math.floor(MOST_EVENTS / Math.max(orgs.length, 1));
  const mayBeShown = events.filter(({ orgId }) => orgs.includes(orgId));
  const firsts = new Set(orgs.flatMap((org) => mayBeShown.filter(({ orgId }) => orgId === org).slice(0, share)));
  for (const event of mayBeShown) if (firsts.size < MOST_EVENTS) firsts.add(event);
  return mayBeShown.filter((event) => firsts.has(event));
}
