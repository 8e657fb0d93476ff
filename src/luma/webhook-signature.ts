import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DateTime } from 'luxon';

/** How far a signature's time may be from ours, either way (help.luma.com/p/webhooks). */
const MOST_SKEW_SECONDS = 300;
/** Real ones have one `v1`, and two while a secret is changed. */
const MOST_VALUES = 5;

/**
 * Whether lu.ma made this call: `Webhook-Signature: t=<seconds>,v1=<hex>` is HMAC-SHA256 with the whole secret, `whsec_`
 * included, over `<t>.<raw body>`; not older or newer than five minutes. Compares in constant time.
 */
export function checkSignature({
  header,
  rawBody,
  secret,
  now,
}: {
  header: string | undefined;
  rawBody: Uint8Array;
  secret: string;
  now: DateTime;
}): boolean {
  const parts = (header ?? '')
    .slice(0, 1_000)
    .split(',')
    .map((part) => part.trim());
  const seconds = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  if (!/^\d{1,12}$/.test(seconds)) return false;
  if (Math.abs(now.toSeconds() - Number(seconds)) > MOST_SKEW_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest();
  const values = parts.filter((part) => part.startsWith('v1=')).slice(0, MOST_VALUES);
  return values.map((part) => isSame(part.slice(3), expected)).includes(true);
}

function isSame(hex: string, expected: Buffer): boolean {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), expected);
}
