import type { Database } from '../../src/db/database.js';
import type { MemberId } from '../../src/domain/ids.js';
import { aMembership, anOrg } from '../builders/orgs.js';
import { HOSTILE } from './events-story.js';

/** More orgs than a select takes, of names that no platform likes, with the member in all of them. */
export async function joinsManyOrgs(database: Database, memberId: MemberId): Promise<void> {
  await database.inTransaction(async ({ orgs }) => {
    for (let count = 0; count < 30; count += 1) {
      const org = anOrg({ name: `${count} ${HOSTILE.slice(0, 180)}` });
      await orgs.add(org);
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId }));
    }
  });
}

/** What is stored of what members chose. */
export const storedChoices = (database: Database) =>
  database.connection
    .selectFrom('notification_choices')
    .innerJoin('identities', 'identities.member_id', 'notification_choices.member_id')
    .select(['identities.account_id', 'frequency', 'reminders', 'quiet_from', 'next_digest_at'])
    .execute();
