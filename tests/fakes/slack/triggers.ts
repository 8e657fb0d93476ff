import type { Occasion } from './sights.js';
import { SlackError } from './slack-error.js';

interface Trigger {
  occasion: Occasion;
  issuedAt: number;
  isUsed: boolean;
  viewId?: string;
}

/** Trigger ids: each opens one modal for one person, within three seconds. */
export class Triggers {
  readonly #triggers = new Map<string, Trigger>();
  readonly #now: () => number;
  readonly #lifetimeMs: number;
  #count = 0;

  constructor(now: () => number, lifetimeMs: number) {
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
  }

  /** @param viewId the modal the person acted in; only then can another be pushed on top. */
  issue(occasion: Occasion, viewId?: string): string {
    this.#count += 1;
    const id = `${this.#count}.${this.#now()}.fake`;
    this.#triggers.set(id, { occasion, issuedAt: this.#now(), isUsed: false, ...(viewId ? { viewId } : {}) });
    return id;
  }

  /** @throws SlackError `invalid_trigger_id`, `expired_trigger_id` or `exchanged_trigger_id`. */
  use(id: string): { occasion: Occasion; viewId?: string } {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (this.#now() - trigger.issuedAt > this.#lifetimeMs) throw new SlackError('expired_trigger_id');
    if (trigger.isUsed) throw new SlackError('exchanged_trigger_id');
    trigger.isUsed = true;
    return trigger;
  }
}
