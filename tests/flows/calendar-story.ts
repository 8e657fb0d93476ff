import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import type { Services } from '../../src/bot/rollcall-bot.js';
import type { Database } from '../../src/db/database.js';
import type { Event } from '../../src/domain/events/event.js';
import type { MemberId } from '../../src/domain/ids.js';
import { createLogger } from '../../src/shared/logger.js';
import { feedRoutes } from '../../src/web/feeds/feed-routes.js';
import { serveWeb } from '../../src/web/serve.js';
import { anEvent } from '../builders/events.js';
import { addApprovalOrg, joinsAs } from './joining-story.js';

/** An event as a calendar program that subscribed shows it. */
export interface InCalendar {
  title: string;
  isBusy: boolean;
  isCancelled: boolean;
  url: string;
}

/** A member of an org with one event of next week, and a calendar program that reads feeds over the wire. */
export interface CalendarStory {
  event: Event;
  /** What the program shows of that address; the status where there is nothing. */
  reads(address: string): Promise<InCalendar[] | number>;
  cancels(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the feeds of a product that runs, and lets that member into an org of their own. */
export async function startCalendarStory(
  { database, services }: { database: Database; services: Services },
  memberId: MemberId,
): Promise<CalendarStory> {
  const org = await addApprovalOrg(database);
  await joinsAs('member', { database, org, memberId });
  const startsAt = DateTime.utc().startOf('hour').plus({ days: 7 });
  const event = anEvent({ orgId: org.id, title: 'Evals night; bring a friend, or two', startsAt });
  await database.inTransaction(({ events }) => events.addAll([event]));
  const logger = createLogger('fatal', { write: () => undefined });
  const web = await serveWeb(feedRoutes({ feeds: services.calendarFeeds, logger }), { host: '127.0.0.1', port: 0 });
  return {
    event,
    async reads(address) {
      const { pathname, search } = new URL(address);
      const response = await fetch(`http://127.0.0.1:${web.port}${pathname}${search}`);
      return response.ok ? inCalendar(await response.text()) : response.status;
    },
    cancels: () =>
      database.inTransaction(({ events }) =>
        events.update({ ...event, state: 'cancelled', sequence: 1, changedAt: DateTime.utc() }),
      ),
    close: () => web.close(),
  };
}

function inCalendar(text: string): InCalendar[] {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((part) => {
    const told = (name: string) => String(part.getFirstPropertyValue(name));
    return {
      title: told('summary'),
      isBusy: told('transp') === 'OPAQUE',
      isCancelled: told('status') === 'CANCELLED',
      url: told('url'),
    };
  });
}

/** The address in an answer. */
export function addressIn(text: string): string {
  const found = /https?:\/\/\S+\/cal\/[0-9a-z]{32}\.ics(\?only=going)?/.exec(text)?.[0];
  if (!found) throw new Error(`No address in: ${text}`);
  return found;
}
