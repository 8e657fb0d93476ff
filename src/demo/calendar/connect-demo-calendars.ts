import { newConnection } from '../../domain/events/new-connection.js';
import type { SourceSecrets } from '../../domain/events/source.js';
import { newSourceId } from '../../domain/ids.js';
import type { InTransaction } from '../../domain/repositories.js';
import type { Clock } from '../../shared/clock.js';
import { DEMO_ORGS } from '../demo-orgs.js';
import type { DemoCalendars } from './demo-calendars.js';

/**
 * Connects the demo's orgs to their calendars, once: a database that has known a calendar or an event is left as it is,
 * so that what somebody disconnected stays so. The next sync brings the events in.
 */
export async function connectDemoCalendars(
  inTransaction: InTransaction,
  { keyFor, secrets, clock }: { keyFor: DemoCalendars['keyFor']; secrets: SourceSecrets; clock: Clock },
): Promise<void> {
  await inTransaction(async ({ orgs, sources }) => {
    if (!(await sources.isUntouched())) return;
    for (const { key, name, city } of DEMO_ORGS) {
      const apiKey = keyFor(key);
      const org = apiKey && (await orgs.findOrgOfSpace({ platform: 'playground', externalId: key }));
      if (!apiKey || !org) continue;
      const id = newSourceId();
      const access = secrets.sealAccess(id, { kind: 'api', apiKey });
      const calendar = { calendarId: undefined, name, pageUrl: undefined, zone: city?.zone };
      await sources.add(newConnection({ id, orgId: org.id, access, calendar }, undefined, clock.now()));
    }
  });
}
