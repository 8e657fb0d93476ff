import type { EventPlace, EventType } from '../../domain/events/event.js';
import type { ResponseCounts } from '../../domain/events/listed-event.js';
import type { ResponseValue } from '../../domain/events/response.js';
import { numberWords } from '../numbers.js';

/** Event types as people read them. */
export const EVENT_TYPE_LABELS: Readonly<Record<EventType, string>> = {
  talk: 'Talk',
  workshop: 'Workshop',
  reading_group: 'Reading group',
  social: 'Social',
  coworking: 'Coworking',
  conference: 'Conference',
  course: 'Course',
  other: 'Other',
};

/** The labels of the three buttons (product.md section 12). */
export const RESPONSE_LABELS: Readonly<Record<ResponseValue, string>> = {
  going: 'Going',
  interested: 'Interested',
  not_going: 'Not going',
};

/** A member's own answer, told to them. */
export const OWN_RESPONSE_WORDS: Readonly<Record<ResponseValue, string>> = {
  going: 'You’re going',
  interested: 'You’re interested',
  not_going: 'You’re not going',
};

/** "12 going, 3 interested"; empty while nobody has said either. */
export function countsWords({ going, interested }: ResponseCounts): string {
  const parts = [
    ...(going > 0 ? [`${numberWords(going)} going`] : []),
    ...(interested > 0 ? [`${numberWords(interested)} interested`] : []),
  ];
  return parts.join(', ');
}

/** "Rua Augusta 1, Lisbon", "Online": no more than everybody may know. */
export function placeWords(place: EventPlace): string {
  if (place.kind === 'online') return 'Online';
  if (place.kind === 'unknown') return 'Place not told yet';
  return place.name ?? place.city ?? 'Place told to guests';
}
