import type { DateTime } from 'luxon';
import type { MemberId } from '../ids.js';

/** Wrong codes of any kind that a member may type within an hour, so that nobody finds one by trying. */
export const MOST_WRONG_CODES = 10;

/** Storage of when somebody typed a code that is none; what they typed is not kept. */
export interface WrongCodesRepository {
  /** When the member typed wrong ones since then, the oldest first. */
  list(memberId: MemberId, since: DateTime): Promise<DateTime[]>;
  add(memberId: MemberId, at: DateTime): Promise<void>;
  dropBefore(instant: DateTime): Promise<void>;
}

/** From when on a wrong code no longer counts. */
export function wrongCodesSince(now: DateTime): DateTime {
  return now.minus({ hours: 1 });
}

/** Until when somebody has to wait after these wrong ones of the last hour, the oldest first; nothing while they need not. */
export function waitsUntil(wrongAt: readonly DateTime[]): DateTime | undefined {
  return wrongAt.at(-MOST_WRONG_CODES)?.plus({ hours: 1 });
}
