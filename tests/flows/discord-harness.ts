import type { BotModule } from '../../src/bot/registry.js';
import type { Services } from '../../src/bot/rollcall-bot.js';
import type { Database } from '../../src/db/database.js';
import { facts } from '../../src/db/facts.js';
import { keptTexts } from '../../src/db/kept-texts.js';
import type { Member } from '../../src/domain/members/member.js';
import { createDiscordPlatform, type DiscordTimes } from '../../src/platforms/discord/discord-platform.js';
import type { Platform } from '../../src/platforms/platform.js';
import type { Facts } from '../../src/shared/facts.js';
import { type Product, startProduct } from '../builders/product.js';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../fakes/discord/fake-discord.js';
import type { Person } from '../fakes/discord/people.js';
import type { Server } from '../fakes/discord/servers.js';

/** The product on a Discord of the test's own. */
export interface OnDiscord {
  discord: FakeDiscord;
  platform: Platform;
  database: Database;
  services: Services;
  facts: Facts;
  /** A server connected to BAISH, with Ana in it. */
  guild: Server;
  ana: Person;
  /** Every line logged so far. */
  logs(): string;
  /** The member behind a person's account, once they agreed. */
  memberOf(person: Person): Promise<Member | undefined>;
  /** Stops this process and starts another one on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface OnDiscordOptions {
  more?: readonly BotModule[];
  times?: Partial<DiscordTimes>;
  discord?: FakeDiscordOptions;
  token?: string;
  /** Runs before the product starts, with the Discord it will meet. */
  before?: (discord: FakeDiscord) => void;
  /** A product that runs already, for more than one platform at once; whoever started it stops it. */
  product?: Product;
  /** Whether the start is the test's own business. */
  isStarted?: boolean;
}

/** Starts the pieces as `main.ts` does, with demo data, and connects the real discord.js to the fake Discord. */
export async function startOnDiscord(options: OnDiscordOptions = {}): Promise<OnDiscord> {
  const discord = await startFakeDiscord({ settleTimeoutMs: 12_000, token: 'a-secret-bot-token', ...options.discord });
  const guild = discord.addGuild({ name: 'BAISH' });
  const ana = discord.addUser({ username: 'ana', globalName: 'Ana Souza', locale: 'pt-BR' });
  ana.joins(guild);
  const product = options.product ?? (await startProduct({ more: options.more ?? [] }));
  const { database, services, logger, clock } = product;
  await product.connectToBaish('discord', guild.id);
  options.before?.(discord);

  const bot = product.createBot();
  const create = (): Platform =>
    createDiscordPlatform({
      token: options.token ?? discord.token,
      apiUrl: discord.apiUrl,
      bot,
      keptTexts: keptTexts(database.connection, clock),
      facts: facts(database.connection),
      logger,
      times: { identifyGapMs: 0, ...options.times },
    });
  let platform = create();
  if (options.isStarted !== false) await platform.start();
  await product.startDispatcher(bot, platform);

  return {
    discord,
    get platform() {
      return platform;
    },
    database,
    services,
    facts: facts(database.connection),
    guild,
    ana,
    logs: product.logs,
    memberOf: async ({ id }) =>
      (await services.members.find({ platform: 'discord', teamId: '', accountId: id }))?.member,
    async restart() {
      await platform.stop();
      platform = create();
      await platform.start();
      await product.startDispatcher(bot, platform);
    },
    async stop() {
      await platform.stop();
      if (!options.product) await product.stop();
      await discord.stop();
    },
  };
}
