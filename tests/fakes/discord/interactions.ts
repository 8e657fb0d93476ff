import { randomBytes } from 'node:crypto';
import type { Gateway } from './gateway.js';
import type { Json } from './json.js';
import type { StoredMessage, World } from './world.js';

/** What a person sees after an interaction: a message, a form, suggestions, or nothing because it was deleted. */
export type Outcome =
  | { kind: 'message'; message: StoredMessage }
  | { kind: 'modal'; modal: Json }
  | { kind: 'choices'; choices: { name: string; value: string | number }[] }
  | { kind: 'deleted' };

/** What differs between interactions; the rest of the payload is added when it is sent. */
export interface InteractionDraft {
  /** 2 command, 3 component, 4 autocomplete, 5 form. */
  type: number;
  userId: string;
  channelId: string;
  guildId?: string | undefined;
  /** The message a component stands on, or from which a form was opened. */
  sourceMessageId?: string | undefined;
  /** The fields of INTERACTION_CREATE besides id, token, type and application. */
  payload: Json;
}

/** One interaction from the moment it is sent. Times are of the high-resolution clock, in milliseconds. */
export interface Interaction extends InteractionDraft {
  id: string;
  token: string;
  sentAt: number;
  callbackAt?: number;
  callbackType?: number;
  /** The message behind `@original`. */
  originalId?: string;
  isDeferred: boolean;
  isExpired: boolean;
  followUpIds: string[];
  /** Why callbacks were refused, for the message a test sees when nothing else came. */
  refusals: string[];
  /** Resolves with the first callback; rejects when the person is told that the application did not respond. */
  answered: Promise<void>;
  /** Resolves once the person sees the result: a deferral counts only when it is followed up. */
  settled: Promise<Outcome>;
  markAnswered(at: number): void;
  settle(outcome: Outcome): void;
}

/** What a person gets to see when no callback came in time. */
export class NotRespondedError extends Error {
  override readonly name = 'NotRespondedError';
}

interface InteractionsOptions {
  world: World;
  gateway: Gateway;
  /** How long a first callback may take: 3 s on the real platform. */
  ackDeadlineMs: number;
  /** How long tests wait for a deferral to be followed up. */
  settleTimeoutMs: number;
  onCallback: (interaction: Interaction) => void;
}

/** Sends interactions and knows where each one stands. */
export function createInteractions({
  world,
  gateway,
  ackDeadlineMs,
  settleTimeoutMs,
  onCallback,
}: InteractionsOptions) {
  const byToken = new Map<string, Interaction>();
  let deliveries = 1;
  let last: Interaction | undefined;

  function send(draft: InteractionDraft): Interaction {
    const interaction = track(draft);
    byToken.set(interaction.token, interaction);
    last = interaction;
    interaction.sentAt = performance.now();
    for (let delivery = 0; delivery < deliveries; delivery += 1) deliver(interaction);
    return interaction;
  }

  function deliver({ id, token, type, payload }: Interaction): void {
    gateway.dispatch('INTERACTION_CREATE', {
      ...payload,
      id,
      token,
      type,
      version: 1,
      application_id: world.applicationId,
    });
  }

  function track(draft: InteractionDraft): Interaction {
    const answered = deferred<void>();
    const settled = deferred<Outcome>();
    const interaction: Interaction = {
      ...draft,
      id: world.nextId(),
      token: randomBytes(48).toString('base64url'),
      sentAt: 0,
      isDeferred: false,
      isExpired: false,
      followUpIds: [],
      refusals: [],
      answered: answered.promise,
      settled: settled.promise,
      markAnswered(at) {
        interaction.callbackAt = at;
        clearTimeout(timer);
        timer = setTimeout(
          () => settled.reject(new Error(describeUnsettled(interaction, settleTimeoutMs))),
          settleTimeoutMs,
        );
        answered.resolve();
        onCallback(interaction);
      },
      settle(outcome) {
        clearTimeout(timer);
        settled.resolve(outcome);
      },
    };
    let timer = setTimeout(() => {
      const error = new NotRespondedError(describeSilence(interaction));
      answered.reject(error);
      settled.reject(error);
    }, ackDeadlineMs);
    // Whoever does not wait for the outcome has not asked to hear of it.
    answered.promise.catch(() => undefined);
    settled.promise.catch(() => undefined);
    return interaction;
  }

  return {
    send,
    find: (token: string) => byToken.get(token),
    isTooLate: ({ sentAt }: Interaction, at: number) => at - sentAt > ackDeadlineMs,

    /** Sends the latest interaction once more, as Discord may. */
    replayLast(): void {
      if (!last) throw new Error('No interaction has been sent yet');
      deliver(last);
    },

    /** From now on each interaction is delivered this many times. */
    deliverTimes(times: number): void {
      deliveries = times;
    },

    /** Ends the life of every token given out so far, as 15 minutes do. */
    expireAll(): void {
      for (const interaction of byToken.values()) interaction.isExpired = true;
    },
  };
}

export type Interactions = ReturnType<typeof createInteractions>;

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function describeSilence({ refusals }: Interaction): string {
  const refused = refusals.length > 0 ? ` (its answers were refused: ${refusals.join('; ')})` : '';
  return `The application did not respond${refused}`;
}

function describeUnsettled({ callbackType, refusals }: Interaction, timeoutMs: number): string {
  const refused = refusals.length > 0 ? `; refused: ${refusals.join('; ')}` : '';
  return `The interaction was deferred (callback type ${callbackType}) but in ${timeoutMs} ms neither @original was edited or deleted nor a follow-up sent${refused}`;
}
