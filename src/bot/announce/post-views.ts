import { DateTime } from 'luxon';
import type { Announced, TellableChange } from '../../domain/announcements/announced-service.js';
import { areOtherHours, type Event, type EventPlace } from '../../domain/events/event.js';
import type { EventHost } from '../../domain/events/listed-event.js';
import { orgButton, publicEventCard } from '../events/event-card.js';
import { placeWords } from '../events/event-labels.js';
import { whenWords } from '../events/event-times.js';
import { showEvent, upcomingPage } from '../events/events-actions.js';
import { countWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, type RichText, rich } from '../text.js';
import { button, buttons, type ListItem, list, message, note, type View } from '../views.js';

/** Who goes is not told in a post: it would be out of date at the next tap. */
const UNTOLD = { going: 0, interested: 0 } as const;

/** An event's own post. What is not for everybody any more is not named. */
export function cardView({ event, org }: Announced): View {
  if (event.state === 'withdrawn' || event.visibility !== 'public') {
    return message('The event that was announced here is no longer public.', buttons(orgButton(org)));
  }
  return publicEventCard(event, org, UNTOLD);
}

/** How many events a summary names; with their buttons that is what fits into one message everywhere. */
const MOST_LISTED = 10;

/** One post about many new events. */
export function summaryView({ org, events }: { org: EventHost; events: readonly Event[] }): View {
  const more = events.length - MOST_LISTED;
  return {
    title: rich`${countWords(events.length, 'new event')} by ${org.name}`,
    blocks: [
      list(events.slice(0, MOST_LISTED).map(summaryItem)),
      ...(more > 0 ? [note(`… and ${countWords(more, 'more event', 'more events')}.`)] : []),
      buttons(button('All upcoming events', upcomingPage.with({ org: org.id, page: 0 })), orgButton(org)),
    ],
  };
}

function summaryItem(event: Event): ListItem {
  const { id, title, place, state } = event;
  const facts = rich`${whenWords(event)} · ${placeWords(place)}`;
  return {
    title,
    lines: state === 'on' ? [facts] : [rich`${bold('Cancelled.')} ${facts}`],
    button: button('Show', showEvent.with({ event: id })),
  };
}

/** What changed, beneath the post; nothing when all of it was taken back meanwhile. */
export function noticeView(changes: readonly TellableChange[], more: number): View | undefined {
  const items = changes.flatMap((change) => {
    const lines = changeLines(change);
    return lines.length > 0 ? [{ change, lines }] : [];
  });
  if (items.length === 0) return undefined;
  return {
    tone: items.every(({ change }) => change.what.includes('cancelled')) ? 'bad' : 'careful',
    blocks: [
      list(
        items.map(({ change: { event }, lines }) => ({
          title: event.title,
          lines,
          button: button('Show', showEvent.with({ event: event.id })),
        })),
      ),
      ...(more > 0 ? [note(`${countWords(more, 'more event')} changed, too.`)] : []),
    ],
  };
}

/** Each line tells what it was told to be, and what it is now. */
function changeLines({ event, what, was }: TellableChange): RichText[] {
  if (what.includes('cancelled')) return [rich`${bold('Cancelled.')} It was to be on ${whenWords(event)}.`];
  const before = { ...was, startsAt: instant(was.startsAt), endsAt: was.endsAt ? instant(was.endsAt) : undefined };
  const [placeBefore, placeNow] = [placeWords(placeOf(was)), placeWords(event.place)];
  const lines: [boolean, RichText][] = [
    [what.includes('back'), rich`It takes place after all: ${whenWords(event)}.`],
    [areOtherHours(before, event), rich`${bold('Moved:')} was ${whenWords(before)}, now ${whenWords(event)}.`],
    [was.title !== event.title, rich`${bold('Renamed:')} was “${short(was.title, 100)}”.`],
    [
      what.includes('relocated') && placeBefore !== placeNow,
      rich`${bold('New place:')} was ${short(placeBefore, 100)}, now ${short(placeNow, 100)}.`,
    ],
  ];
  return lines.flatMap(([isSo, line]) => (isSo ? [line] : []));
}

function placeOf({ place: { kind, name, city } }: TellableChange['was']): EventPlace {
  return kind === 'offline' ? { kind, name, city, at: undefined } : { kind };
}

const instant = (text: string): DateTime => DateTime.fromISO(text, { zone: 'utc' });
