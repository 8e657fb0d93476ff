import { html } from 'hono/html';
import { numberWords } from '../../bot/numbers.js';
import { firstSentence, languageList, memberCount, ORG_TYPE_LABELS } from '../../bot/orgs/orgs-views.js';
import { type Org, placeName } from '../../domain/orgs/org.js';
import type { OrgPage, OrgPageWithEvents } from '../../domain/orgs/org-page-service.js';
import { eventSection } from './event-section.js';
import { type JoinWays, joinSteps } from './join-steps.js';
import { type Markup, page } from './layout.js';

/** An org's public page: what it is, and how to join it. Of its members it tells their number alone. */
export function orgPage(found: OrgPageWithEvents, { url, ways }: { url: string | undefined; ways: JoinWays }): Markup {
  const { org, spaces } = found;
  return page(
    { title: `${org.name} · Rollcall`, description: orgSummary(found), url, isIndexed: org.isListed },
    html`${orgHeading(org)}
${aboutOrg(found)}
${eventSection(found, url)}
<h2>How to join</h2>
<p>${org.joinPolicy === 'open' ? 'It is open to everyone.' : 'An organiser reads each request, and you’ll be told what they say.'}</p>
${joinSteps(ways, org.slug, spaces)}`,
  );
}

/** One line about an org, for search results and for chats that preview a link. */
export function orgSummary({ org, activeMembers }: OrgPage): string {
  const facts = [ORG_TYPE_LABELS[org.type], placeName(org), memberCount(activeMembers)].join(' · ');
  return [facts, firstSentence(org.description)].filter((part) => part !== '').join('. ');
}

/** An org's name, kind and place. */
export function orgHeading(org: Org): Markup {
  return html`<h1 dir="auto">${org.name}</h1>
<p class="lead">${ORG_TYPE_LABELS[org.type]} · ${placeName(org)}</p>`;
}

/** What an org says of itself, and its facts. */
export function aboutOrg({ org, activeMembers }: OrgPage): Markup {
  return html`<p class="text" dir="auto">${org.description || 'No description yet.'}</p>
<dl class="facts">
${fact('Members', numberWords(activeMembers))}
${org.isGlobal && org.city ? fact('Open to', 'People everywhere') : ''}
${org.languages.length > 0 ? fact('Languages', languageList(org.languages)) : ''}
${websiteFact(org)}
</dl>`;
}

/** A name that keeps its own direction, whatever stands around it. */
export function isolated(name: string): Markup {
  return html`<bdi>${name}</bdi>`;
}

function fact(name: string, value: string | Markup): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function websiteFact({ website }: Org): Markup | string {
  const url = website === undefined || !URL.canParse(website) ? undefined : new URL(website);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return '';
  return fact('Website', html`<a href="${url.href}" rel="noopener nofollow ugc">${url.host.replace(/^www\./, '')}</a>`);
}
