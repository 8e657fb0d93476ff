import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedCall } from '../domain/events/webhook-calls.js';

/** How far a signature's time may be from ours, either way (help.luma.com/p/webhooks). */
const MOST_SKEW_SECONDS = 300;
/** Real ones have one `v1`, and two while a secret is changed. */
const MOST_VALUES = 5;

/**
 * The signature by which lu.ma made this call, in hex, or nothing: `Webhook-Signature: t=<seconds>,v1=<hex>` is
 * HMAC-SHA256 with the whole secret, `whsec_` included, over `<t>.<raw body>`; not older or newer than five minutes.
 * Compares in constant time.
 */
export function readSignature({ header, rawBody, secret, now }: SignedCall): string | undefined {
  const parts = (header ?? '')
    .slice(0, 1_000)
    .split(',')
    .map((part) => part.trim());
  const seconds = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  if (!/^\d{1,12}$/.test(seconds)) return undefined;
  if (Math.abs(now.toSeconds() - Number(seconds)) > MOST_SKEW_SECONDS) return undefined;
  const expected = createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest();
  const values = parts.filter((part) => part.startsWith('v1=')).slice(0, MOST_VALUES);
  const isHeld = values.map((part) => isSame(part.slice(3), expected)).includes(true);
  return isHeld ? expected.toString('hex') : undefined;
}

function isSame(hex: string, expected: Buffer): boolean {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), expected);
}
