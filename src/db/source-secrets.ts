import type { SourceSecrets } from '../domain/events/source.js';
import type { SourceId } from '../domain/ids.js';
import { type SecretBox, SecretProblem } from '../shared/secret-box.js';

type SealedColumn = 'sealed_api_key' | 'sealed_webhook_secret';

const placeOf = (column: SealedColumn, rowId: SourceId) => ({ table: 'event_sources', column, rowId });

/** Keys and webhook secrets of calendars, sealed for their place in the database. */
export function sourceSecrets(box: SecretBox): SourceSecrets {
  const open = (column: SealedColumn, id: SourceId, sealed: string): string | undefined => {
    try {
      return box.open(sealed, placeOf(column, id));
    } catch (error) {
      if (error instanceof SecretProblem) return undefined;
      throw error;
    }
  };
  return {
    sealAccess: (id, access) =>
      access.kind === 'feed'
        ? { kind: 'feed', feedUrl: access.feedUrl }
        : { kind: 'api', sealedKey: box.seal(access.apiKey, placeOf('sealed_api_key', id)) },
    openAccess({ id, access, zone }) {
      if (access.kind === 'feed') return { ...access, zone };
      const apiKey = open('sealed_api_key', id, access.sealedKey);
      return apiKey === undefined ? undefined : { kind: 'api', apiKey };
    },
    sealWebhookSecret: (id, secret) => box.seal(secret, placeOf('sealed_webhook_secret', id)),
    openWebhookSecret: (id, sealed) => open('sealed_webhook_secret', id, sealed),
  };
}
