import { DateTime } from 'luxon';
import { publicEventCard } from '../../src/bot/events/event-card.js';
import type { Database } from '../../src/db/database.js';
import type { Event } from '../../src/domain/events/event.js';
import type { ChannelRef } from '../../src/domain/notifications/channel.js';
import type { Org } from '../../src/domain/orgs/org.js';
import type { Platform } from '../../src/platforms/platform.js';
import { anEvent } from '../builders/events.js';

/** Mark-up, mentions, and more of it than any platform takes. */
export const HOSTILE = `**@everyone** <!channel> <@U1> [a](https://evil.example) \u202Eabc ${'🧑‍🔬 long '.repeat(500)}`;

/** An org of the demo with events of the test's own: a talk in two days, and whatever else is told. */
export async function addEvents(database: Database, slug: string, ...told: Partial<Event>[]): Promise<Event[]> {
  return database.inTransaction(async ({ orgs, events }) => {
    const [org] = await orgs.listByNameOrSlug(slug);
    if (!org) throw new Error(`no org ${slug}`);
    const startsAt = DateTime.utc().startOf('hour').plus({ days: 2 });
    const made = told.map((one) => anEvent({ startsAt, orgId: org.id, ...one }));
    await events.addAll(made);
    return made;
  });
}

/** Posts the event's card for everybody in a channel, as an announcement does. */
export async function postCard(platform: Platform, channel: ChannelRef, event: Event, org: Org): Promise<void> {
  const view = publicEventCard(event, org, { going: 0, interested: 0 });
  const delivered = await platform.channels?.post({ channel }, view, 'card-1');
  if (delivered?.kind !== 'sent') throw new Error(`The card was not posted: ${delivered?.kind}.`);
}
