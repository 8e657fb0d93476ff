import { type Event, endOf } from '../../domain/events/event.js';
import type { MirroredEvent } from '../../domain/notifications/mirrored-event.js';
import { placeWords } from '../events/event-labels.js';
import { short } from '../short-text.js';

/** Leaves room for the link, whatever a calendar's own limit is. */
const MOST_DESCRIPTION = 600;

/** An event as a platform's own calendar shows it: with lu.ma's own link, and an end even where none is told. */
export function mirroredEvent(event: Event): MirroredEvent {
  const { title, url, startsAt, endsAt, place } = event;
  const end = endOf({ startsAt, endsAt: endsAt && endsAt > startsAt ? endsAt : undefined });
  const description = shortLines(event.description);
  return {
    title,
    description: [description, ...(url === undefined ? [] : [url])].filter((part) => part !== '').join('\n\n'),
    startsAt,
    endsAt: end,
    place: place.kind === 'online' ? (url ?? placeWords(place)) : placeWords(place),
  };
}

function shortLines(text: string): string {
  const characters = [...text.trim()];
  return characters.length <= MOST_DESCRIPTION ? text.trim() : short(text, MOST_DESCRIPTION);
}
