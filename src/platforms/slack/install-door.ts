import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, type Installation as SlackInstallation, type Logger as SlackLogger } from '@slack/bolt';
import type { Clock } from '../../shared/clock.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { WebDoor } from '../platform.js';
import { installedForAllPage, installedPage, installPage, notInstalledPage, PAGE_HEADERS } from './install-pages.js';
import type { Installation } from './installations.js';
import type { InstalledWorkspaces } from './installed-workspaces.js';
import { BOT_SCOPES } from './manifest.js';
import { PATHS } from './paths.js';
import type { Timings } from './timings.js';
import { createDoor } from './web-door.js';

export interface InstallParts {
  clientId: string;
  clientSecret: string;
  apiUrl: string;
  /** Where people reach us; without it Slack sends them back to the first address in the app's settings. */
  publicUrl: string | undefined;
  /** Put before every slash command's name, such as `rc-`. */
  commandPrefix: string;
  workspaces: Pick<InstalledWorkspaces, 'install'>;
  timings: Timings;
  clock: Clock;
  logger: Logger;
  slackLogger: SlackLogger;
}

/**
 * The install page, and the way back from Slack. Bolt's installer makes the state, ties it to the browser by a cookie,
 * and trades the code for a token; here stand the pages and what is kept.
 *
 * @see https://docs.slack.dev/authentication/installing-with-oauth
 */
export function createInstallDoor(parts: InstallParts): WebDoor {
  const { clientId, clientSecret, apiUrl, publicUrl, timings, logger, slackLogger } = parts;
  const receiver = new HTTPReceiver({
    // It takes no events here, signed or not.
    signingSecret: randomBytes(32).toString('hex'),
    endpoints: [],
    clientId,
    clientSecret,
    stateSecret: createHmac('sha256', clientSecret).update('rollcall oauth state').digest('hex'),
    scopes: [...BOT_SCOPES],
    ...(publicUrl ? { redirectUri: `${publicUrl}${PATHS.redirect}` } : {}),
    logger: slackLogger,
    installerOptions: {
      installPath: PATHS.install,
      redirectUriPath: PATHS.redirect,
      authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href,
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: timings.callMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
      renderHtmlForInstallPath: installPage,
      installPathOptions: {
        async beforeRedirection(_request, response) {
          for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
          return true;
        },
      },
      callbackOptions: {
        // What Bolt would store next has who installed the app in it, so it is stopped here.
        async afterInstallation(told, _options, _request, response) {
          const html = await finish(parts, told);
          answer(response, 200, html);
          return false;
        },
        failure(error, _options, _request, response) {
          logger.warn({ error: errorFacts(error) }, 'slack: an installation did not come about');
          answer(response, 400, notInstalledPage(reasonFor(error.code), `${publicUrl ?? ''}${PATHS.install}`));
        },
      },
    },
  });
  return createDoor([PATHS.install, PATHS.redirect], (request: IncomingMessage, response: ServerResponse) =>
    receiver.requestListener(request, response),
  );
}

/** Takes the installation into use, and says what to do next. */
async function finish({ workspaces, commandPrefix, clock }: InstallParts, told: SlackInstallation): Promise<string> {
  const installation = readInstallation(told, clock);
  await workspaces.install(installation);
  const { id, name, isEnterprise } = installation;
  const appId = encodeURIComponent(told.appId ?? '');
  const [place, at] = [name === '' ? 'your workspace' : name, encodeURIComponent(id)];
  return isEnterprise
    ? installedForAllPage({
        place,
        commandPrefix,
        // An org-wide app is in no workspace yet: https://docs.slack.dev/enterprise/organization-ready-apps
        chooseUrl: `https://app.slack.com/manage/${at}/integrations/profile/${appId}/workspaces/add`,
      })
    : installedPage({ place, commandPrefix, openUrl: `https://slack.com/app_redirect?app=${appId}&team=${at}` });
}

/** @throws Error for an installation without a bot, which this app never asks for. */
function readInstallation(told: SlackInstallation, clock: Clock): Installation {
  const isEnterprise = told.isEnterpriseInstall === true;
  const place = isEnterprise ? told.enterprise : told.team;
  if (!place || !told.bot) throw new Error('Slack told of an installation without a workspace or a bot.');
  const { token, id, userId } = told.bot;
  return { id: place.id, isEnterprise, name: place.name ?? '', bot: { token, id, userId }, installedAt: clock.now() };
}

function reasonFor(code: string): string {
  switch (code) {
    case 'slack_oauth_installer_authorization_error':
      return 'You decided against it, so nothing was changed.';
    case 'slack_oauth_missing_state':
    case 'slack_oauth_invalid_state':
      return 'This link was made for another browser, or more than ten minutes ago.';
    case 'slack_oauth_missing_code':
      return 'This page is where Slack sends people after they agreed. You came here by another way.';
    default:
      return 'Slack did not confirm it. Please try once more in a moment.';
  }
}

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, PAGE_HEADERS).end(html);
}
