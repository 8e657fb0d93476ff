import type { DateTime } from 'luxon';
import type { Event } from '../events/event.js';
import type { SyncedChanges } from '../events/event-changes.js';
import type { SpaceRef } from '../orgs/rights.js';
import type { Repositories } from '../repositories.js';
import { mirrorFollowed, mirrorKey, mirrorMade } from './announce-messages.js';
import { type EventMirror, isAnnounceable, isSameSpace } from './announcement.js';

/** How many of the events that were known before go into a calendar when it is begun. */
export const MIRRORED_AT_FIRST = 20;

/** Keeps a space's own calendar in step with what a run of the sync found. Safe to repeat. */
export async function followInCalendar(
  repositories: Repositories,
  space: SpaceRef,
  { added, changed, cancelled, withdrawn = [], isFirst, at }: SyncedChanges,
): Promise<void> {
  const gone = [...cancelled, ...withdrawn, ...changed.map(({ after }) => after).filter((event) => !isPublic(event))];
  const kept = changed.map(({ after }) => after).filter((event) => isAnnounceable(event, at));
  const known = await mirrorsIn(repositories, space, [...gone, ...kept]);
  for (const { id } of gone) {
    const mirror = known.get(id);
    if (mirror) await takeDown(repositories, mirror, at);
  }
  for (const { id } of kept) {
    const mirror = known.get(id);
    if (mirror) await repositories.deliveries.plan(mirrorFollowed(mirror, 'change', at));
  }
  const fresh = inOrder(added.filter((event) => isAnnounceable(event, at)));
  const wanted = isFirst ? fresh.slice(0, MIRRORED_AT_FIRST) : fresh;
  const back = kept.filter(({ id }) => !known.has(id) && changed.some((one) => one.after.id === id && isNew(one)));
  await putIn(repositories, space, [...wanted, ...back], at);
}

/** Puts the next events into a calendar that is begun. Says how many. */
export async function beginCalendar(
  repositories: Repositories,
  space: SpaceRef,
  orgId: Event['orgId'],
  now: DateTime,
): Promise<number> {
  const ahead = await repositories.announcements.listAhead({ orgId }, now, MIRRORED_AT_FIRST);
  return putIn(repositories, space, ahead, now);
}

/** Takes everything that has not begun out of a calendar. Says how many. */
export async function endCalendar(repositories: Repositories, space: SpaceRef, now: DateTime): Promise<number> {
  const ahead = await repositories.announcements.listMirrorsAhead(space, now);
  for (const mirror of ahead) await takeDown(repositories, mirror, now);
  await repositories.announcements.removeMirrorsOfSpace(space);
  return ahead.length;
}

async function putIn(
  repositories: Repositories,
  space: SpaceRef,
  events: readonly Event[],
  at: DateTime,
): Promise<number> {
  const { announcements, deliveries } = repositories;
  const known = await mirrorsIn(repositories, space, events);
  const { platform, externalId } = space;
  const made = events
    .filter(({ id }) => !known.has(id))
    .map(({ id }): EventMirror => ({ eventId: id, space: { platform, externalId }, made: mirrorKey(space, id, at) }));
  await announcements.addMirrors(made);
  for (const mirror of made) await deliveries.plan(mirrorMade(mirror, at));
  return made.length;
}

async function takeDown({ announcements, deliveries }: Repositories, mirror: EventMirror, at: DateTime): Promise<void> {
  await deliveries.plan(mirrorFollowed(mirror, 'cancel', at));
  await announcements.removeMirror(mirror.made);
}

async function mirrorsIn({ announcements }: Repositories, space: SpaceRef, events: readonly Event[]) {
  const mirrors = await announcements.listMirrorsOf(events.map(({ id }) => id));
  return new Map(mirrors.filter((one) => isSameSpace(one.space, space)).map((one) => [one.eventId, one]));
}

function isPublic({ state, visibility }: Event): boolean {
  return state === 'on' && visibility === 'public';
}

/** Whether an event that was known became one that everybody may be told of. */
function isNew({ before, what }: SyncedChanges['changed'][number]): boolean {
  return !isPublic(before) || what.includes('back');
}

const inOrder = (events: readonly Event[]): Event[] =>
  [...events].sort((one, other) => one.startsAt.toMillis() - other.startsAt.toMillis());
