import { nanoid } from 'nanoid';
import type { WrongCodesRepository } from '../../domain/members/wrong-codes.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';

/** When people typed wrong codes, in the database. */
export function wrongCodesRepository(db: Connection): WrongCodesRepository {
  return {
    async list(memberId, since) {
      const rows = await db
        .selectFrom('wrong_codes')
        .select('tried_at')
        .where('member_id', '=', memberId)
        .where('tried_at', '>', toInstantText(since))
        .orderBy('tried_at')
        .execute();
      return rows.map(({ tried_at }) => fromInstantText(tried_at));
    },

    async add(memberId, at) {
      await db
        .insertInto('wrong_codes')
        .values({ id: nanoid(), member_id: memberId, tried_at: toInstantText(at) })
        .execute();
    },

    async dropBefore(instant) {
      await db.deleteFrom('wrong_codes').where('tried_at', '<=', toInstantText(instant)).execute();
    },
  };
}
