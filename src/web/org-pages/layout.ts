import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { PAGE_STYLE } from './page-style.js';

/** A piece of a page. Whatever is put into one through `html` is escaped, unless it is such a piece itself. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** How the browser is told that this very style or script may stand in a page. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The same of our style. */
export const STYLE_HASH = hashOf(PAGE_STYLE);

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#4f46e5"/><g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"><path d="M8 11.2l2 2 3.4-3.8M17.5 11.5H24M8 20.7l2 2 3.4-3.8M17.5 21H24"/></g></svg>';

/** What a page says of itself, to search engines and to chats that preview a link. */
export interface PageHead {
  title: string;
  description: string;
  /** Its one right address, where the product knows its own. */
  url: string | undefined;
  isIndexed: boolean;
}

/** A whole page. It can be read and used without script, and asks nothing of any other server by itself. */
export function page({ title, description, url, isIndexed }: PageHead, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${description}">
${isIndexed ? '' : html`<meta name="robots" content="noindex, nofollow">`}
${url === undefined ? '' : html`<link rel="canonical" href="${url}"><meta property="og:url" content="${url}">`}
<meta property="og:site_name" content="Rollcall">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta name="twitter:card" content="summary">
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(LOGO)}">
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<div class="page">
<p class="brand">${raw(LOGO)}<span>Rollcall</span></p>
<main>${content}</main>
<footer>Rollcall lives in Discord and Slack, and helps people find their local community and its events.</footer>
</div>
</body>
</html>`;
}
