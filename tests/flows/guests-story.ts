import type { Database } from '../../src/db/database.js';
import type { Event } from '../../src/domain/events/event.js';
import { createSyncGuests } from '../../src/domain/events/guest-sync.js';
import type { SyncedGuests } from '../../src/domain/events/guests.js';
import type { MemberId } from '../../src/domain/ids.js';
import type { Org } from '../../src/domain/orgs/org.js';
import { createOpenSource } from '../../src/luma/open-source.js';
import { systemClock } from '../../src/shared/clock.js';
import { addEvent, addSource } from '../builders/guest-world.js';
import type { FakeCalendar } from '../fakes/luma/calendar.js';
import { startFakeLuma } from '../fakes/luma/fake-luma.js';
import type { FakeEvent } from '../fakes/luma/world.js';
import { addApprovalOrg, joinsAs } from './joining-story.js';

/** An org with a calendar on lu.ma and one event of next week, whose guest list is read over the wire. */
export interface GuestStory {
  org: Org;
  event: Event;
  calendar: FakeCalendar;
  onLuma: FakeEvent;
  joins(role: 'member' | 'admin', memberId: MemberId): Promise<void>;
  /** Reads the guest list, as a run of the sync does. */
  syncs(): Promise<SyncedGuests>;
  responseOf(memberId: MemberId): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Starts a lu.ma of the story's own beside a product that runs. */
export async function startGuestStory(database: Database): Promise<GuestStory> {
  const luma = await startFakeLuma();
  const calendar = luma.addCalendar();
  const onLuma = calendar.addEvent({ name: 'Evals night' });
  const org = await addApprovalOrg(database);
  const sourceId = await addSource(database, org.id);
  const event = await addEvent(database, {
    orgId: org.id,
    sourceId,
    lumaId: onLuma.id,
    title: onLuma.name,
    url: onLuma.url,
    startsAt: onLuma.startAt,
  });
  const open = createOpenSource({ apiUrl: luma.apiUrl, icsUrl: luma.icsUrl, clock: systemClock() });
  const syncGuests = createSyncGuests(database);
  const source = open({ kind: 'api', apiKey: calendar.apiKey ?? '' });
  return {
    org,
    event,
    calendar,
    onLuma,
    joins: (role, memberId) => joinsAs(role, { database, org, memberId }),
    syncs: () => syncGuests(source, { sourceId, orgId: org.id, now: systemClock().now() }),
    async responseOf(memberId) {
      const found = await database.inTransaction(({ responses }) => responses.find(event.id, memberId));
      return found && `${found.source} ${found.response}`;
    },
    close: () => luma.close(),
  };
}

/** The token of a personal link, wherever it stands in what is seen. */
export function tokenIn(seen: unknown): string {
  const [, token] = /utm_source=(rc-[0-9a-z]+)/.exec(JSON.stringify(seen)) ?? [];
  if (token === undefined) throw new Error('There is no personal link.');
  return token;
}
