import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../../shared/logger.js';
import { createHttpTransport } from './http-transport.js';
import { quietLogger } from './quiet-logger.js';

const slackLogger = quietLogger(createLogger('silent'));
const server = createServer();

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('takes requests from when it starts until the product is about to stop, and says so at once in between', async () => {
  let isClosing = false;
  const transport = createHttpTransport({ signingSecret: 'secret', isClosing: () => isClosing, slackLogger });
  server.on('request', transport.door.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const status = async () => (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST' })).status;

  expect([transport.health().isUp, await status()]).toEqual([false, 503]);
  const receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
  await transport.start(new App({ authorize: async () => ({}), receiver, logger: slackLogger, convoStore: false }));
  // It is unsigned, and was looked at.
  expect([transport.health().isUp, await status()]).toEqual([true, 401]);
  isClosing = true;
  expect(await status()).toBe(503);
  isClosing = false;
  transport.stop();
  expect([transport.health().isUp, await status()]).toEqual([false, 503]);
});
