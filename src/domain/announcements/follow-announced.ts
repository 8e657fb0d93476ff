import { type Event, endOf } from '../events/event.js';
import type { ChangeKind, SyncedChanges } from '../events/event-changes.js';
import type { Repositories } from '../repositories.js';
import { changeNotice, postEdit, type Run } from './announce-messages.js';
import { type AnnounceChannel, type Announcement, isSameChannel, isSameSpace } from './announcement.js';

/** An event that is not what it was. */
interface Changed {
  before: Event;
  after: Event;
  what: readonly (ChangeKind | 'cancelled')[];
}

/** Changes that are told; of the others only the post itself is brought up to date. */
const TOLD: ReadonlySet<string> = new Set<ChangeKind | 'cancelled'>([
  'moved',
  'renamed',
  'relocated',
  'back',
  'cancelled',
]);

/**
 * Brings the posts of changed events up to date, and tells of the changes beneath: one notice a run in each channel.
 * What was announced elsewhere before, in a channel that is no longer the space's, is brought up to date in silence.
 */
export async function followAnnounced(
  repositories: Repositories,
  channels: readonly AnnounceChannel[],
  changes: SyncedChanges,
): Promise<void> {
  const changed = changesOf(changes);
  if (changed.length === 0) return;
  const known = await repositories.announcements.listOf(changed.map(({ after }) => after.id));
  const live = known.filter(({ state }) => state !== 'dropped');
  for (const channel of channels) {
    const there = live.filter((one) => isSameSpace(one.channel, channel) && !isLostWith(channel, one));
    await editPosts(repositories, there, changes);
    if (!channel.off) await tell(repositories, channel, there, changed, changes);
  }
}

/** In the order of their starts. Events that were over before are of no interest any more. */
function changesOf({ changed, cancelled, withdrawn = [], at }: SyncedChanges): Changed[] {
  const over = (events: readonly Event[], what: Changed['what']): Changed[] =>
    events.map((event) => ({ before: event, after: event, what }));
  // What comes back with a calendar that is connected again was called off by nobody.
  const kept = changed.map(({ before, after, what }): Changed => {
    return { before, after, what: before.state === 'withdrawn' ? what.filter((kind) => kind !== 'back') : what };
  });
  return [...kept, ...over(cancelled, ['cancelled']), ...over(withdrawn, [])]
    .filter(({ before, after }) => endOf(before) > at || endOf(after) > at)
    .sort((one, other) => one.after.startsAt.toMillis() - other.after.startsAt.toMillis());
}

function isLostWith(channel: AnnounceChannel, one: Announcement): boolean {
  return channel.off?.because === 'lost' && isSameChannel(channel, one.channel);
}

async function editPosts(
  { deliveries }: Repositories,
  announcements: readonly Announcement[],
  run: Run,
): Promise<void> {
  for (const one of onePerPost(announcements)) await deliveries.plan(postEdit(one, run));
}

/** A post that is not up yet will tell how things stand when it goes out, so that nothing of it need be told here. */
async function tell(
  { deliveries }: Repositories,
  channel: AnnounceChannel,
  announcements: readonly Announcement[],
  changed: readonly Changed[],
  run: Run,
): Promise<void> {
  const posted = announcements.filter((one) => one.state === 'posted' && isSameChannel(one.channel, channel));
  const told = changed.filter(
    ({ after, what }) => what.some((kind) => TOLD.has(kind)) && posted.some(({ eventId }) => eventId === after.id),
  );
  const [soonest] = told;
  const beneath = posted.find(({ eventId }) => eventId === soonest?.after.id);
  if (beneath) await deliveries.plan(changeNotice(beneath, told, run));
}

function onePerPost(announcements: readonly Announcement[]): Announcement[] {
  return [...new Map(announcements.map((one) => [one.post, one])).values()];
}
