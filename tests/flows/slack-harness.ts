import type { BotModule } from '../../src/bot/registry.js';
import type { Services } from '../../src/bot/rollcall-bot.js';
import type { Database } from '../../src/db/database.js';
import { keptTexts } from '../../src/db/kept-texts.js';
import { slackInstallations } from '../../src/db/slack-installations.js';
import type { Member } from '../../src/domain/members/member.js';
import type { Platform } from '../../src/platforms/platform.js';
import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import { createSlackPlatform } from '../../src/platforms/slack/slack-platform.js';
import type { Timings } from '../../src/platforms/slack/timings.js';
import { createSecretBox, makeKey } from '../../src/shared/secret-box.js';
import { aMember, anIdentity } from '../builders/members.js';
import { type Product, startProduct } from '../builders/product.js';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import type { FakeSlackOptions } from '../fakes/slack/options.js';
import type { Person } from '../fakes/slack/person.js';

/** The product on a Slack of the test's own. */
export interface OnSlack {
  slack: FakeSlack;
  platform: Platform;
  database: Database;
  services: Services;
  /** A channel of a workspace connected to BAISH, with Ana in the workspace. */
  general: ReturnType<FakeSlack['addChannel']>;
  ana: Person;
  /** Every line logged so far. */
  logs(): string;
  /** The member behind a person's account, once they agreed. */
  memberOf(person: Person): Promise<Member | undefined>;
  /** Makes somebody a member without going through the consent card; nothing is sent to them. */
  agrees(person: Person): Promise<void>;
  /** Stops this process and starts another one on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface OnSlackOptions {
  more?: readonly BotModule[];
  timings?: Partial<Timings>;
  slack?: FakeSlackOptions;
  commandPrefix?: string;
  botToken?: string;
  appToken?: string;
  apiUrl?: string;
  /** Runs before the product starts, with the Slack it will meet. */
  before?: (slack: FakeSlack) => void;
  /** A product that runs already, for more than one platform at once; whoever started it stops it. */
  product?: Product;
  /** Whether the start is the test's own business. */
  isStarted?: boolean;
}

const QUICK: Partial<Timings> = { staggerMs: 20, firstPauseMs: 50, longestPauseMs: 200, hopelessPauseMs: 300 };

/** Starts the pieces as `main.ts` does, with demo data, and connects real Bolt to the fake Slack. */
export async function startOnSlack(options: OnSlackOptions = {}): Promise<OnSlack> {
  const slack = await startFakeSlack({
    afterCloseMs: 2_000,
    scopes: BOT_SCOPES,
    botToken: 'xoxb-a-secret-token',
    appToken: 'xapp-a-secret-token',
    ...options.slack,
  });
  const general = slack.addChannel('general');
  const ana = slack.addUser({ name: 'ana', realName: 'Ana Souza', tz: 'America/Sao_Paulo', locale: 'pt-BR' });
  const product = options.product ?? (await startProduct({ more: options.more ?? [] }));
  const { database, services, logger, clock } = product;
  await product.connectToBaish('slack', slack.workspace.id);
  options.before?.(slack);

  const bot = product.createBot();
  const create = (): Platform =>
    createSlackPlatform({
      workspaces: { kind: 'one', botToken: options.botToken ?? slack.botToken },
      transport: { kind: 'sockets', appToken: options.appToken ?? slack.appToken },
      apiUrl: options.apiUrl ?? slack.apiUrl,
      commandPrefix: options.commandPrefix ?? '',
      publicUrl: undefined,
      installations: slackInstallations(database.connection, createSecretBox([makeKey()])),
      onInstalled: (teamId) => services.members.noteWorkspaceBack('slack', teamId),
      clock,
      bot,
      keptTexts: keptTexts(database.connection, clock),
      logger,
      timings: { ...QUICK, ...options.timings },
    });
  let platform = create();
  if (options.isStarted !== false) await platform.start();
  await product.startDispatcher(bot, platform);

  const accountOf = (person: Person) => ({
    platform: 'slack' as const,
    teamId: slack.workspace.id,
    accountId: person.id,
  });
  return {
    slack,
    get platform() {
      return platform;
    },
    database,
    services,
    general,
    ana,
    logs: product.logs,
    memberOf: async (person) => (await services.members.find(accountOf(person)))?.member,
    async agrees(person) {
      const { realName, tz, locale } = person.record;
      const member = aMember({ profile: { ...aMember().profile, name: realName }, zone: tz, locale });
      await database.inTransaction(async ({ members }) => {
        await members.add(member);
        await members.addIdentity(anIdentity(member.id, { account: accountOf(person) }));
      });
    },
    async restart() {
      await platform.stop();
      platform = create();
      await platform.start();
      await product.startDispatcher(bot, platform);
    },
    async stop() {
      await platform.stop();
      if (!options.product) await product.stop();
      await slack.stop();
    },
  };
}
