import type { Clock } from '../../shared/clock.js';
import { toInstantText } from '../../shared/clock.js';
import type { WireMessage } from './wire.js';

/** Where a message stands: in a channel that several people see, or in one person's conversation with Rollcall. */
export type Spot = { kind: 'channel'; server: string; channel: string } | { kind: 'direct'; person: string };

/** A message, before it is known who looks at it. */
export interface ChatMessage {
  id: number;
  spot: Spot;
  at: string;
  author: WireMessage['author'];
  /** The only person who sees it; everybody in the channel when absent. */
  onlyFor: string | undefined;
  command: WireMessage['command'];
  /** The message that this one answers. */
  answers?: number;
  body: WireMessage['body'];
}

export type ChatEvent =
  | { kind: 'message'; message: ChatMessage }
  | { kind: 'gone'; message: ChatMessage }
  | { kind: 'read'; person: string };

export type Chat = ReturnType<typeof createChat>;

/** Older messages than these are dropped: this is a place to try things, not an archive. */
const MOST_MESSAGES = 300;

/** Who wrote what where, and who has read how far; in memory, as long as the process runs. */
export function createChat({ clock }: { clock: Clock }) {
  const messages = new Map<string, ChatMessage[]>();
  const readUpTo = new Map<string, number>();
  const listeners = new Set<(event: ChatEvent) => void>();
  let lastId = 0;

  const tell = (event: ChatEvent) => {
    for (const listener of listeners) listener(event);
  };
  const listAt = (spot: Spot): ChatMessage[] => messages.get(spotKey(spot)) ?? [];
  const readKey = (person: string, spot: Spot) => JSON.stringify([person, spotKey(spot)]);

  return {
    /** Adds a message; it counts as read by the person who caused it. */
    post(draft: Omit<ChatMessage, 'id' | 'at'>): ChatMessage {
      lastId += 1;
      const message: ChatMessage = { ...draft, id: lastId, at: toInstantText(clock.now()) };
      messages.set(spotKey(draft.spot), [...listAt(draft.spot), message].slice(-MOST_MESSAGES));
      tell({ kind: 'message', message });
      return message;
    },

    /** Gives a message another body, in its place. */
    change(message: ChatMessage, body: ChatMessage['body']): ChatMessage {
      const changed = { ...message, body };
      const list = listAt(message.spot).map((one) => (one.id === message.id ? changed : one));
      messages.set(spotKey(message.spot), list);
      tell({ kind: 'message', message: changed });
      return changed;
    },

    /** Takes a message away. */
    remove(message: ChatMessage): void {
      const list = listAt(message.spot).filter(({ id }) => id !== message.id);
      messages.set(spotKey(message.spot), list);
      tell({ kind: 'gone', message });
    },

    /** A message that stands there, whoever sees it. */
    find: (spot: Spot, id: number): ChatMessage | undefined => listAt(spot).find((one) => one.id === id),

    /** What this person sees there, the oldest first. */
    list: (spot: Spot, person: string): ChatMessage[] => listAt(spot).filter((one) => isSeenBy(one, person)),

    /** Notes that the person has seen all there is. */
    markRead(spot: Spot, person: string): void {
      readUpTo.set(readKey(person, spot), lastId);
      tell({ kind: 'read', person });
    },

    /** How many messages of others the person has not seen there. */
    countUnread(spot: Spot, person: string): number {
      const readTo = readUpTo.get(readKey(person, spot)) ?? 0;
      return listAt(spot).filter((one) => one.id > readTo && isSeenBy(one, person) && !isBy(one, person)).length;
    },

    /** Calls back on every change; gives the way to end it. */
    listen(listener: (event: ChatEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Whether a person may see a message, given that they may see the place it stands in. */
export function isSeenBy({ onlyFor }: ChatMessage, person: string): boolean {
  return onlyFor === undefined || onlyFor === person;
}

function isBy({ author }: ChatMessage, person: string): boolean {
  return author.kind === 'person' && author.key === person;
}

export function spotKey(spot: Spot): string {
  return spot.kind === 'direct' ? `dm ${spot.person}` : `${spot.server}/${spot.channel}`;
}
