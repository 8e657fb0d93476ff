import { App, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { afterEach } from 'vitest';
import { type FakeSlack, startFakeSlack } from './fake-slack.js';
import type { FakeSlackOptions } from './options.js';

export const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;
export const button = (text: string, actionId: string, value = '1') =>
  ({ type: 'button', text: { type: 'plain_text', text }, action_id: actionId, value }) as const;
export const plain = (text: string) => ({ type: 'plain_text', text }) as const;
export const input = (blockId: string, label: string, element: object) =>
  ({ type: 'input', block_id: blockId, label: plain(label), element: { action_id: 'in', ...element } }) as never;

/** Expected failures are asserted, not printed. */
const silent = () => {};
const logger = { debug: silent, info: silent, warn: silent, error: silent, setLevel: silent, setName: silent };
const quiet = { ...logger, getLevel: () => LogLevel.ERROR };

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

export async function fakeWith(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await startFakeSlack({ afterCloseMs: 150, ...options });
  stops.push(() => slack.stop());
  return slack;
}

export function receiverFor(slack: FakeSlack): SocketModeReceiver {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 20, minTimeout: 20, factor: 1 } };
  const options = { appToken: slack.appToken, logger: quiet, clientPingTimeout: 300 };
  return new SocketModeReceiver({ ...options, installerOptions: { clientOptions } });
}

export async function startApp(
  slack: FakeSlack,
  set: (app: App) => void,
  receivers = [receiverFor(slack)],
): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const [receiver, ...more] = receivers;
  const shared = {
    token: slack.botToken,
    logger: quiet,
    deferInitialization: true,
    convoStore: false,
  } as const;
  const app = new App({ ...shared, clientOptions, ...(receiver ? { receiver } : {}) });
  set(app);
  app.error(async () => {});
  await app.init();
  await app.start();
  for (const one of more) {
    one.init(app);
    await one.start();
  }
  stops.push(() => Promise.all(receivers.map((one) => one.stop())));
  return app;
}

export const client = (slack: FakeSlack, token = slack.botToken) => {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
};
