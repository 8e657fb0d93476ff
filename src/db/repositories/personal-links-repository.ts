import type { PersonalLinksRepository } from '../../domain/events/personal-links.js';
import { toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';

const tokenOf = prepared((db, event: string, member: string) =>
  db.selectFrom('personal_links').select('token').where('event_id', '=', event).where('member_id', '=', member),
);

/** Personal links in the database. */
export function personalLinksRepository(db: Connection): PersonalLinksRepository {
  return {
    async findToken(eventId, memberId) {
      const [row] = await tokenOf(db, eventId, memberId);
      return row?.token;
    },

    async add({ token, eventId, memberId, madeAt }) {
      await db
        .insertInto('personal_links')
        .values({ token, event_id: eventId, member_id: memberId, made_at: toInstantText(madeAt) })
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doNothing())
        .execute();
    },
  };
}
