import { openDatabase } from '../../src/db/database.js';
import { sourceSecrets } from '../../src/db/source-secrets.js';
import { newSourceId } from '../../src/domain/ids.js';
import { createSecretBox, makeKey, writeKey } from '../../src/shared/secret-box.js';
import { anOrg } from '../builders/orgs.js';
import { aSource } from '../builders/sync.js';
import { startFakeLuma } from '../fakes/luma/fake-luma.js';
import type { CrashCalendar } from './story.js';

/** A calendar on a lu.ma of the test's own, whose events are called by the numbers of their messages. */
export async function startCrashCalendar(events: number) {
  const luma = await startFakeLuma({ perMinute: Number.POSITIVE_INFINITY });
  const fake = luma.addCalendar();
  const key = makeKey();
  const calendar: CrashCalendar = {
    events,
    async connect(file) {
      const database = openDatabase(file);
      const [id, org] = [newSourceId(), anOrg()];
      const access = sourceSecrets(createSecretBox([key])).sealAccess(id, { kind: 'api', apiKey: fake.apiKey ?? '' });
      await database.inTransaction(async ({ orgs, sources }) => {
        await orgs.add(org);
        await sources.add(aSource(org.id, { id, access, calendarId: fake.id }));
      });
      await database.close();
    },
    addEvent: (number) => void fake.addEvent({ name: `Event ${number}` }),
  };
  const environment = { LUMA_API_URL: luma.apiUrl, LUMA_ICS_URL: luma.icsUrl, ENCRYPTION_KEY: writeKey(key) };
  return { calendar, environment, stop: () => luma.close() };
}
