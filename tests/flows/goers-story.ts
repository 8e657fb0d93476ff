import type { DateTime } from 'luxon';
import { endOfHistory, historyOf } from '../../src/domain/events/change-detection.js';
import type { Event } from '../../src/domain/events/event.js';
import type { ChangedEvent } from '../../src/domain/events/event-changes.js';
import { planChangeNotices } from '../../src/domain/notifications/change-notices.js';
import { type ProductAtNoon, withCalendar } from './announce-story.js';

export type GoersStory = Awaited<ReturnType<typeof startGoersStory>>;

/** BAISH with a calendar whose changes are followed up for those who go, and time that passes as the story needs it. */
export async function startGoersStory(product: ProductAtNoon) {
  const { database, services, clock } = product;
  const { org, sourceId, event } = await withCalendar(product);

  const find = async ({ changed = [], cancelled = [] }: { changed?: ChangedEvent[]; cancelled?: Event[] }) => {
    clock.moveTo(clock.now().plus({ minutes: 10 }));
    const at = clock.now();
    await database.inTransaction(async (repositories) => {
      const { events } = repositories;
      for (const { before, after } of changed) {
        await events.update(after);
        await events.addHistory(historyOf(before, { ...after, changedAt: at }));
      }
      for (const after of cancelled) {
        await events.addHistory([endOfHistory({ ...after, state: 'on' }, { ...after, changedAt: at }, 'cancelled')]);
        await events.update(after);
      }
      const run = { orgId: org.id, sourceId, isFirst: false, at, added: [], changed, cancelled };
      await planChangeNotices(repositories, run);
      await planChangeNotices(repositories, run);
    });
    await passes();
  };

  /** Everything that the jobs do at this moment, twice, and all that follows sent. */
  const passes = async () => {
    for (let time = 0; time < 2; time += 1) {
      await services.goers.planReminders(clock.now());
      await services.mailings.fanOut(clock.now());
    }
    await product.drain();
  };

  return {
    event,
    find,
    add: (added: Event) => database.inTransaction(({ events }) => events.addAll([added])),
    /** Nothing is held back: the story is not about hours. */
    async neverQuiet() {
      const off = { quiet_from: null, quiet_to: null };
      await database.connection.updateTable('notification_choices').set(off).execute();
    },
    async until(moment: DateTime) {
      clock.moveTo(moment);
      await passes();
    },
  };
}
