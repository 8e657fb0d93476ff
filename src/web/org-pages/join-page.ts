import { html } from 'hono/html';
import type { OrgPage } from '../../domain/orgs/org-page-service.js';
import { type JoinWays, joinSteps } from './join-steps.js';
import { type Markup, page } from './layout.js';
import { aboutOrg, isolated, orgHeading, orgSummary } from './org-page.js';

/** The page behind an invite link: the org, the code at hand, and where to type it. */
export function joinPage(found: OrgPage, code: string, { ways }: { ways: JoinWays }): Markup {
  const { org, spaces } = found;
  return page(
    { title: `You’re invited to ${org.name}`, description: orgSummary(found), url: undefined, isIndexed: false },
    html`<p class="above">You’re invited to</p>
${orgHeading(org)}
<h2>Your invite code</h2>
<code class="code">${code}</code>
<p>It lets you in at once${org.joinPolicy === 'approval' ? ', without waiting for an organiser' : ''}. Whoever has it can join, so please don’t post it in public.</p>
<h2>How to use it</h2>
${joinSteps(ways, code, spaces)}
<h2>About ${isolated(org.name)}</h2>
${aboutOrg(found)}`,
  );
}
