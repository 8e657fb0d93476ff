import { LRUCache } from 'lru-cache';
import type { MemberId } from '../domain/ids.js';
import { errorFacts, type Logger } from '../shared/logger.js';

/** Members whose last noted address is remembered, so that an act of theirs asks the database nothing about it. */
const MOST_REMEMBERED = 20_000;

/**
 * Passes on the address that a platform vouches for when a member acts, once for each address. It keeps nobody's answer
 * from coming: what fails is logged, and tried at their next act.
 */
export function createEmailNotes(
  note: (memberId: MemberId, email: string) => Promise<void>,
  logger: Logger,
): (memberId: MemberId, email: string | undefined) => Promise<void> {
  const noted = new LRUCache<MemberId, string>({ max: MOST_REMEMBERED });
  return async (memberId, email) => {
    if (!email?.trim()) return;
    if (noted.get(memberId) === email) return;
    try {
      await note(memberId, email);
      noted.set(memberId, email);
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'an address could not be noted');
    }
  };
}
