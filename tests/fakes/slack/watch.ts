import { elementsOn, textOn } from './readable.js';
import { answers, type Occasion, type Sight, type Surface } from './sights.js';
import type { Stage } from './stage.js';

interface Patience {
  /** How long to wait for the first thing. */
  ms: number;
  /** Whether it is fine that nothing appears. */
  mayBeNothing: boolean;
  /** What the person did, for the error. */
  what: string;
}

const POLL_MS = 4;

/**
 * So many looks in a row have to find nothing new. Time alone is not enough: where the process was kept from running, the
 * app has not had its turn either.
 */
const QUIET_LOOKS = 6;

/** So many times longer an answer is waited for when what came so far may have come by itself. */
const ASIDE_PATIENCE = 40;

/** Someone waiting for what their action leads to. */
export class Watch {
  readonly #stage: Stage;
  readonly #occasion: Occasion;
  readonly #startedAt = performance.now();
  readonly #dmId: string;
  #from: number;
  #surfaces: Surface[] = [];
  /** What came into the conversation with the app by itself, while the person acted elsewhere. */
  readonly #asides = new Set<Surface>();
  #changedAt = 0;
  #quietLooks = 0;

  constructor(stage: Stage, occasion: Occasion, dmId: string, from = stage.sights.all.length) {
    this.#stage = stage;
    this.#occasion = occasion;
    this.#dmId = dmId;
    this.#from = from;
  }

  /** How far it has looked; a later watch goes on from there. */
  get position(): number {
    return this.#from;
  }

  /** Resolves when something appeared and no more comes. @throws Error saying what was missing. */
  async settled(patience: Patience): Promise<Surface[]> {
    const until = performance.now() + patience.ms;
    for (;;) {
      this.#look();
      if (this.#isFinal()) return this.#answer();
      if (performance.now() > until && this.#stage.inFlight === 0) break;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    if (this.#surfaces.length > 0 || patience.mayBeNothing) return this.#answer();
    throw new Error(this.#missing(patience));
  }

  #look(): void {
    const { all } = this.#stage.sights;
    this.#quietLooks = this.#stage.inFlight > 0 || this.#from < all.length ? 0 : this.#quietLooks + 1;
    for (; this.#from < all.length; this.#from += 1) {
      const sight = all[this.#from];
      if (!sight || !answers(sight, this.#occasion, this.#dmId)) continue;
      if (this.#isAside(sight)) this.#asides.add(sight.surface);
      this.#surfaces = [...this.#surfaces.filter((one) => !isSame(one, sight.surface)), sight.surface];
      this.#changedAt = performance.now();
    }
  }

  /** A message by itself, such as a welcome, is the answer only where there is no other. */
  #answer(): Surface[] {
    const direct = this.#surfaces.filter((surface) => !this.#asides.has(surface));
    return direct.length > 0 ? direct : this.#surfaces;
  }

  #isAside({ occasion, channelId }: Sight): boolean {
    return !occasion && channelId === this.#dmId && this.#occasion.channelId !== this.#dmId;
  }

  #isFinal(): boolean {
    if (this.#surfaces.length === 0 || this.#quietLooks < QUIET_LOOKS) return false;
    const { settleMs } = this.#stage.settings;
    const isOnlyAside = this.#surfaces.every((surface) => this.#asides.has(surface));
    if (performance.now() - this.#changedAt < settleMs * (isOnlyAside ? ASIDE_PATIENCE : 1)) return false;
    return !this.#surfaces.every(isInterim);
  }

  #missing({ what, ms }: Patience): string {
    const calls = this.#stage.requests.filter(({ at }) => at >= this.#startedAt);
    const made = calls.map(({ method, error, status }) => `${method} ${error ?? status ?? 'unanswered'}`).join(', ');
    return (
      `${what}: acknowledged, but nothing appeared within ${ms} ms. Expected a response_url post, a modal, a message ` +
      `or a published Home. Calls meanwhile: ${made || 'none'}. Violations: ${this.#stage.violations.join('; ') || 'none'}.`
    );
  }
}

function isSame(one: Surface, other: Surface): boolean {
  if (one.kind === 'message' && other.kind === 'message') return one.message === other.message;
  return (one.kind === 'modal' || one.kind === 'home') && one.kind === other.kind && one.view === other.view;
}

/** "Loading…" and the like announce that more is coming. */
function isInterim(surface: Surface): boolean {
  if (surface.kind === 'error') return false;
  return /(…|\.\.\.)$/.test(textOn(surface).trim()) && elementsOn(surface).length === 0;
}
