import type { Database } from './db/database.js';
import { sourceSecrets } from './db/source-secrets.js';
import type { DemoCalendars } from './demo/calendar/demo-calendars.js';
import type { FollowChanges } from './domain/events/event-changes.js';
import type { OpenSource, SourceAccess } from './domain/events/event-source.js';
import type { SyncGuests } from './domain/events/guests.js';
import { createSourcesService, type SourcesService } from './domain/events/sources-service.js';
import { createSyncService, type SyncService } from './domain/events/sync-service.js';
import { createWebhookCalls, type WebhookCalls } from './domain/events/webhook-calls.js';
import { createWebhookKeeper } from './domain/events/webhook-keeping.js';
import { createReadFeedAddress } from './luma/feed/feed-address.js';
import { createOpenSource } from './luma/open-source.js';
import { readWebhook } from './luma/webhook-body.js';
import { readSignature } from './luma/webhook-signature.js';
import { createSyncWakes, type SyncWakes } from './scheduler/sync-wakes.js';
import type { Clock } from './shared/clock.js';
import type { SecretBox } from './shared/secret-box.js';

/** Where lu.ma is; `LUMA_API_URL` and `LUMA_ICS_URL`. */
export interface LumaAddresses {
  apiUrl: string;
  icsUrl: string;
  /** The most requests of a key within a minute, where it is not lu.ma's own limit. */
  perMinute?: number;
}

/** lu.ma itself. */
const LUMA: LumaAddresses = { apiUrl: 'https://public-api.luma.com', icsUrl: 'https://api.lu.ma/ics/get' };

/**
 * How often the demo's calendars are read, in minutes: they change by days, and whoever moves the playground's clock by
 * a week waits for every run on the way.
 */
const DEMO_EVERY_MINUTES = 12 * 60;

/** What is needed for calendars beside the database. */
export interface CalendarSettings {
  luma?: LumaAddresses | undefined;
  /** The demo's own lu.ma, where it runs. */
  demo?: DemoCalendars | undefined;
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
  parts: CalendarSettings & { follow: readonly FollowChanges[]; syncGuests: SyncGuests; secretBox: SecretBox },
): CalendarServices {
  const { luma = LUMA, follow, syncGuests, publicUrl, onFault = () => undefined } = parts;
  const secrets = sourceSecrets(parts.secretBox);
  const openSource = openWith(luma, parts.demo, clock);
  const keepWebhook = createWebhookKeeper({ inTransaction, secrets, publicUrl });
  const shared = { inTransaction, openSource, secrets, follow, onFault };
  const everyMinutes = (access: SourceAccess) =>
    access.kind === 'api' && parts.demo?.isDemoKey(access.apiKey) ? DEMO_EVERY_MINUTES : undefined;
  const syncs = createSyncService({ ...shared, syncGuests, keepWebhook, everyMinutes, random: Math.random });
  const syncWakes = createSyncWakes({ syncs, clock, onFault });
  return {
    syncs,
    syncWakes,
    sources: createSourcesService({ ...shared, clock, syncs, readFeedAddress: createReadFeedAddress(luma) }),
    webhookCalls: createWebhookCalls({
      inTransaction,
      secrets,
      clock,
      readSignature,
      readWebhook,
      wake: syncWakes.wake,
    }),
  };
}

/** Opens the demo's calendars where its own lu.ma is, and all others at lu.ma. */
function openWith(luma: LumaAddresses, demo: DemoCalendars | undefined, clock: Clock): OpenSource {
  const open = createOpenSource({ ...luma, clock });
  if (!demo) return open;
  const perMinute = Number.POSITIVE_INFINITY;
  const openDemo = createOpenSource({ apiUrl: demo.url, icsUrl: luma.icsUrl, clock, perMinute });
  return (access) => (access.kind === 'api' && demo.isDemoKey(access.apiKey) ? openDemo(access) : open(access));
}
