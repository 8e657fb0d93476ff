import { html } from 'hono/html';
import { subscribeLinks, webcalUrl } from '../../bot/calendar/subscribe-links.js';
import type { Org } from '../../domain/orgs/org.js';
import type { Markup } from './layout.js';

/** How to have an org's events in one's own calendar. `pageUrl` is that of its page, where the product knows it. */
export function subscribeSection({ name, slug }: Org, pageUrl: string | undefined): Markup {
  if (pageUrl === undefined) return nearbySection(slug);
  const url = `${pageUrl}/events.ics`;
  const links = subscribeLinks(url, name);
  return section(html`
<p><a class="button quiet" href="${webcalUrl(url)}">On this device</a>${
    links
      ? html`<a class="button quiet" href="${links.google}" rel="noopener noreferrer">Google Calendar</a><a class="button quiet" href="${links.outlook}" rel="noopener noreferrer">Outlook</a>`
      : ''
  }</p>
<p class="hint">Any other calendar takes this address, “from URL” or as a subscription:</p>
<code class="command">${url}</code>`);
}

/** The same while the product knows no address of its own: the browser knows the one it came by. */
function nearbySection(slug: string): Markup {
  return section(html`
<p><a class="button quiet" href="${slug}/events.ics">The calendar’s address</a></p>
<p class="hint">Copy it from that link and paste it where your calendar subscribes “from URL”.</p>`);
}

function section(ways: Markup): Markup {
  return html`<section class="subscribe"><h3>Add to your calendar</h3>
<p>New events, changes and cancellations come by themselves.</p>${ways}</section>`;
}
