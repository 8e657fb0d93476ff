import type { EventRow } from '../../domain/events/event-listing-repository.js';
import type { EventsService } from '../../domain/events/events-service.js';
import { type Actor, rightsOf } from '../actor.js';
import { type Choice, lookupOption, type Option, type Suggest } from '../options.js';
import { short } from '../short-text.js';
import { shortWhen, timeReaderOf } from './event-times.js';

const MOST_SUGGESTIONS = 25;
/** So that day and org fit beside it into the 100 characters of the narrowest platform. */
const MOST_TITLE = 50;
const MOST_ORG_NAME = 25;

/** An event by its title, which is offered while one types; what is sent is our id, or whatever was typed. */
export function eventOption(events: Pick<EventsService, 'suggest'>, description: string): Option<string, false> {
  const suggest: Suggest = async (actor, text) => {
    return eventChoices(await events.suggest(text, rightsOf(actor), MOST_SUGGESTIONS), actor);
  };
  return lookupOption(description, suggest, { most: 200, example: 'reading group' });
}

/** Events to pick from while one types: "Reading group · Thu 5 Mar, 18:30 · BAISH". */
export function eventChoices(found: readonly Pick<EventRow, 'event' | 'org'>[], actor: Actor): Choice[] {
  return found.map(({ event, org }) => {
    const about = [
      short(event.title, MOST_TITLE),
      shortWhen(event, timeReaderOf(actor)),
      short(org.name, MOST_ORG_NAME),
    ];
    return { value: event.id, label: about.join(' · ') };
  });
}
