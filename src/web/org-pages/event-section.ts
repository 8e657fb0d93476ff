import { html } from 'hono/html';
import type { DateTime } from 'luxon';
import { EVENT_TYPE_LABELS } from '../../bot/events/event-labels.js';
import { type Event, type EventPlace, typeOf } from '../../domain/events/event.js';
import type { EventRow } from '../../domain/events/event-listing-repository.js';
import type { OrgPageWithEvents } from '../../domain/orgs/org-page-service.js';
import type { Markup } from './layout.js';

/** The name of the frame that lu.ma's calendar is loaded into, once somebody asks for it. */
const FRAME = 'luma';

/** An org's events: what is on, the calendar to subscribe to, lu.ma's own view, and what was. */
export function eventSection(found: OrgPageWithEvents): Markup {
  const { org, upcoming, past, calendarIds } = found;
  return html`<h2>Upcoming events</h2>
${upcoming.length > 0 ? html`<ul class="events">${upcoming.map(eventItem)}</ul>` : html`<p>Nothing is planned right now. Subscribe to the calendar, and the next event comes to you.</p>`}
<p><a class="button quiet" href="${org.slug}/events.ics">Add to your calendar</a></p>
<p class="hint">Or paste this page’s address with <code>/events.ics</code> behind it where your calendar takes one “from URL”; changes come by themselves.</p>
${calendarIds.length > 0 ? lumaFrame(calendarIds) : ''}
${past.length > 0 ? html`<details><summary>Past events</summary><ul class="events">${past.map(eventItem)}</ul></details>` : ''}`;
}

/** lu.ma learns of a visitor only when they ask for its calendar: until then the frame is empty. */
function lumaFrame(calendarIds: readonly string[]): Markup {
  const links = calendarIds.map(
    (id) =>
      html`<a class="button quiet" target="${FRAME}" rel="noreferrer" href="https://luma.com/embed/calendar/${encodeURIComponent(id)}/events">Load it from luma.com</a>`,
  );
  return html`<details><summary>See the calendar as lu.ma shows it</summary>
<p>It comes from luma.com, which then sees that you looked.</p>
<p>${links}</p>
<iframe name="${FRAME}" title="The org’s calendar on lu.ma" referrerpolicy="no-referrer" sandbox="allow-scripts allow-same-origin allow-forms allow-popups"></iframe>
</details>`;
}

function eventItem({ event }: EventRow): Markup {
  const isCancelled = event.state === 'cancelled';
  const title = html`<bdi>${event.title}</bdi>`;
  const url = pageOf(event);
  const linked = url === undefined ? title : html`<a href="${url}" rel="noopener nofollow">${title}</a>`;
  const facts = [EVENT_TYPE_LABELS[typeOf(event)], placeText(event.place)].filter((part) => part !== '').join(' · ');
  return html`<li${isCancelled ? html` class="off"` : ''}>
<p class="when"><time datetime="${event.startsAt.toUTC().toISO({ suppressMilliseconds: true }) ?? ''}">${whenText(event)}</time></p>
<h3>${isCancelled ? html`<s>${linked}</s> <strong>Cancelled</strong>` : linked}</h3>
<p class="where" dir="auto">${facts}</p>
</li>`;
}

function placeText(place: EventPlace): string {
  if (place.kind === 'online') return 'Online';
  return place.kind === 'offline' ? (place.name ?? place.city ?? '') : '';
}

function pageOf({ url }: Event): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return new URL(url).protocol === 'https:' ? url : undefined;
}

/** When it is by the clocks where it is, as nobody told us where the reader is: "Thu 5 March 2026, 18:30–20:30 (UTC+1)". */
export function whenText(event: Pick<Event, 'startsAt' | 'endsAt' | 'zone' | 'isAllDay'>): string {
  const start = inZone(event.startsAt, event.zone);
  const end = event.endsAt && event.endsAt > event.startsAt ? inZone(event.endsAt, event.zone) : undefined;
  if (event.isAllDay) {
    const last = end?.minus({ milliseconds: 1 });
    return last && !last.hasSame(start, 'day') ? `${day(start)} – ${day(last)}` : day(start);
  }
  const zone = `(${zoneText(start)})`;
  if (!end) return `${day(start)}, ${hour(start)} ${zone}`;
  const isLong = end.diff(start, 'hours').hours > LONGEST_EVENING_HOURS;
  const until = isLong ? ` – ${day(end)}, ${hour(end)}` : `–${hour(end)}`;
  return `${day(start)}, ${hour(start)}${until} ${zone}`;
}

/** A party until the morning is still one evening. */
const LONGEST_EVENING_HOURS = 16;

function inZone(at: DateTime, zone: string): DateTime {
  const there = at.setZone(zone);
  return there.isValid ? there : at.toUTC();
}

const day = (at: DateTime): string => at.toFormat('ccc d LLLL yyyy');
const hour = (at: DateTime): string => at.toFormat('HH:mm');

/** "Lisbon time, UTC+1"; the offset alone for a zone that bears no city's name. */
function zoneText(at: DateTime): string {
  const [area, ...rest] = (at.zoneName ?? '').split('/');
  const offset = at.offset === 0 ? 'UTC' : `UTC${at.toFormat('Z').replace(':00', '')}`;
  const city = area === 'Etc' ? undefined : rest.at(-1)?.replaceAll('_', ' ');
  return city === undefined ? offset : `${city} time, ${offset}`;
}
