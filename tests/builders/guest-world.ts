import { DateTime } from 'luxon';
import type { Database } from '../../src/db/database.js';
import type { Event } from '../../src/domain/events/event.js';
import type { GuestFacts } from '../../src/domain/events/event-source.js';
import { type MemberId, newSourceId, type OrgId, type SourceId } from '../../src/domain/ids.js';
import { toInstantText } from '../../src/shared/clock.js';
import { anEvent } from './events.js';

const SINCE = toInstantText(DateTime.utc(2026, 1, 1));

/** A calendar of the org in the database, with a key or as a public feed. */
export async function addSource(
  { connection }: Database,
  orgId: OrgId,
  kind: 'api' | 'feed' = 'api',
): Promise<SourceId> {
  const id = newSourceId();
  await connection
    .insertInto('event_sources')
    .values({
      id,
      org_id: orgId,
      kind,
      name: 'Studio events',
      connected_at: SINCE,
      next_sync_at: SINCE,
      feed_url: kind === 'feed' ? 'https://example.org/feed.ics' : null,
      sealed_api_key: kind === 'api' ? 'sealed' : null,
    })
    .execute();
  return id;
}

/** An event of that calendar in the database. */
export async function addEvent({ inTransaction }: Database, overrides: Partial<Event>): Promise<Event> {
  const event = anEvent(overrides);
  await inTransaction(({ events }) => events.addAll([event]));
  return event;
}

/** A link of a member to an event, with the token. */
export async function addLink(
  { connection }: Database,
  { token, event, memberId }: { token: string; event: Event; memberId: MemberId },
): Promise<void> {
  await connection
    .insertInto('personal_links')
    .values({ token, event_id: event.id, member_id: memberId, made_at: SINCE })
    .execute();
}

/** Lists of guests by event, for `guestSource`. */
export function listsOf(...lists: [Event, GuestFacts[] | Error][]): Map<string, GuestFacts[] | Error> {
  return new Map(lists.map(([event, list]) => [event.lumaId, list]));
}
