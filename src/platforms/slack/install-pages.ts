import { SCOPES } from './manifest.js';

/** A page of the installation, for people who may not have JavaScript and may be on a phone. */
interface Page {
  title: string;
  /** HTML, with everything that is not ours escaped. */
  body: string;
}

/** What is asked for and why, and the way to Slack. */
export function installPage(addToSlackUrl: string): string {
  const scopes = SCOPES.map(({ scope, why }) => `<li>${escapeHtml(why)} <code>${scope}</code></li>`).join('');
  return page({
    title: 'Add Rollcall to Slack',
    body:
      '<p>Rollcall helps people find their local org, see its events, and hear about what they chose. Slack will ask ' +
      'you which workspace to add it to.</p>' +
      goButton(addToSlackUrl, 'Add to Slack') +
      `<h2>What it asks for</h2><ul>${scopes}</ul>` +
      '<h2>What it does not do</h2><p>It reads no channel: only what people write to it directly. Nothing is kept about ' +
      'anybody before they agree, and who adds it to Slack is not kept at all.</p>' +
      '<p>An admin can remove it from Slack at any time.</p>',
  });
}

interface Installed {
  /** The workspace's or enterprise's name. */
  place: string;
  /** Put before every slash command's name, such as `rc-`. */
  commandPrefix: string;
}

/** After the installation in one workspace: what to do next. */
export function installedPage({ place, commandPrefix, openUrl }: Installed & { openUrl: string }): string {
  return page({
    title: `Rollcall is in ${place}`,
    body: `<ol><li>Open Slack.</li>${firstSteps(commandPrefix)}</ol>${goButton(openUrl, 'Open Slack')}`,
  });
}

/** After an installation for a whole enterprise, which puts the app into no workspace yet. */
export function installedForAllPage({ place, commandPrefix, chooseUrl }: Installed & { chooseUrl: string }): string {
  return page({
    title: `Rollcall may work in ${place}`,
    body:
      '<ol><li>Choose the workspaces it is for: Slack adds it to none by itself.</li>' +
      `${firstSteps(commandPrefix)}</ol>${goButton(chooseUrl, 'Choose the workspaces')}`,
  });
}

function firstSteps(commandPrefix: string): string {
  const command = (words: string) => `<code>${escapeHtml(`/${commandPrefix}${words}`)}</code>`;
  return (
    `<li>Type ${command('manage setup')} in any channel there: it connects the workspace to your org, or makes a new ` +
    `one.</li><li>Tell your people: each of them can type ${command('help')}.</li>`
  );
}

/** When it did not come to an installation: why, in a kind word, and the way back. */
export function notInstalledPage(why: string, installUrl: string): string {
  return page({
    title: 'Rollcall was not added',
    body: `<p>${escapeHtml(why)}</p>${goButton(installUrl, 'Start again')}`,
  });
}

/** What a browser may do with these pages: show them, and nothing else. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Content-Type': 'text/html; charset=utf-8',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};

const STYLE = `
  :root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
  body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 36rem; }
  h1 { font-size: 1.75rem; line-height: 1.25; } h2 { font-size: 1.125rem; margin-top: 2rem; }
  code { font-size: .9em; padding: .1em .35em; border-radius: .3em; background: color-mix(in srgb, currentColor 12%, transparent); }
  li { margin: .35rem 0; }
  .go { display: inline-block; padding: .7rem 1.4rem; border-radius: .5rem; background: #4a154b; color: #fff; font-weight: 600; text-decoration: none; }
  .go:focus-visible { outline: 3px solid #1d9bd1; outline-offset: 2px; }
`;

function page({ title, body }: Page): string {
  const words = escapeHtml(title);
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${words}</title><style>${STYLE}</style></head><body><main><h1>${words}</h1>${body}</main></body></html>`
  );
}

function goButton(url: string, words: string): string {
  return `<p><a class="go" href="${escapeHtml(url)}">${words}</a></p>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
