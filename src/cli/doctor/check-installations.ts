import { existsSync } from 'node:fs';
import type { Config } from '../../config.js';
import { slackInstallations } from '../../db/slack-installations.js';
import { boxAtHand } from '../../encryption.js';
import type { Installation } from '../../platforms/slack/installations.js';
import { PATHS } from '../../platforms/slack/paths.js';
import { withDatabaseAsItIs } from '../environment.js';
import { type Finding, fine, look, wrong } from './finding.js';
import { callSlack, readAnswer, scopesFinding } from './slack-answers.js';

/** An app that many install: its id and secret, the address people are sent to, and whether each token still works. */
export async function checkInstallations(
  apiUrl: string,
  app: { clientId: string; clientSecret: string },
  config: Config,
): Promise<Finding[]> {
  const installations = await listInstallations(config);
  return [
    await secretFinding(apiUrl, app),
    addressFinding(config.publicUrl),
    ...(installations.length === 0 ? [look('Slack installations', `none yet. Open ${installUrl(config)}.`)] : []),
    ...(await Promise.all(installations.map((installation) => installationFinding(apiUrl, installation, config)))),
  ];
}

/** Those whose tokens open; the others are counted among the secrets, where a broken key has its finding too. */
async function listInstallations(config: Config): Promise<Installation[]> {
  if (!existsSync(config.databaseFile)) return [];
  const read = await withDatabaseAsItIs(config.databaseFile, (connection) =>
    slackInstallations(connection, boxAtHand(config)).list(),
  );
  return read?.installations ?? [];
}

/** Slack looks at the secret before the code, so that a code of no meaning tells whether it is right. */
async function secretFinding(apiUrl: string, app: { clientId: string; clientSecret: string }): Promise<Finding> {
  const about = 'Slack app';
  const args = { client_id: app.clientId, client_secret: app.clientSecret, code: 'rollcall-doctor' };
  const { error = '' } = (await readAnswer(await callSlack(apiUrl, 'oauth.v2.access', { args }))) ?? {};
  if (error === 'invalid_client_id' || error === 'bad_client_secret') {
    return wrong(
      about,
      `${error === 'invalid_client_id' ? 'SLACK_CLIENT_ID' : 'SLACK_CLIENT_SECRET'} is refused. Copy both from api.slack.com/apps → your app → Basic Information.`,
    );
  }
  if (error === 'invalid_code') return fine(about, 'its id and secret are right.');
  return look(about, `its secret could not be checked (${error || 'no answer'}). Try again later.`);
}

function addressFinding(publicUrl: string | undefined): Finding {
  const about = 'PUBLIC_URL';
  if (publicUrl?.startsWith('https://')) return fine(about, `people install the app at ${publicUrl}${PATHS.install}`);
  const problem = publicUrl ? `${publicUrl} is not https` : 'not set';
  return wrong(
    about,
    `${problem}, which Slack needs to send people and events to. Such as https://rollcall.example.org`,
  );
}

async function installationFinding(apiUrl: string, one: Installation, config: Config): Promise<Finding> {
  const about = `Slack in ${one.name === '' ? one.id : `“${one.name}”`}`;
  const answer = await callSlack(apiUrl, 'auth.test', { token: one.bot.token });
  const test = await readAnswer(answer);
  if (test?.ok) return scopesFinding(about, answer);
  return wrong(
    about,
    `its token is refused (${test?.error || 'no answer'}). Install it there again: ${installUrl(config)}`,
  );
}

function installUrl({ publicUrl }: Config): string {
  return `${publicUrl ?? ''}${PATHS.install}`;
}
