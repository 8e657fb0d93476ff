import { type Event, typeOf } from '../../domain/events/event.js';
import type { EventHost, ResponseCounts } from '../../domain/events/listed-event.js';
import { RESPONSES, type ResponseValue } from '../../domain/events/response.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { short } from '../short-text.js';
import { bold, joined, type RichText, rich } from '../text.js';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Field,
  fields,
  linkButton,
  paragraph,
  type View,
} from '../views.js';
import { countsWords, EVENT_TYPE_LABELS, placeWords, RESPONSE_LABELS } from './event-labels.js';
import { ANYBODY, localWhenWords, type TimeReader, whenWords } from './event-times.js';
import { respondTo } from './events-actions.js';

const MOST_DESCRIPTION = 400;
/** Fits a button on every platform. */
const MOST_ORG_NAME = 34;

/**
 * An event for everybody in a channel: nothing in it is about any one reader. Its link is lu.ma's own; whoever taps
 * Going or Interested gets their personal one, in an answer for them alone.
 */
export function publicEventCard(event: Event, org: EventHost, counts: ResponseCounts): View {
  const isOn = event.state === 'on';
  const link = event.url === undefined ? [] : [linkButton('View on lu.ma', event.url)];
  const first = [...(isOn ? responseButtons(event) : []), ...link];
  return {
    title: event.title,
    ...(isOn ? {} : { tone: 'careful' as const }),
    blocks: [
      ...(isOn ? [] : [cancelledWords()]),
      ...eventFacts(event, org, counts, ANYBODY),
      ...(first.length > 0 ? [buttons(...first)] : []),
      buttons(orgButton(org)),
    ],
  };
}

export const cancelledWords = (): Block => paragraph(rich`${bold('Cancelled.')} It does not take place.`);

/** What an event is, when, where and for whom, as its card tells it; then the beginning of its description. */
export function eventFacts(event: Event, org: EventHost, counts: ResponseCounts, reader: TimeReader): Block[] {
  const said = countsWords(counts);
  const there = localWhenWords(event, reader);
  const told: Field[] = [
    { label: 'When', value: whenWords(event) },
    ...(there === undefined ? [] : [{ label: 'Local time', value: there }]),
    { label: 'Where', value: placeWords(event.place) },
    { label: 'Type', value: EVENT_TYPE_LABELS[typeOf(event)] },
    { label: 'By', value: org.name },
    ...(said === '' ? [] : [{ label: 'Who', value: said }]),
  ];
  const description = short(event.description, MOST_DESCRIPTION);
  return [fields(...told), ...(description === '' ? [] : [paragraph(description)])];
}

/** The same in one line: "Thursday, 5 March 2026 18:30 – 20:30 · 19:30–21:30 in Madrid". */
export function whenAndThere(event: Event, reader: TimeReader): RichText {
  const there = localWhenWords(event, reader);
  return joined([whenWords(event), ...(there === undefined ? [] : [there])], ' · ');
}

/** Going, Interested, Not going, but for what was said already; `own` on cards that are one member's alone. */
export function responseButtons(
  { id }: Pick<Event, 'id'>,
  { own = false, said }: { own?: boolean; said?: ResponseValue | undefined } = {},
): Button[] {
  return RESPONSES.filter((response) => response !== said).map((response) => {
    const tap = respondTo.with({ event: id, response, ...(own ? { own: true } : {}) });
    return button(RESPONSE_LABELS[response], tap, response === 'going' ? 'primary' : undefined);
  });
}

export const orgButton = ({ id, name }: EventHost): Button =>
  button(short(name, MOST_ORG_NAME), showOrg.with({ org: id }));
