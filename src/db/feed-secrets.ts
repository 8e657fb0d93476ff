import type { FeedSecrets } from '../domain/events/calendar-feed.js';
import { type SecretBox, SecretProblem } from '../shared/secret-box.js';

const placeOf = (rowId: string) => ({ table: 'calendar_feeds', column: 'sealed_token', rowId });

/** Tokens of private feeds, sealed for their place in the database, so that a copy of the file opens nobody's calendar. */
export function feedSecrets(box: SecretBox): FeedSecrets {
  return {
    seal: (id, token) => box.seal(token, placeOf(id)),
    open(id, sealed) {
      try {
        return box.open(sealed, placeOf(id));
      } catch (error) {
        if (error instanceof SecretProblem) return undefined;
        throw error;
      }
    },
  };
}
