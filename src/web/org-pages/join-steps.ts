import { html } from 'hono/html';
import type { PlatformName } from '../../domain/members/account.js';
import type { SpaceRef } from '../../domain/orgs/rights.js';
import type { Platform } from '../../platforms/platform.js';
import type { Markup } from './layout.js';

/** Where this installation can be met, with where to add it, as far as is known. */
export interface JoinWays {
  discord: { addUrl: string | undefined } | undefined;
  slack: { addUrl: string | undefined; commandPrefix: string } | undefined;
  /** The local playground, which is at `/` of the same server. */
  hasPlayground: boolean;
}

/** The chats that this installation is connected to; its playground only where there is no other. */
export function joinWaysOf(platforms: readonly Platform[], slackCommandPrefix: string): JoinWays {
  const find = (name: PlatformName) => platforms.find((platform) => platform.name === name);
  const [discord, slack] = [find('discord'), find('slack')];
  return {
    discord: discord && { addUrl: discord.addUrl?.() },
    slack: slack && { addUrl: slack.addUrl?.(), commandPrefix: slackCommandPrefix },
    hasPlayground: !discord && !slack && find('playground') !== undefined,
  };
}

/** How to join from each chat: what to type, letter by letter, and where. `what` is an org's slug or an invite code. */
export function joinSteps(ways: JoinWays, what: string, spaces: readonly SpaceRef[]): Markup {
  const steps = [
    ...(ways.discord ? [discordSteps(ways.discord, what, spaces)] : []),
    ...(ways.slack ? [slackSteps(ways.slack, what, spaces)] : []),
    ...(ways.hasPlayground ? [playgroundSteps(what)] : []),
  ];
  return html`<div class="ways">${steps}</div>`;
}

function discordSteps({ addUrl }: NonNullable<JoinWays['discord']>, what: string, spaces: readonly SpaceRef[]): Markup {
  const [server] = spaces.filter(({ platform }) => platform === 'discord');
  return way(
    'In Discord',
    html`
<li>${server ? html`Open <a href="https://discord.com/channels/${encodeURIComponent(server.externalId)}" rel="noopener nofollow">its server</a>, or any other that has Rollcall.` : 'Open a server that has Rollcall.'}${addUrl === undefined ? '' : html` Or <a href="${addUrl}" rel="noopener nofollow">add Rollcall to your account</a> and write to it directly.`}</li>
<li>Send this there; only you will see it:${command(`/orgs join ${what}`)}</li>`,
  );
}

function slackSteps(
  { addUrl, commandPrefix }: NonNullable<JoinWays['slack']>,
  what: string,
  spaces: readonly SpaceRef[],
): Markup {
  const [workspace] = spaces.filter(({ platform }) => platform === 'slack');
  return way(
    'In Slack',
    html`
<li>${workspace ? html`Open <a href="https://app.slack.com/client/${encodeURIComponent(workspace.externalId)}" rel="noopener nofollow">its workspace</a>, or any other that has Rollcall.` : 'Open a workspace that has Rollcall.'}${addUrl === undefined ? '' : html` Or <a href="${addUrl}" rel="noopener nofollow">add Rollcall to yours</a>.`}</li>
<li>Send this in any channel; only you will see it:${command(`/${commandPrefix}orgs join ${what}`)}</li>`,
  );
}

function playgroundSteps(what: string): Markup {
  return way(
    'In the playground',
    html`
<li>Open <a href="/">the playground</a> on the computer that Rollcall runs on.</li>
<li>Send this in any channel:${command(`/orgs join ${what}`)}</li>`,
  );
}

function way(title: string, steps: Markup): Markup {
  return html`<section class="way"><h3>${title}</h3><ol>${steps}</ol></section>`;
}

function command(text: string): Markup {
  return html`<code class="command">${text}</code>`;
}
