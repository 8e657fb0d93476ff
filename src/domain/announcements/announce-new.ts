import type { DateTime } from 'luxon';
import type { Event } from '../events/event.js';
import type { Repositories } from '../repositories.js';
import { cardKey, cardPost, postEdit, type Run, refOf, summaryKey, summaryPost } from './announce-messages.js';
import { type AnnounceChannel, type Announcement, isSameChannel } from './announcement.js';
import { burstPlan, burstSince } from './bursts.js';

/**
 * Announces events in a channel, unless they were already: a card each, or as part of a summary when they are many.
 * Safe to repeat. Says how many were not announced there before.
 *
 * @param events public ones that can still be gone to.
 */
export async function announceNew(
  repositories: Repositories,
  channel: AnnounceChannel,
  events: readonly Event[],
  run: Run,
): Promise<number> {
  const fresh = await notYetAnnounced(repositories, channel, events);
  if (fresh.length === 0) return 0;
  const { recent, openSummary } = await burstUpTo(repositories, channel, run.at);
  const plan = burstPlan(fresh.length, recent, openSummary);
  if (plan.kind === 'cards') await postCards(repositories, channel, fresh, run.at);
  else await postSummary(repositories, channel, fresh, run, plan.kind === 'add' ? plan.post : undefined);
  return fresh.length;
}

/** A card for each; for as few as somebody asked for. */
export async function postCards(
  { announcements, deliveries }: Repositories,
  channel: AnnounceChannel,
  events: readonly Event[],
  at: DateTime,
): Promise<void> {
  const planned = events.map(({ id }) => announcement(channel, id, cardKey(channel, id, at), at));
  await announcements.saveAll(planned);
  for (const one of planned) await deliveries.plan(cardPost(one));
}

async function postSummary(
  { announcements, deliveries }: Repositories,
  channel: AnnounceChannel,
  events: readonly Event[],
  run: Run,
  open: string | undefined,
): Promise<void> {
  const { at } = run;
  const post = open ?? summaryKey(channel, at);
  const planned = events.map(({ id }) => ({ ...announcement(channel, id, post, at), isSummary: true }));
  await announcements.saveAll(planned);
  const [first] = planned;
  if (!first) return;
  await deliveries.plan(open === undefined ? summaryPost(channel, post, at) : postEdit(first, run));
}

/** Those that are not, or no longer, announced in that very channel. */
export async function notYetAnnounced(
  { announcements }: Repositories,
  channel: AnnounceChannel,
  events: readonly Event[],
): Promise<Event[]> {
  const known = await announcements.listOf(events.map(({ id }) => id));
  const there = known.filter((one) => one.state !== 'dropped' && isSameChannel(one.channel, channel));
  const ids = new Set(there.map(({ eventId }) => eventId));
  return events.filter(({ id }) => !ids.has(id));
}

/** What was announced in the last minutes of a burst, and the summary that was begun in them. */
async function burstUpTo({ announcements }: Repositories, channel: AnnounceChannel, at: DateTime) {
  const since = burstSince(at);
  const live = (await announcements.listSince(channel, since)).filter(({ state }) => state !== 'dropped');
  const summary = live.find(({ isSummary }) => isSummary)?.post;
  // Events may have been added to it after it was begun.
  const all = summary === undefined ? [] : await announcements.listOfPost(summary);
  const isOpen = all.length > 0 && all.every(({ plannedAt }) => plannedAt > since);
  return { recent: live.length, openSummary: isOpen ? summary : undefined };
}

function announcement(channel: AnnounceChannel, eventId: Event['id'], post: string, at: DateTime): Announcement {
  return { eventId, channel: refOf(channel), post, isSummary: false, state: 'planned', plannedAt: at };
}
