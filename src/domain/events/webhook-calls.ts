import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { SourceId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import type { Source, SourceSecrets } from './source.js';

/** What a call tells us to go and fetch. `calendarId` is that of the event, where the body names one. */
export type WebhookNews =
  | { kind: 'event'; lumaId: string; calendarId: string | undefined }
  | { kind: 'guest'; lumaId: string; calendarId: string | undefined }
  | { kind: 'other' };

/** A call as it came in. */
export interface WebhookCall {
  /** `Webhook-Signature`. */
  signature: string | undefined;
  /** `Webhook-Id`. */
  callId: string | undefined;
  rawBody: Uint8Array;
}

/** A call and what it must be signed with. */
export interface SignedCall {
  header: string | undefined;
  rawBody: Uint8Array;
  secret: string;
  now: DateTime;
}

/** `unknown` calendar, `refused` signature, `repeated` call, or taken. */
export type TakenCall = 'unknown' | 'refused' | 'repeated' | 'taken';

/** For how long calls are known that were taken, in hours; their signatures hold for five minutes. */
const KNOWN_HOURS = 24;
const MOST_CALL_ID = 100;

export type WebhookCalls = ReturnType<typeof createWebhookCalls>;

/** Takes lu.ma's calls: checks who made them, notes them, wakes a sync. What they say is read anew from lu.ma. */
export function createWebhookCalls(parts: {
  inTransaction: InTransaction;
  secrets: SourceSecrets;
  clock: Clock;
  /** The one signature that this body has at its time, if the call carries it: the same whatever stands beside it. */
  readSignature: (call: SignedCall) => string | undefined;
  readWebhook: (rawBody: Uint8Array) => WebhookNews;
  /** Begins what the call asks for, and waits for none of it. */
  wake: (id: SourceId, news: WebhookNews) => void;
}) {
  const { inTransaction, secrets, clock } = parts;

  const signatureOf = (source: Source, { signature, rawBody }: WebhookCall, now: DateTime): string | undefined => {
    const secret = source.webhook && secrets.openWebhookSecret(source.id, source.webhook.sealedSecret);
    return secret === undefined ? undefined : parts.readSignature({ header: signature, rawBody, secret, now });
  };

  /** Notes the call and what it asks for, in one; false if it was taken before. */
  const note = (source: Source, receipts: readonly string[], news: WebhookNews, now: DateTime): Promise<boolean> =>
    inTransaction(async ({ sources, events }) => {
      if (!(await sources.find(source.id))) return false;
      await sources.dropReceipts(source.id, now.minus({ hours: KNOWN_HOURS }));
      for (const receipt of receipts) if (!(await sources.takeReceipt(source.id, receipt, now))) return false;
      // A sync that does not come to its end before this process does is made up for by the schedule.
      if (news.kind === 'event') {
        await events.forgetDescribed(source.id, news.lumaId);
        await sources.wake(source.id, now);
      }
      return true;
    });

  return {
    async take(connection: string, call: WebhookCall): Promise<TakenCall> {
      const id = SourceId.safeParse(connection).data;
      const source = id && (await inTransaction(({ sources }) => sources.find(id), { isReadOnly: true }));
      if (!source) return 'unknown';
      const now = clock.now();
      const signature = signatureOf(source, call, now);
      if (signature === undefined) return 'refused';
      const news = meantFor(source, parts.readWebhook(call.rawBody));
      if (!(await note(source, receiptsOf(call, signature), news, now))) return 'repeated';
      if (news.kind !== 'other') parts.wake(source.id, news);
      return 'taken';
    },
  };
}

/** A call about another calendar's event is none of ours. */
function meantFor({ calendarId }: Source, news: WebhookNews): WebhookNews {
  const isForeign = news.kind !== 'other' && news.calendarId && calendarId && news.calendarId !== calendarId;
  return isForeign ? { kind: 'other' } : news;
}

/**
 * What tells a call apart: its signature, so that whoever overhears one cannot make it again under another id, which is
 * not signed; and lu.ma's own id, which stays the same when lu.ma itself tries again and signs anew.
 */
function receiptsOf({ callId }: WebhookCall, signature: string): string[] {
  if (!callId) return [signature];
  const isLong = callId.length > MOST_CALL_ID;
  return [signature, isLong ? createHash('sha256').update(callId).digest('base64url') : callId];
}
