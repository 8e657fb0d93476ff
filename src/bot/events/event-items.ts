import { typeOf } from '../../domain/events/event.js';
import type { ListedEvent } from '../../domain/events/listed-event.js';
import { bold, joined, type RichText, rich, time } from '../text.js';
import { button, type ListItem } from '../views.js';
import { countsWords, EVENT_TYPE_LABELS, OWN_RESPONSE_WORDS, placeWords } from './event-labels.js';
import { localWhenWords, type TimeReader, whenWords } from './event-times.js';
import { showEvent } from './events-actions.js';

const VISIBILITY_WORDS = { 'members-only': 'for members', private: 'private, seen by admins' } as const;

/** An event in a list: when, where and by whom; the reader's own answer and how many come; one button. */
export function eventItem(listed: ListedEvent, reader: TimeReader, { hasOrg }: { hasOrg: boolean }): ListItem {
  const { event, org, counts, phase, response } = listed;
  const type = typeOf(event);
  const about = [
    ...(type === 'other' ? [] : [EVENT_TYPE_LABELS[type]]),
    placeWords(event.place),
    ...(event.visibility === 'public' ? [] : [VISIBILITY_WORDS[event.visibility]]),
    ...(hasOrg ? [org.name] : []),
  ];
  const isOpen = phase === 'ahead' || phase === 'now';
  const own = response !== undefined && isOpen ? [rich`${bold(OWN_RESPONSE_WORDS[response])}`] : [];
  const many = countsWords(counts);
  const said = [...own, ...(many === '' ? [] : [many])];
  return {
    title: event.title,
    lines: [whenLine(listed, reader), about.join(' · '), ...(said.length > 0 ? [joined(said, ' · ')] : [])],
    button: button('Show', showEvent.with({ event: event.id })),
  };
}

/** "Now · Thursday, 5 March 2026 18:30 – 20:30 · 19:30–21:30 in Madrid". */
export function whenLine({ event, phase }: Pick<ListedEvent, 'event' | 'phase'>, reader: TimeReader): RichText {
  const state = phase === 'cancelled' ? [rich`${bold('Cancelled')}`] : phase === 'now' ? [rich`${bold('Now')}`] : [];
  const there = reader.zone === undefined ? undefined : localWhenWords(event, reader);
  return joined([...state, whenWords(event), ...(there === undefined ? [] : [there])], ' · ');
}

/** When it begins, for where there is room for little more: "Thursday, 5 March 2026 18:30", "cancelled". */
export function beginsWords({ event, phase }: Pick<ListedEvent, 'event' | 'phase'>): RichText {
  if (phase === 'cancelled') return rich`cancelled`;
  if (phase === 'now') return rich`now`;
  return event.isAllDay ? whenWords(event) : rich`${time(event.startsAt, 'moment')}`;
}
