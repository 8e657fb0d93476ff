import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import { type Clock, toInstantText } from '../shared/clock.js';
import type { KeptTexts } from '../shared/kept-texts.js';
import type { Connection } from './database.js';

/** How long a text is kept after it was last put into a message, in days. */
const KEPT_DAYS = 30;

/** Texts kept by their own hash, so that the same text never takes room twice. */
export function keptTexts(db: Connection, clock: Clock): KeptTexts {
  return {
    async keep(text) {
      const key = createHash('sha256').update(text).digest('base64url').slice(0, 22);
      const kept_at = toInstantText(clock.now());
      await db
        .insertInto('kept_payloads')
        .values({ key, payload: text, kept_at })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ kept_at }))
        .execute();
      return key;
    },
    async find(key) {
      const row = await db.selectFrom('kept_payloads').select('payload').where('key', '=', key).executeTakeFirst();
      return row?.payload;
    },
  };
}

/** Drops what was last used more than 30 days ago; says how many texts that were. */
export async function dropOldTexts(db: Connection, now: DateTime): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('kept_payloads')
    .where('kept_at', '<', toInstantText(now.minus({ days: KEPT_DAYS })))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
