import { DateTime } from 'luxon';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { message } from '../../src/bot/views.js';
import { keptTexts } from '../../src/db/kept-texts.js';
import { slackInstallations } from '../../src/db/slack-installations.js';
import type { Platform } from '../../src/platforms/platform.js';
import type { Installations } from '../../src/platforms/slack/installations.js';
import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import { createSlackPlatform } from '../../src/platforms/slack/slack-platform.js';
import { createSecretBox, makeKey } from '../../src/shared/secret-box.js';
import { type Product, startProduct } from '../builders/product.js';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import type { Person } from '../fakes/slack/person.js';
import type { Workspace } from '../fakes/slack/workspace.js';

let slack: FakeSlack;
let product: Product;
let platform: Platform;
let store: Installations;

beforeEach(async () => {
  slack = await startFakeSlack({ scopes: BOT_SCOPES });
  product = await startProduct();
  store = slackInstallations(product.database.connection, createSecretBox([makeKey()]));
  platform = createSlackPlatform({
    workspaces: { kind: 'many', clientId: slack.app.clientId, clientSecret: slack.app.clientSecret },
    transport: { kind: 'requests', signingSecret: slack.app.signingSecret },
    apiUrl: slack.apiUrl,
    commandPrefix: '',
    publicUrl: undefined,
    installations: store,
    onInstalled: async () => {},
    bot: product.createBot(),
    keptTexts: keptTexts(product.database.connection, product.clock),
    clock: product.clock,
    logger: product.logger,
  });
});
afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await platform.stop();
  await product.stop();
  await slack.stop();
});

const install = ({ id, record }: Workspace) =>
  store.save({
    id,
    isEnterprise: false,
    name: record.name,
    bot: { token: record.botToken, id: record.botId, userId: record.botUserId },
    installedAt: DateTime.utc(),
  });
const sendTo = (person: Person, teamId = person.record.teamId, directChannelId?: string) =>
  platform.sendDirect(
    { account: { platform: 'slack', teamId, accountId: person.id }, directChannelId },
    message('Hello'),
    `nonce-${Math.random()}`,
  );

it('writes to people of each workspace with its own token, and to nobody elsewhere', async () => {
  const other = slack.addWorkspace({ name: 'Other' });
  const [ana, bo] = [slack.addUser({ name: 'ana' }), other.addUser({ name: 'bo' })];
  const stranger = slack.addWorkspace({ name: 'Not ours' }).addUser({ name: 'cy' });
  await install(slack.workspace);
  await install(other);
  await platform.start();
  for (const person of [ana, bo]) {
    expect(await sendTo(person)).toMatchObject({ kind: 'sent' });
    expect(person.inbox()).toHaveLength(1);
  }
  const before = slack.requests.length;
  expect(await sendTo(stranger)).toEqual({ kind: 'unreachable' });
  expect(slack.requests).toHaveLength(before);
  // The same account id in another workspace is somebody else.
  expect(await sendTo(bo, slack.workspace.id)).toMatchObject({ kind: 'unreachable' });
});

it('stops writing as soon as Slack says that the installation is gone, and remembers it', async () => {
  const ana = slack.addUser({ name: 'ana' });
  await install(slack.workspace);
  await platform.start();
  slack.workspace.losesToken();
  expect(await sendTo(ana)).toEqual({ kind: 'unreachable' });
  const before = slack.requests.length;
  expect(await sendTo(ana)).toEqual({ kind: 'unreachable' });
  expect(slack.requests).toHaveLength(before);
  await slack.waitFor(() => platform.health().detail.includes('1 taken back'));
  expect(await store.countRevoked()).toBe(1);
});

it('goes on with one workspace when another’s stored token is damaged, and says so in its health', async () => {
  const other = slack.addWorkspace({ name: 'Other' });
  const [ana, bo] = [slack.addUser({ name: 'ana' }), other.addUser({ name: 'bo' })];
  await install(slack.workspace);
  await install(other);
  product.database.sqlite
    .prepare("update slack_installations set sealed_bot = replace(sealed_bot, 'v1.', 'v9.') where id = ?")
    .run(other.id);
  await platform.start();
  expect(await sendTo(ana)).toMatchObject({ kind: 'sent' });
  expect(await sendTo(bo)).toEqual({ kind: 'unreachable' });
  expect(platform.health()).toEqual({
    isUp: true,
    detail: '1 installation, 1 damaged token, to be installed anew; requests are taken at /slack/events',
  });
});
