import { DateTime } from 'luxon';
import { planAnnouncements } from '../../src/domain/events/announcements.js';
import type { Event } from '../../src/domain/events/event.js';
import type { SyncedChanges } from '../../src/domain/events/event-changes.js';
import { newSourceId } from '../../src/domain/ids.js';
import { movableClock } from '../../src/shared/clock.js';
import { anEvent } from '../builders/events.js';
import { type Product, startProduct } from '../builders/product.js';
import { aSource } from '../builders/sync.js';

/** The product at noon of today, so that nobody’s quiet hours hold anything back and platforms take what is ahead. */
export async function startAtNoon() {
  const noon = DateTime.utc().startOf('day').set({ hour: 12 });
  const clock = movableClock({ now: () => noon });
  return { ...(await startProduct({ clock })), clock };
}

export type ProductAtNoon = Awaited<ReturnType<typeof startAtNoon>>;

/** BAISH with a calendar, whose syncs find what a story says, one a minute. */
export async function withCalendar({ database, services, clock }: ProductAtNoon) {
  const org = await services.orgs.resolve('baish');
  const sourceId = newSourceId();
  await database.inTransaction(({ sources }) => sources.add(aSource(org.id, { id: sourceId })));
  return {
    org,
    sourceId,
    /** An event five days ahead. */
    event: (overrides: Partial<Event> = {}) =>
      anEvent({ orgId: org.id, sourceId, startsAt: clock.now().plus({ days: 5 }), ...overrides }),
    /** What a sync finds, written and followed up in one transaction. */
    finds(changes: Partial<SyncedChanges>): Promise<void> {
      clock.moveTo(clock.now().plus({ minutes: 1 }));
      return database.inTransaction(async (repositories) => {
        const { added = [], changed = [], cancelled = [] } = changes;
        await repositories.events.addAll(added);
        for (const event of [...changed.map(({ after }) => after), ...cancelled])
          await repositories.events.update(event);
        const run = { orgId: org.id, sourceId, isFirst: false, at: clock.now(), added, changed, cancelled };
        await planAnnouncements(repositories, { ...run, ...changes });
      });
    },
  };
}

/**
 * Puts the deliveries back to where a process left them that was killed after a platform took them and before it noted
 * so. They are due at once.
 */
export async function forgetOutcomes({ database, clock }: Product): Promise<void> {
  const now = clock.now().toISO();
  database.sqlite
    .prepare(
      "update deliveries set state = 'pending', sent_at = null, sent_channel_id = null, sent_message_id = null, next_try_at = ?, unsure_since = ? where state = 'sent'",
    )
    .run(now, now);
  database.sqlite.prepare("update announcements set state = 'planned'").run();
}
