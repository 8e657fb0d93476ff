import { html, raw } from 'hono/html';
import { hashOf, type Markup } from './layout.js';

/**
 * The one script of our pages; they say everything without it. It writes behind each zone what the visitor's own clock
 * will show, where that is something else, and keeps the empty frame for lu.ma out of sight until it is asked for.
 */
const SCRIPT = `
for (const zone of document.querySelectorAll('[data-zone]')) {
  try {
    const at = new Date(zone.dataset.at);
    const clock = (timeZone) =>
      new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(at);
    const own = clock(undefined);
    if (own === clock(zone.dataset.zone)) continue;
    const mine = document.createElement('span');
    mine.className = 'mine';
    mine.textContent = '(' + own + ' for you)';
    zone.append(' ', mine);
  } catch {}
}
for (const frame of document.querySelectorAll('iframe')) {
  frame.hidden = true;
  for (const link of document.querySelectorAll('a[target="' + frame.name + '"]')) {
    link.addEventListener('click', () => (frame.hidden = false));
  }
}
`;

/** How the browser is told that this script, and no other, is ours. */
export const SCRIPT_HASH = hashOf(SCRIPT);

/** The script, for the end of a page. */
export const pageScript = (): Markup => html`<script>${raw(SCRIPT)}</script>`;
