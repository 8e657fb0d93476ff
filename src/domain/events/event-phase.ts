import type { DateTime } from 'luxon';
import { type Event, endOf } from './event.js';

/** Where an event stands at a moment. A withdrawn one is as good as cancelled to whoever still has its card. */
export type EventPhase = 'ahead' | 'now' | 'over' | 'cancelled';

export function phaseOf(event: Pick<Event, 'startsAt' | 'endsAt' | 'state'>, now: DateTime): EventPhase {
  if (event.state !== 'on') return 'cancelled';
  if (now < event.startsAt) return 'ahead';
  return now < endOf(event) ? 'now' : 'over';
}
