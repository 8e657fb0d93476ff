import type { Config, SlackConfig } from '../../config.js';
import { checkInstallations } from './check-installations.js';
import { ask, clockFinding, type Finding, fine, wrong } from './finding.js';
import { callSlack, readAnswer, scopesFinding } from './slack-answers.js';

/** Slack: the tokens or the app's secrets, the granted scopes, the clock; where many install it, each installation. */
export async function checkSlack(slack: SlackConfig, config: Config): Promise<Finding[]> {
  const { workspaces, transport, apiUrl } = slack;
  const reached = await ask(`${apiUrl}api.test`, { method: 'POST' });
  if (typeof reached === 'string') return [wrong('Slack', reached)];
  return [
    ...(workspaces.kind === 'one'
      ? await checkBotToken(apiUrl, workspaces.botToken)
      : await checkInstallations(apiUrl, workspaces, config)),
    ...(transport.kind === 'sockets' ? [await checkAppToken(apiUrl, transport.appToken)] : []),
    clockFinding('Slack’s clock', reached, Date.now()),
  ];
}

async function checkBotToken(apiUrl: string, botToken: string): Promise<Finding[]> {
  const answer = await callSlack(apiUrl, 'auth.test', { token: botToken });
  const bot = await readAnswer(answer);
  if (bot?.ok) return [fine('Slack bot token', `valid, in “${bot.team}”.`), scopesFinding('Slack scopes', answer)];
  return [
    wrong(
      'Slack bot token',
      `SLACK_BOT_TOKEN is refused (${bot?.error || 'no answer'}). Copy it from api.slack.com/apps → your app → OAuth & Permissions.`,
    ),
  ];
}

async function checkAppToken(apiUrl: string, appToken: string): Promise<Finding> {
  const app = await readAnswer(await callSlack(apiUrl, 'apps.connections.open', { token: appToken }));
  if (app?.ok) return fine('Slack app token', 'valid; Socket Mode opens.');
  return wrong(
    'Slack app token',
    `SLACK_APP_TOKEN is refused (${app?.error || 'no answer'}). Make one with connections:write at api.slack.com/apps → your app → Basic Information.`,
  );
}
