import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { onDelivery, onMirror, onPost } from '../../src/bot/deliveries.js';
import type { BotModule } from '../../src/bot/registry.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { plainText } from '../../src/bot/text.js';
import { message, textsOf, type View } from '../../src/bot/views.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import type { PlatformName } from '../../src/domain/members/account.js';
import type { Identity, Member } from '../../src/domain/members/member.js';
import type { PlannedDelivery } from '../../src/domain/notifications/delivery.js';
import type { Delivered, Pacing } from '../../src/platforms/platform.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import type { SendingPlatform } from '../../src/scheduler/sending.js';
import { createServices } from '../../src/services.js';
import { movableClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';

/** When the clock of an outbox under test stands still at first. */
export const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;

/** One thing that a platform was given. */
export interface Given {
  platform: PlatformName;
  how: 'direct' | 'change' | 'post' | 'edit' | 'save' | 'cancel';
  /** The account, or the channel or space. */
  to: string;
  words: string;
  nonce: string | undefined;
  /** The message that is answered or changed, or the event's id. */
  on: string | undefined;
  triedMsAgo: number | undefined;
  atMs: number;
}

/** What a platform answers to one thing; sent, as a new message, unless it says otherwise. */
export type Answers = (given: Given) => Promise<Delivered | undefined> | Delivered | undefined;

export interface ProcessSettings {
  answers?: Answers;
  platforms?: PlatformName[];
  /** Platforms that have neither channels nor a calendar. */
  without?: PlatformName[];
  pacing?: Partial<Record<PlatformName, Pacing>>;
  more?: readonly BotModule[];
  words?: (word: string) => Promise<View | undefined>;
  clock?: ReturnType<typeof movableClock>;
  renewEveryMs?: number;
}

const Word = z.object({ word: z.string() });

export type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/** An outbox in a file of its own, with a clock that stands still unless moved. */
export async function openOutbox() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-outbox-'));
  const file = join(folder, 'rollcall.db');
  const database = openDatabase(file);
  await migrate(database.connection);
  const clock = movableClock({ now: () => START });
  const others = [database];
  return {
    database,
    clock,
    file,
    /** A second connection to the same file, as of another process. */
    openAgain() {
      const other = openDatabase(file);
      others.push(other);
      return other;
    },
    add: (member: Member, ...identities: Identity[]) =>
      database.inTransaction(async ({ members }) => {
        await members.add(member);
        for (const identity of identities) await members.addIdentity(identity);
      }),
    plan: (...deliveries: PlannedDelivery[]) =>
      database.inTransaction(async (repositories) => {
        for (const delivery of deliveries) await repositories.deliveries.plan(delivery);
      }),
    rows: () => database.connection.selectFrom('deliveries').selectAll().orderBy('id').execute(),
    states: async () =>
      Object.fromEntries(
        (await database.connection.selectFrom('deliveries').selectAll().execute()).map((row) => [
          row.dedupe_key,
          row.state,
        ]),
      ),
    inSeconds: (seconds: number) => clock.moveTo(clock.now().plus({ seconds })),
    startProcess: (settings: ProcessSettings = {}) => startProcess(database, { clock, ...settings }),
    startOther(settings: ProcessSettings = {}) {
      return startProcess(this.openAgain(), { clock, ...settings });
    },
    async close() {
      await Promise.all(others.map((one) => one.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startProcess(database: ReturnType<typeof openDatabase>, settings: ProcessSettings) {
  const { answers = () => undefined, platforms = ['discord', 'slack'], without = [], pacing = {} } = settings;
  const {
    words = async (word: string) => message(word),
    more = [],
    clock = movableClock({ now: () => START }),
  } = settings;
  const given: Given[] = [];
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => lines.push(line) });

  const take = async (one: Omit<Given, 'atMs'>): Promise<Delivered> => {
    const whole = { ...one, atMs: performance.now() };
    given.push(whole);
    const sent: Delivered = { kind: 'sent', channelId: `${one.to}-dm`, messageId: `m${given.length}` };
    return (await answers(whole)) ?? sent;
  };
  const textOf = (view: View) => textsOf(view).map(plainText).join();

  const platformOf = (name: PlatformName): SendingPlatform => ({
    name,
    ...(pacing[name] && { pacing: pacing[name] }),
    sendDirect: ({ account }, view, nonce, triedMsAgo) =>
      take({
        platform: name,
        how: 'direct',
        to: account.accountId,
        words: textOf(view),
        nonce,
        on: undefined,
        triedMsAgo,
      }),
    editDirect: ({ account, messageId }, view) =>
      take({
        platform: name,
        how: 'change',
        to: account.accountId,
        words: textOf(view),
        nonce: undefined,
        on: messageId,
        triedMsAgo: undefined,
      }),
    ...(!without.includes(name) && {
      channels: {
        post: async ({ channel, under }, view, nonce, triedMsAgo) => {
          const to = channel.channelId;
          const told = await take({
            platform: name,
            how: 'post',
            to,
            words: textOf(view),
            nonce,
            on: under,
            triedMsAgo,
          });
          return told.kind === 'sent' ? { ...told, channelId: to } : told;
        },
        edit: ({ channel, messageId }, view) =>
          take({
            platform: name,
            how: 'edit',
            to: channel.channelId,
            words: textOf(view),
            nonce: undefined,
            on: messageId,
            triedMsAgo: undefined,
          }),
      },
      scheduledEvents: {
        save: ({ externalId }, { title }, mark, id) =>
          take({
            platform: name,
            how: 'save',
            to: externalId,
            words: title,
            nonce: mark,
            on: id,
            triedMsAgo: undefined,
          }),
        cancel: ({ externalId }, id) =>
          take({
            platform: name,
            how: 'cancel',
            to: externalId,
            words: '',
            nonce: undefined,
            on: id,
            triedMsAgo: undefined,
          }),
      },
    }),
  });

  const modules: BotModule[] = [
    {
      messages: [
        onDelivery('test.hello', Word, (_member, { word }) => words(word)),
        onPost('test.post', Word, { view: ({ word }) => words(word) }),
        onMirror('test.mirror', Word, {
          event: async ({ word }) =>
            (await words(word)) && { title: word, description: '', startsAt: START, endsAt: START, place: '' },
        }),
      ],
    },
    ...more,
  ];
  const bot = createRollcallBot({ services: createServices(database, clock), clock, logger, more: modules });
  const dispatcher = createDispatcher({
    inTransaction: database.inTransaction,
    bot,
    clock,
    logger,
    random: () => 0.5,
    ...(settings.renewEveryMs !== undefined && { renewEveryMs: settings.renewEveryMs }),
    platforms: platforms.map(platformOf),
  });
  return { dispatcher, given, words: () => given.map((one) => one.words), logs: () => lines.join('') };
}
