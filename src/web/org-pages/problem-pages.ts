import { html } from 'hono/html';
import type { EndedInvite } from '../../domain/orgs/invite.js';
import type { Org } from '../../domain/orgs/org.js';
import { type Markup, page } from './layout.js';
import { isolated } from './org-page.js';

/** For a page that is not there: never existed, has closed, or is kept out of sight. */
export function notFoundPage(): Markup {
  return problemPage(
    'There is nothing here',
    html`<p>The link may have been cut short when it was copied, or the org may have closed or been renamed.</p>
<p>To find an org, send this to Rollcall in Discord or Slack:<code class="command">/orgs browse</code></p>`,
  );
}

/** Why an invite lets nobody in any more, in a visitor's words. */
const ENDED: Readonly<Record<EndedInvite, string>> = {
  expired: 'Its time has run out.',
  revoked: 'An organiser has taken it back.',
  'used-up': 'It has been used as often as it allowed.',
};

/** For an invite that no longer works. */
export function endedInvitePage({ name, slug }: Pick<Org, 'name' | 'slug'>, why: EndedInvite): Markup {
  return problemPage(
    'This invite no longer works',
    html`<p>${ENDED[why]} It was for ${isolated(name)}.</p>
<p>Ask whoever sent it for a new one; any organiser can make one in a moment with <code>/manage invite create</code>.</p>
<p><a class="button" href="../../${slug}">See ${isolated(name)}</a></p>`,
  );
}

/** For somebody who has tried many codes that do not exist. */
export function tooManyCodesPage(): Markup {
  return problemPage(
    'Please wait a little',
    html`<p>Several invite links that do not exist were opened from where you are. Please try again in an hour.</p>
<p>A link that was sent to you works best when it is tapped, or copied as a whole.</p>`,
  );
}

/** For our own mistakes. */
export function sorryPage(): Markup {
  return problemPage('Sorry, that went wrong', html`<p>It is our fault, not yours. Please try again in a moment.</p>`);
}

function problemPage(title: string, content: Markup): Markup {
  return page(
    { title: `${title} · Rollcall`, description: title, url: undefined, isIndexed: false },
    html`<h1>${title}</h1>${content}`,
  );
}
