import { newConnection } from '../../domain/events/new-connection.js';
import type { SourceSecrets } from '../../domain/events/source.js';
import { newSourceId } from '../../domain/ids.js';
import type { InTransaction } from '../../domain/repositories.js';
import type { Clock } from '../../shared/clock.js';
import { DEMO_ORGS } from '../demo-orgs.js';
import type { DemoCalendars } from './demo-calendars.js';

/** The channel of each of the playground's servers in which the demo announces. */
const ANNOUNCED_IN = 'events';

/**
 * Connects the demo's orgs to their calendars, and their servers' channels to what comes of it, once: a database that
 * has known a calendar or an event is left as it is, so that what somebody disconnected stays so. The next sync brings
 * the events in.
 */
export async function connectDemoCalendars(
  inTransaction: InTransaction,
  { keyFor, secrets, clock }: { keyFor: DemoCalendars['keyFor']; secrets: SourceSecrets; clock: Clock },
): Promise<void> {
  await inTransaction(async ({ orgs, sources, announcements }) => {
    if (!(await sources.isUntouched())) return;
    for (const { key, name, city } of DEMO_ORGS) {
      const apiKey = keyFor(key);
      const space = { platform: 'playground', externalId: key } as const;
      const org = apiKey && (await orgs.findOrgOfSpace(space));
      if (!apiKey || !org) continue;
      const id = newSourceId();
      const access = secrets.sealAccess(id, { kind: 'api', apiKey });
      const calendar = { calendarId: undefined, name, pageUrl: undefined, zone: city?.zone };
      await sources.add(newConnection({ id, orgId: org.id, access, calendar }, undefined, clock.now()));
      const channel = { ...space, channelId: ANNOUNCED_IN, orgId: org.id, name: ANNOUNCED_IN };
      const isNew = { isMirrored: false, setAt: clock.now(), off: undefined };
      await announcements.saveChannel({ ...channel, ...isNew }, undefined);
    }
  });
}
