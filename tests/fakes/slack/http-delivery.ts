import { createHmac } from 'node:crypto';
import type { Carrier } from './carrier.js';
import type { Delivery, Envelope, Outcome } from './envelopes.js';
import { asDict, type Dict } from './json.js';
import type { Settings } from './options.js';

/**
 * Slack's requests to an app: signed, with three seconds to answer.
 *
 * @see https://docs.slack.dev/apis/events-api (and authentication/verifying-requests-from-slack)
 */
export class HttpDelivery implements Carrier {
  readonly deliveries: Delivery[] = [];
  readonly #settings: Settings;
  readonly #url: string;

  constructor(settings: Settings, url: string) {
    this.#settings = settings;
    this.#url = url;
  }

  /** Slack's first request to an address. @throws Error when the app does not give the challenge back. */
  async verify(): Promise<void> {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'a-challenge' });
    const response = await this.#post(body, 'application/json', {});
    const text = await response.text();
    if (!response.ok || !text.includes('a-challenge')) {
      throw new Error(`${this.#url} did not answer Slack's challenge: ${response.status} ${text}`);
    }
  }

  send(envelope: Envelope): Delivery {
    const delivery: Delivery = {
      envelopeId: `request-${this.deliveries.length + 1}`,
      envelope,
      sentAt: performance.now(),
      outcome: Promise.resolve({ kind: 'no-connection' }),
    };
    this.deliveries.push(delivery);
    delivery.outcome = this.#deliver(delivery);
    return delivery;
  }

  async #deliver(delivery: Delivery): Promise<Outcome> {
    try {
      const { body, type } = encode(delivery.envelope);
      const response = await this.#post(body, type, retryHeaders(delivery.envelope));
      const text = await response.text();
      if (!response.ok) return { kind: 'refused', status: response.status };
      delivery.ackedAt = performance.now();
      delivery.ackPayload = decode(text, response.headers.get('content-type') ?? '');
      return { kind: 'acked', payload: delivery.ackPayload };
    } catch (error) {
      const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
      return { kind: isTimeout ? 'timeout' : 'no-connection' };
    }
  }

  #post(body: string, type: string, more: Record<string, string>): Promise<Response> {
    const signature = signed(body, this.#settings.signingSecret, this.#settings.now());
    // A connection of its own each time, as one that was kept may have ended with the process it led to.
    const headers = { ...signature, ...more, 'content-type': type, connection: 'close' };
    const signal = AbortSignal.timeout(this.#settings.ackDeadlineMs);
    return fetch(this.#url, { method: 'POST', headers, body, signal, redirect: 'manual' });
  }
}

/** The headers by which an app knows that a request is Slack's. */
export function signed(body: string, signingSecret: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
}

/** Events come as JSON, interactions as JSON in a form, commands as a form. */
export function encode({ type, payload }: Envelope): { body: string; type: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : asTexts(payload);
  return { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' };
}

function asTexts(payload: Dict): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}

function decode(text: string, type: string): Dict {
  if (text === '') return {};
  return type.startsWith('application/json') ? asDict(JSON.parse(text)) : { text };
}

function retryHeaders({ retryAttempt, retryReason }: Envelope): Record<string, string> {
  if (retryAttempt === undefined) return {};
  const reason = retryReason === 'timeout' ? 'http_timeout' : (retryReason ?? 'http_error');
  return { 'x-slack-retry-num': String(retryAttempt), 'x-slack-retry-reason': reason };
}
