import { ackedInTime, showError, takeActionAck, takeSubmissionAck, takeSuggestionAck } from './acks.js';
import type { Envelope } from './envelopes.js';
import { asString, type Dict } from './json.js';
import {
  type Actor,
  actionPayload,
  closedPayload,
  messageState,
  type Place,
  submissionPayload,
  suggestionPayload,
} from './payloads.js';
import type { SeenElement } from './readable.js';
import type { Occasion, Surface } from './sights.js';
import type { Stage } from './stage.js';
import { Watch } from './watch.js';
import type { ViewRecord } from './world.js';

/** What appeared, and how far was looked. */
export interface Outlook {
  surfaces: Surface[];
  position: number;
  occasion: Occasion;
}

export interface Doing {
  what: string;
  take: (payload: Dict) => void;
  mayBeNothing?: boolean;
  ms?: number;
}

/** What one person does with the app through Slack's own surfaces. */
export class Hands {
  readonly stage: Stage;
  readonly actor: Actor;
  /** What was chosen in messages, by message. */
  readonly #inMessages = new Map<string, Map<string, Dict>>();
  readonly #loaded = new Map<string, Dict[]>();

  constructor(stage: Stage, actor: Actor) {
    this.stage = stage;
    this.actor = actor;
  }

  /** Sends it and waits for what the person sees of it. */
  async act(occasion: Occasion, envelope: Envelope, doing: Doing): Promise<Outlook> {
    const watch = new Watch(this.stage, occasion, this.#dmId());
    const outcome = await this.stage.carrier.send(envelope).outcome;
    const payload = ackedInTime(this.stage, occasion, outcome);
    if (payload) doing.take(payload);
    return this.#look(watch, occasion, doing);
  }

  /** Waits for what comes after what was seen. */
  async waitForMore({ occasion, position }: Outlook, what: string): Promise<Outlook> {
    const watch = new Watch(this.stage, occasion, this.#dmId(), position);
    return this.#look(watch, occasion, { what: `${what}, then waited`, take: () => {} });
  }

  async #look(watch: Watch, occasion: Occasion, { what, mayBeNothing = false, ms }: Doing): Promise<Outlook> {
    const patience = { ms: ms ?? this.stage.settings.patienceMs, mayBeNothing, what };
    const surfaces = await watch.settled(patience);
    return { surfaces, position: watch.position, occasion };
  }

  #dmId(): string {
    return this.stage.world.dmWith(this.actor.user).id;
  }

  /** A press or a choice in a message, a modal or the Home tab. */
  async actOn(found: SeenElement, value: Dict, doing: Omit<Doing, 'take'>): Promise<Outlook> {
    const { element, block, place } = found;
    const occasion = this.#occasionAt(place);
    const { type, action_id } = element;
    const action = { type, action_id, block_id: block.block_id, action_ts: this.stage.world.nextTs(), ...value };
    const state = 'message' in place ? messageState(place.message, this.typedIn(place)) : {};
    const payload = actionPayload(this.stage, this.actor, place, occasion, { action, state });
    const take = (ack: Dict) => takeActionAck(this.stage, ack);
    return this.act(occasion, { type: 'interactive', payload }, { ...doing, take });
  }

  #occasionAt(place: Place): Occasion {
    const base = { userId: this.actor.user.id, teamId: this.actor.team.id };
    if ('message' in place) {
      return { ...base, from: 'message', channelId: place.message.channelId, messageTs: place.message.ts };
    }
    const { kind, channelId, openedBy } = place.view;
    return { ...base, from: kind, ...(channelId ? { channelId } : {}), ...(openedBy ? { after: openedBy } : {}) };
  }

  /** What the person put in so far, by block and action. */
  typedIn(place: Place): Map<string, Dict> {
    if ('view' in place) return place.view.typed;
    const key = `${place.message.channelId}/${place.message.ts}`;
    const typed = this.#inMessages.get(key) ?? new Map<string, Dict>();
    this.#inMessages.set(key, typed);
    return typed;
  }

  /** Types into a select whose options the app loads. Too little text loads nothing. */
  async loadOptions({ place, block, element }: SeenElement, text: string): Promise<Dict[]> {
    if (text.length < Number(element.min_query_length ?? 3)) return [];
    const named = { ...element, block_id: block.block_id };
    const payload = suggestionPayload(this.stage, this.actor, place, named, text);
    const outcome = await this.stage.carrier.send({ type: 'interactive', payload }).outcome;
    const ack = ackedInTime(this.stage, this.#occasionAt(place), outcome);
    const options = ack ? takeSuggestionAck(this.stage, ack) : [];
    this.#loaded.set(loadedKey(block, element), options);
    return options;
  }

  /** The options the person saw last in that select. */
  loadedOptions({ block, element }: SeenElement): Dict[] {
    return this.#loaded.get(loadedKey(block, element)) ?? [];
  }

  /** Submits a modal. Gives the errors under its inputs, if the app sent any. */
  async submit(view: ViewRecord): Promise<{ outlook: Outlook; errors: Record<string, string> }> {
    const occasion = this.#occasionAt({ view });
    let errors: Record<string, string> = {};
    const doing: Doing = {
      what: `${this.actor.user.name} submitted a modal`,
      mayBeNothing: true,
      ms: this.stage.settings.afterCloseMs,
      take: (payload) => {
        const submitted = takeSubmissionAck(this.stage, occasion, view, payload);
        if (submitted.kind !== 'errors') return;
        errors = submitted.errors;
        this.stage.sights.show({ surface: { kind: 'modal', view }, userId: view.userId, occasion });
      },
    };
    const payload = submissionPayload(this.stage, this.actor, view, occasion);
    const outlook = await this.act(occasion, { type: 'interactive', payload }, doing);
    return { outlook, errors };
  }

  /** Cancels the modal, or all of them with the X. The app hears of it when it asked to. */
  async close(view: ViewRecord, isCleared: boolean): Promise<void> {
    const closing = isCleared ? this.stage.world.stackOf(view.userId) : [view];
    for (const one of closing) {
      one.isOpen = false;
      if (one.content.notify_on_close !== true) continue;
      const payload = closedPayload(this.stage, this.actor, one, isCleared);
      const { kind } = await this.stage.carrier.send({ type: 'interactive', payload }).outcome;
      if (kind === 'timeout') showError(this.stage, this.#occasionAt({ view: one }), 'operation_timeout');
    }
  }
}

function loadedKey(block: Dict, element: Dict): string {
  return `${asString(block.block_id)}/${asString(element.action_id)}`;
}
