import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { SQLite } from '../../src/db/sqlite-driver.js';
import { type Rollcall, startRollcall } from '../../src/main.js';
import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import { createLogger } from '../../src/shared/logger.js';
import { Browser, type Page } from '../fakes/slack/browser.js';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import type { FakeSlackOptions } from '../fakes/slack/options.js';

/** The whole product with demo data in a file, installed by OAuth on a Slack of the test's own. */
export interface OnManySlacks {
  slack: FakeSlack;
  /** Where the product's pages are. */
  origin: string;
  browser: Browser;
  /** Goes through the install page and Slack's own to the last page. */
  installs(placeName: string): Promise<Page>;
  /** What `/readyz` says of Slack. */
  slackHealth(): Promise<{ isUp: boolean; detail: string }>;
  /** Every line logged so far. */
  logs(): string;
  /** Whether these bytes stand anywhere in the database's files. */
  isInFiles(text: string): boolean;
  /** Asks the database beside the product. */
  rows(query: string): unknown[];
  /** Stops the product, and starts another process on the same files. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

export interface OnManyOptions {
  slack?: FakeSlackOptions;
  /** Socket Mode beside OAuth, instead of requests. */
  bySockets?: boolean;
  environment?: Record<string, string>;
}

export async function startOnManySlacks({
  slack: slackOptions,
  bySockets = false,
  environment = {},
}: OnManyOptions = {}): Promise<OnManySlacks> {
  const slack = await startFakeSlack({ afterCloseMs: 2_000, scopes: BOT_SCOPES, ...slackOptions });
  slack.workspace.losesToken();
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-slack-'));
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  let rollcall: Rollcall;
  let port = '0';
  const start = async () => {
    const config = readConfig({
      SLACK_CLIENT_ID: slack.app.clientId,
      SLACK_CLIENT_SECRET: slack.app.clientSecret,
      ...(bySockets ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.app.signingSecret }),
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `file:${join(folder, 'rollcall.db')}`,
      DEMO: 'true',
      PORT: port,
      ...environment,
    });
    rollcall = await startRollcall(
      { ...config, publicUrl: config.publicUrl ?? `http://127.0.0.1:${port}` },
      { logger },
    );
  };
  // The public address has the port in it, which is known once it was open.
  await start();
  port = String(rollcall!.port);
  await rollcall!.stop();
  await start();
  const origin = `http://127.0.0.1:${port}`;
  if (!bySockets) await slack.deliversTo(`${origin}/slack/events`);
  const browser = new Browser();

  return {
    slack,
    origin,
    browser,
    async installs(placeName) {
      const page = await browser.opens(`${origin}/slack/install`);
      return browser.follows(await browser.follows(page, 'Add to Slack'), `Allow in ${placeName}`);
    },
    async slackHealth() {
      const { checks } = JSON.parse((await browser.opens(`${origin}/readyz`)).html) as {
        checks: { name: string; isUp: boolean; detail: string }[];
      };
      const { isUp, detail } = checks.find(({ name }) => name === 'slack') ?? { isUp: false, detail: 'no check' };
      return { isUp, detail };
    },
    logs: () => lines.join(''),
    isInFiles: (text) => readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(text)),
    rows(query) {
      const sqlite = new SQLite(join(folder, 'rollcall.db'));
      const statement = sqlite.prepare(query);
      const rows = statement.reader ? statement.all() : [statement.run()];
      sqlite.close();
      return rows;
    },
    async restart(meanwhile) {
      await rollcall.stop();
      await meanwhile?.();
      await start();
    },
    async stop() {
      await rollcall.stop();
      await slack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
