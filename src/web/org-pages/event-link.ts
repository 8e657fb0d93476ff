import type { Event } from '../../domain/events/event.js';

/** The event's own page elsewhere, if it has one that is fit to lead people to. */
export function pageOf({ url }: Pick<Event, 'url'>): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return new URL(url).protocol === 'https:' ? url : undefined;
}
