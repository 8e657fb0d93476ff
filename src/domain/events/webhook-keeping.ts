import type { DateTime } from 'luxon';
import type { SourceId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import type { EventSource, Webhook } from './event-source.js';
import type { Source, SourceSecrets } from './source.js';

/** How often lu.ma is asked whether our webhook is still there and active, in hours. */
const ASK_HOURS = 6;

/** Where lu.ma calls us about a calendar. */
export const webhookPath = (id: SourceId): string => `/luma/webhook/${id}`;

/**
 * Sees to it that lu.ma calls us about a calendar at once: registers our address where there is one that lu.ma can
 * reach, again when this installation has moved, and again when it was taken away or paused there. Safe to repeat.
 *
 * @throws SourceProblem of the calendar, which is no reason for a sync to fail.
 */
export function createWebhookKeeper(parts: {
  inTransaction: InTransaction;
  secrets: SourceSecrets;
  /** `PUBLIC_URL`; lu.ma calls https addresses only. */
  publicUrl: string | undefined;
}) {
  const { inTransaction, secrets, publicUrl } = parts;
  const askedAt = new Map<SourceId, DateTime>();

  const keep = (source: Source, url: string, made: Webhook): Promise<boolean> =>
    inTransaction(async ({ sources }) => {
      const current = await sources.find(source.id);
      // Disconnected meanwhile, or registered by another process.
      if (!current || current.webhook?.webhookId !== source.webhook?.webhookId) return false;
      const sealedSecret = secrets.sealWebhookSecret(source.id, made.secret);
      await sources.saveWebhook(source.id, { webhookId: made.webhookId, sealedSecret, url });
      return true;
    });

  return async (source: Source, calendar: EventSource, now: DateTime): Promise<void> => {
    if (!publicUrl?.startsWith('https://') || !calendar.addWebhook) return;
    const url = publicUrl + webhookPath(source.id);
    const asked = askedAt.get(source.id);
    if (source.webhook?.url === url && asked && asked > now.minus({ hours: ASK_HOURS })) return;
    const made = await calendar.addWebhook(url);
    askedAt.set(source.id, now);
    const before = source.webhook;
    const isKnown = before?.webhookId === made.webhookId && before.url === url;
    if (isKnown && secrets.openWebhookSecret(source.id, before.sealedSecret) === made.secret) return;
    const isKept = await keep(source, url, made);
    const surplus = isKept ? before?.webhookId : made.webhookId;
    const current = isKept ? made.webhookId : undefined;
    if (surplus && surplus !== current) await calendar.removeWebhook?.(surplus);
  };
}
