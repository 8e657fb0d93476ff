import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import type { Event } from '../events/event.js';
import { CHANGE_KINDS, type ChangeKind, type SyncedChanges } from '../events/event-changes.js';
import { EventId, type MemberId, OrgId } from '../ids.js';
import { ChannelRef } from '../notifications/channel.js';
import type { PlannedDelivery } from '../notifications/delivery.js';
import type { AnnounceChannel, Announcement, EventMirror } from './announcement.js';

/** A post about one event, and the same brought up to date. */
export const CARD = 'announce.card';
export const CARD_EDIT = 'announce.card-edit';
export const AboutCard = z.object({ post: z.string(), event: EventId });

/** One post about many new events, and the same brought up to date or added to. */
export const SUMMARY = 'announce.summary';
export const SUMMARY_EDIT = 'announce.summary-edit';
export const AboutSummary = z.object({ post: z.string(), org: OrgId });

/** What was told of an event before it changed: public facts of the event, for "was … now …". */
const Was = z.object({
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime().optional(),
  zone: z.string(),
  isAllDay: z.boolean(),
  title: z.string(),
  place: z.object({
    kind: z.enum(['offline', 'online', 'unknown']),
    name: z.string().optional(),
    city: z.string().optional(),
  }),
});

/** What changed, beneath a post. */
export const NOTICE = 'announce.notice';
export const AboutNotice = z.object({
  told: z.array(z.object({ event: EventId, what: z.array(z.enum([...CHANGE_KINDS, 'cancelled'])), was: Was })),
  /** How many more there are. */
  more: z.number(),
});
export type ToldChange = z.infer<typeof AboutNotice>['told'][number];

/** An event in a space's own calendar: made, brought up to date, taken down. */
export const MIRROR = 'announce.mirror';
export const AboutMirror = z.object({ made: z.string(), event: EventId });

/** To an admin: nothing goes out any more into a channel, or into a calendar. */
export const LOST_ALERT = 'announce.lost';
export const AboutLost = z.object({ channel: ChannelRef, what: z.enum(['channel', 'calendar']) });

const channelKey = ({ platform, externalId, channelId }: ChannelRef) => `${platform}/${externalId}/${channelId}`;

export const cardKey = (channel: ChannelRef, event: EventId, at: DateTime): string =>
  `${CARD}:${channelKey(channel)}:${event}:${at.toMillis()}`;
export const summaryKey = (channel: ChannelRef, at: DateTime): string =>
  `${SUMMARY}:${channelKey(channel)}:${at.toMillis()}`;
export const mirrorKey = ({ platform, externalId }: Omit<ChannelRef, 'channelId'>, event: EventId, at: DateTime) =>
  `${MIRROR}:${platform}/${externalId}:${event}:${at.toMillis()}`;

/** The post of one event. */
export function cardPost({ channel, eventId, post, plannedAt }: Announcement): PlannedDelivery {
  const payload: z.input<typeof AboutCard> = { post, event: eventId };
  return { dedupeKey: post, kind: CARD, payload, dueAt: plannedAt, channel, act: { do: 'post' } };
}

/** The post of many. */
export function summaryPost(channel: AnnounceChannel, post: string, at: DateTime): PlannedDelivery {
  const payload: z.input<typeof AboutSummary> = { post, org: channel.orgId };
  return { dedupeKey: post, kind: SUMMARY, payload, dueAt: at, channel: refOf(channel), act: { do: 'post' } };
}

/** The run of a sync that something follows from. */
export type Run = Pick<SyncedChanges, 'orgId' | 'sourceId' | 'at'>;

const runKey = ({ sourceId, at }: Run) => `${sourceId}:${at.toMillis()}`;

/** A post brought up to date; once for each run in which something in it changed. */
export function postEdit({ channel, eventId, post, isSummary }: Announcement, run: Run): PlannedDelivery {
  const shared = { dedupeKey: `${post}:edit:${runKey(run)}`, dueAt: run.at, channel };
  const act = { do: 'edit' as const, of: post };
  if (isSummary) return { ...shared, kind: SUMMARY_EDIT, payload: { post, org: run.orgId }, act };
  return { ...shared, kind: CARD_EDIT, payload: { post, event: eventId }, act };
}

/** How many changed events one notice names. */
const MOST_TOLD = 10;

/** What changed in one run, beneath a post; one for each run and channel. */
export function changeNotice(
  { channel, post }: Announcement,
  changes: readonly { before: Event; what: readonly (ChangeKind | 'cancelled')[] }[],
  run: Run,
): PlannedDelivery {
  const payload: z.input<typeof AboutNotice> = {
    told: changes
      .slice(0, MOST_TOLD)
      .map(({ before, what }) => ({ event: before.id, what: [...what], was: was(before) })),
    more: Math.max(changes.length - MOST_TOLD, 0),
  };
  const dedupeKey = `${NOTICE}:${channelKey(channel)}:${runKey(run)}`;
  return { dedupeKey, kind: NOTICE, payload, dueAt: run.at, channel, act: { do: 'reply', of: post } };
}

function was({ title, startsAt, endsAt, zone, isAllDay, place }: Event): z.input<typeof Was> {
  const { name, city } = place.kind === 'offline' ? place : {};
  return {
    startsAt: toInstantText(startsAt),
    ...(endsAt ? { endsAt: toInstantText(endsAt) } : {}),
    zone,
    isAllDay,
    title,
    place: { kind: place.kind, ...(name === undefined ? {} : { name }), ...(city === undefined ? {} : { city }) },
  };
}

/** An event of a space's calendar, to be made. */
export function mirrorMade({ eventId, space, made }: EventMirror, at: DateTime): PlannedDelivery {
  return mirrorDelivery(made, { made, event: eventId }, at, { space, act: { do: 'make' } });
}

/** The same, to be brought up to date or taken down. */
export function mirrorFollowed(mirror: EventMirror, act: 'change' | 'cancel', at: DateTime): PlannedDelivery {
  const { eventId, space, made } = mirror;
  const dedupeKey = `${made}:${act}:${at.toMillis()}`;
  return mirrorDelivery(dedupeKey, { made, event: eventId }, at, { space, act: { do: act, of: made } });
}

function mirrorDelivery(
  dedupeKey: string,
  payload: z.input<typeof AboutMirror>,
  dueAt: DateTime,
  scheduledEvent: Extract<PlannedDelivery, { scheduledEvent: unknown }>['scheduledEvent'],
): PlannedDelivery {
  return { dedupeKey, kind: MIRROR, payload, dueAt, scheduledEvent };
}

/** Tells one admin; once for each time that it was lost. */
export function lostAlert(
  { channel, what }: z.input<typeof AboutLost>,
  admin: MemberId,
  { lostAt, dueAt }: { lostAt: DateTime; dueAt: DateTime },
): PlannedDelivery {
  const dedupeKey = `${LOST_ALERT}:${what}:${channelKey(channel)}:${lostAt.toMillis()}:${admin}`;
  return { dedupeKey, kind: LOST_ALERT, payload: { channel, what }, dueAt, memberId: admin };
}

/** The channel alone, as deliveries take it. */
export function refOf({ platform, externalId, channelId }: ChannelRef): ChannelRef {
  return { platform, externalId, channelId };
}
