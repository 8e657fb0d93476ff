import type { MessageRecord, ViewRecord } from './world.js';

/** One thing a person did, so that what appears can be traced back to it through its trigger id or response URL. */
export interface Occasion {
  userId: string;
  teamId: string;
  from: 'command' | 'message' | 'modal' | 'home' | 'event';
  channelId?: string;
  /** The message that was pressed, or the one its response URL last wrote. */
  messageTs?: string;
  /** For what is done in a modal: what that was opened in answer to. */
  after?: Occasion;
}

export type Surface =
  | { kind: 'message'; message: MessageRecord }
  | { kind: 'modal'; view: ViewRecord }
  | { kind: 'home'; view: ViewRecord }
  | { kind: 'error'; code: string; text: string };

/** Something that appeared on someone's screen. */
export interface Sight {
  surface: Surface;
  /** The only person who sees it; everybody in the channel without. */
  userId?: string;
  channelId?: string;
  /** Set when Slack itself knows what it answers. */
  occasion?: Occasion;
}

/** Everything that appeared on screens, in order. */
export class Sights {
  readonly all: Sight[] = [];

  show(sight: Sight): void {
    this.all.push(sight);
  }
}

/**
 * Whether someone would take what appeared for the answer to what they did. Slack's own link counts first; a message
 * posted without one counts when it is where they are, or in their conversation with the app.
 */
export function answers(sight: Sight, occasion: Occasion, dmId: string): boolean {
  if (sight.occasion) return isPartOf(sight.occasion, occasion);
  if (sight.userId !== undefined && sight.userId !== occasion.userId) return false;
  if (sight.surface.kind === 'home') return isOnHome(occasion);
  if (sight.surface.kind === 'modal') return true;
  return sight.channelId === dmId || sight.channelId === occasion.channelId;
}

/** The occasion itself, or one that led to the modal it happened in. */
function isPartOf(cause: Occasion, occasion: Occasion): boolean {
  return cause === occasion || (occasion.after !== undefined && isPartOf(cause, occasion.after));
}

/** In the Home tab, or in a modal that was opened outside of any conversation. */
function isOnHome({ from, channelId }: Occasion): boolean {
  return from === 'home' || (from === 'modal' && channelId === undefined);
}
