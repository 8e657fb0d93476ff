import { html } from 'hono/html';
import { EVENT_TYPE_LABELS } from '../../bot/events/event-labels.js';
import { countWords } from '../../bot/numbers.js';
import { type Event, type EventPlace, typeOf } from '../../domain/events/event.js';
import type { LumaCalendar, OrgPageWithEvents } from '../../domain/orgs/org-page-service.js';
import { eventData } from './event-data.js';
import { pageOf } from './event-link.js';
import { machineTime, monthText, whenText, zoneText } from './event-times.js';
import type { Markup } from './layout.js';
import { pageScript } from './page-script.js';
import { subscribeSection } from './subscribe-section.js';

/** The name of the frame that lu.ma's calendar is loaded into, once somebody asks for it. */
const FRAME = 'luma';

/** An org's events: what is on, the calendar to subscribe to, lu.ma's own view, and what was. */
export function eventSection(found: OrgPageWithEvents, pageUrl: string | undefined): Markup {
  const { org, calendars } = found;
  const [upcoming, past] = [found.upcoming, found.past].map((rows) => rows.map(({ event }) => event));
  return html`<h2>Upcoming events</h2>
${upcoming?.length ? byMonth(upcoming) : html`<p>Nothing is planned right now. Add the calendar below to yours, and the next event comes to you.</p>`}
${more(found)}
${subscribeSection(org, pageUrl)}
${calendars.length > 0 ? lumaFrame(calendars) : ''}
${past?.length ? html`<details><summary>Past events</summary><ul class="events">${past.map((event) => eventItem(event, 'year'))}</ul></details>` : ''}
${upcoming?.length && org.isListed ? eventData(upcoming, org) : ''}
${upcoming?.length || calendars.length > 0 ? pageScript() : ''}`;
}

function byMonth(events: readonly Event[]): Markup {
  const months = [...new Set(events.map(monthText))];
  const ofMonth = (month: string) => events.filter((event) => monthText(event) === month);
  return html`${months.map(
    (month) => html`<h3 class="month">${month}</h3>
<ul class="events">${ofMonth(month).map((event) => eventItem(event, 'month'))}</ul>`,
  )}`;
}

function more({ upcoming, upcomingTotal }: OrgPageWithEvents): Markup | '' {
  const left = upcomingTotal - upcoming.length;
  return left > 0
    ? html`<p class="hint">And ${countWords(left, 'more event')} later, all of them in the calendar.</p>`
    : '';
}

/** lu.ma learns of a visitor only when they ask for its calendar: until then the frame is empty. */
function lumaFrame(calendars: readonly LumaCalendar[]): Markup {
  const what = ({ name }: LumaCalendar) => (calendars.length > 1 ? html`“<bdi>${name}</bdi>”` : 'it');
  const links = calendars.map(
    (calendar) =>
      html`<a class="button quiet" target="${FRAME}" rel="noreferrer" href="https://luma.com/embed/calendar/${encodeURIComponent(calendar.id)}/events">Load ${what(calendar)} from luma.com</a>`,
  );
  return html`<details><summary>See the calendar as lu.ma shows it</summary>
<p>It comes from luma.com, which then sees that you looked.</p>
<p>${links}</p>
<iframe name="${FRAME}" title="The org’s calendar on lu.ma" referrerpolicy="no-referrer" allow="fullscreen; payment"></iframe>
</details>`;
}

function eventItem(event: Event, style: 'year' | 'month'): Markup {
  const isCancelled = event.state === 'cancelled';
  const title = html`<bdi>${event.title}</bdi>`;
  const url = pageOf(event);
  const linked = url === undefined ? title : html`<a href="${url}" rel="noopener nofollow">${title}</a>`;
  const facts = [...typeFacts(event), placeText(event.place)].filter((part) => part !== '').join(' · ');
  return html`<li${isCancelled ? html` class="off"` : ''}>
<p class="when"><time datetime="${machineTime(event)}">${whenText(event, style)}</time>${event.isAllDay ? '' : html` ${zoneOf(event, style)}`}</p>
<h4>${isCancelled ? html`<s>${linked}</s> <strong>Cancelled</strong>` : linked}</h4>
${facts === '' ? '' : html`<p class="where" dir="auto">${facts}</p>`}
</li>`;
}

/** Behind those that are ahead the script says what the visitor's own clock will show. */
function zoneOf(event: Event, style: 'year' | 'month'): Markup {
  const told = style === 'month' ? html` data-at="${machineTime(event)}" data-zone="${event.zone}"` : '';
  return html`<span class="zone"${told}>${zoneText(event)}</span>`;
}

function typeFacts(event: Event): string[] {
  const type = typeOf(event);
  return type === 'other' ? [] : [EVENT_TYPE_LABELS[type]];
}

function placeText(place: EventPlace): string {
  if (place.kind === 'online') return 'Online';
  return place.kind === 'offline' ? (place.name ?? place.city ?? '') : '';
}
