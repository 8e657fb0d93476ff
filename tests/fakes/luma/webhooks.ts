import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../src/shared/clock.js';
import type { FakeWebhook } from './world.js';

/** How one webhook goes out. */
export interface Sent {
  /** How often the very same one is sent. */
  times: number;
  /** How old its signature is when it arrives. */
  lateBySeconds: number;
  /** `wrong`: made with another secret; `missing`: no header at all. */
  signature: 'right' | 'wrong' | 'missing';
  /** Its `Webhook-Id`, by which receivers know it again. */
  webhookId: string;
}

/** One that was sent, and what the receiver answered: 0 for nothing at all. */
export interface Delivered {
  url: string;
  type: string;
  body: string;
  status: number;
}

/** `Webhook-Signature` as lu.ma makes it: the whole secret is the key, `whsec_` too. */
export function signatureOf(secret: string, body: string, seconds: number): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

/** Sends what acts bring about, in their order; or keeps it back until a test wants it, in any order. */
export class WebhookSender {
  readonly delivered: Delivered[] = [];
  readonly #clock: Clock;
  readonly #newId: (prefix: string) => string;
  #last: Promise<unknown> = Promise.resolve();
  #held: (() => Promise<number[]>)[] | undefined;

  constructor(clock: Clock, newId: (prefix: string) => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** Keeps everything back from now on. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was kept back, the last first if wanted, and keeps back no more. */
  async release({ reversed = false } = {}): Promise<void> {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const send of reversed ? held.reverse() : held) await send();
  }

  /** When everything sent so far has been answered. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** To each of them in turn; resolves to their answers, of each the last. Held ones answer nothing. */
  send(webhooks: FakeWebhook[], body: { type: string; data: unknown }, how: Partial<Sent>): Promise<number[]> {
    const text = JSON.stringify(body);
    const webhookId = how.webhookId ?? this.#newId('msg');
    const act = async () => {
      const answers: number[] = [];
      for (const webhook of webhooks.filter(({ status }) => status === 'active')) {
        answers.push(await this.#post(webhook, { type: body.type, text, how: { ...how, webhookId } }));
      }
      return answers;
    };
    if (this.#held) {
      this.#held.push(act);
      return Promise.resolve([]);
    }
    const turn = this.#last.then(act);
    this.#last = turn;
    return turn;
  }

  async #post(webhook: FakeWebhook, { type, text, how }: { type: string; text: string; how: Partial<Sent> }) {
    const seconds = Math.floor(this.#clock.now().toSeconds()) - (how.lateBySeconds ?? 0);
    const secret = how.signature === 'wrong' ? 'whsec_somebodyelse' : webhook.secret;
    const headers = {
      'content-type': 'application/json',
      'webhook-id': how.webhookId ?? '',
      'webhook-timestamp': String(seconds),
      ...(how.signature === 'missing' ? {} : { 'webhook-signature': signatureOf(secret, text, seconds) }),
    };
    let status = 0;
    for (let time = 0; time < (how.times ?? 1); time += 1) {
      status = await post(webhook.url, headers, text);
      this.delivered.push({ url: webhook.url, type, body: text, status });
    }
    // lu.ma pauses a webhook whose receiver says that it is gone.
    if (status === 410) webhook.status = 'paused';
    return status;
  }
}

/** lu.ma waits for five seconds. */
async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  const answer = fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
  return answer.then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => wait(0, 0),
  );
}
