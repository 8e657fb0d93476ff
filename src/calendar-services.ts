import type { Database } from './db/database.js';
import { sourceSecrets } from './db/source-secrets.js';
import type { FollowChanges } from './domain/events/event-changes.js';
import type { SyncGuests } from './domain/events/guests.js';
import { createSourcesService, type SourcesService } from './domain/events/sources-service.js';
import { createSyncService, type SyncService } from './domain/events/sync-service.js';
import { createWebhookCalls, type WebhookCalls } from './domain/events/webhook-calls.js';
import { createWebhookKeeper } from './domain/events/webhook-keeping.js';
import { createReadFeedAddress } from './luma/feed/feed-address.js';
import { createOpenSource } from './luma/open-source.js';
import { readWebhook } from './luma/webhook-body.js';
import { checkSignature } from './luma/webhook-signature.js';
import { createSyncWakes, type SyncWakes } from './scheduler/sync-wakes.js';
import type { Clock } from './shared/clock.js';
import { createSecretBox, makeKey, type SecretBox } from './shared/secret-box.js';

/** Where lu.ma is; `LUMA_API_URL` and `LUMA_ICS_URL`. */
export interface LumaAddresses {
  apiUrl: string;
  icsUrl: string;
  /** The most requests of a key within a minute, where it is not lu.ma's own limit. */
  perMinute?: number;
}

/** lu.ma itself. */
const LUMA: LumaAddresses = { apiUrl: 'https://public-api.luma.com', icsUrl: 'https://api.lu.ma/ics/get' };

/** What is needed for calendars beside the database; without a box, no secret outlives the process. */
export interface CalendarSettings {
  luma?: LumaAddresses | undefined;
  secretBox?: SecretBox | undefined;
  publicUrl?: string | undefined;
  /** Whatever is our own mistake, for the log. */
  onFault?: ((error: unknown) => void) | undefined;
}

export interface CalendarServices {
  sources: SourcesService;
  syncs: SyncService;
  webhookCalls: WebhookCalls;
  syncWakes: SyncWakes;
}

/** Everything that brings calendars in, on an open database. */
export function createCalendarServices(
  { inTransaction }: Database,
  clock: Clock,
  parts: { follow: readonly FollowChanges[]; syncGuests: SyncGuests } & CalendarSettings,
): CalendarServices {
  const { luma = LUMA, follow, syncGuests, publicUrl, onFault = () => undefined } = parts;
  const secrets = sourceSecrets(parts.secretBox ?? createSecretBox([makeKey()]));
  const openSource = createOpenSource({ ...luma, clock });
  const keepWebhook = createWebhookKeeper({ inTransaction, secrets, publicUrl });
  const shared = { inTransaction, openSource, secrets, follow, onFault };
  const syncs = createSyncService({ ...shared, syncGuests, keepWebhook, random: Math.random });
  const syncWakes = createSyncWakes({ syncs, clock, onFault });
  return {
    syncs,
    syncWakes,
    sources: createSourcesService({ ...shared, clock, syncs, readFeedAddress: createReadFeedAddress(luma) }),
    webhookCalls: createWebhookCalls({
      inTransaction,
      secrets,
      clock,
      checkSignature,
      readWebhook,
      wake: syncWakes.wake,
    }),
  };
}
