import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Database, migrate, openDatabase } from '../../src/db/database.js';
import type { Account } from '../../src/domain/members/account.js';
import type { DeliveryState, PlannedDelivery } from '../../src/domain/notifications/delivery.js';
import { systemClock } from '../../src/shared/clock.js';
import { aMember, anIdentity } from '../builders/members.js';
import type { CrashCalendar } from './calendar.js';

/** Somebody on a fake platform, who tells what reached them. */
export interface Reader {
  account: Account;
  conversationId: string;
  /** The texts of the bot's messages, in the order in which they came. */
  read(): string[];
}

/** What came of it all. */
export interface Crashed {
  /** Deliveries that the outbox counts as sent. */
  sent: number;
  /** Messages that never came, and events that were never announced. */
  lost: number;
  /** Copies beyond the first. */
  doubled: number;
  /** Messages that came before an earlier one to the same person. */
  outOfOrder: number;
  tookMs: number;
}

const ROOT = join(import.meta.dirname, '..', '..');
const SENDER = join(import.meta.dirname, 'sender.ts');
const LOADER = join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');

/** Longest that the last process, which nobody kills, may take to send the rest. */
const REST_WITHIN_MS = 20 * 60_000;

/**
 * Plans so many messages for each reader, kills one sender after another with `kill -9` at a random moment, lets the last
 * one finish, and counts what the readers have. A calendar changes before each sender begins, which syncs it too.
 */
export async function crash(parts: {
  file: string;
  readers: readonly Reader[];
  each: number;
  kills: number;
  /** The longest that a sender lives after it began, in milliseconds. */
  longestLifeMs: number;
  environment: Record<string, string>;
  random: () => number;
  calendar?: CrashCalendar | undefined;
}): Promise<Crashed> {
  const { file, readers, each, kills, longestLifeMs, random, calendar } = parts;
  const environment = { ...parts.environment, ...calendar?.environment, DATABASE_URL: `file:${file}` };
  const startedMs = performance.now();
  await planAll(file, readers, each);
  await calendar?.connect(file);
  for (let kill = 0; kill < kills; kill += 1) {
    calendar?.change();
    const sender = await startSender(environment);
    await wait(random() * longestLifeMs);
    await sender.kill();
  }
  const last = await startSender(environment);
  const database = openDatabase(file);
  await untilAtRest(database, calendar);
  await last.kill();
  const sent = await countOf(database, 'sent');
  const posts = await calendar?.count(database.connection);
  await database.close();
  const read = readers.map((reader) => numbersIn(reader.read()));
  return {
    sent,
    lost: read.reduce((sum, numbers) => sum + each - new Set(numbers).size, posts?.lost ?? 0),
    doubled: read.reduce((sum, numbers) => sum + numbers.length - new Set(numbers).size, posts?.doubled ?? 0),
    outOfOrder: read.reduce((sum, numbers) => sum + outOfOrder([...new Set(numbers)]), 0),
    tookMs: performance.now() - startedMs,
  };
}

async function planAll(file: string, readers: readonly Reader[], each: number): Promise<void> {
  const database = openDatabase(file);
  await migrate(database.connection);
  const dueAt = systemClock().now();
  await database.inTransaction(async ({ members, deliveries }) => {
    const people = readers.map(({ account, conversationId }) => {
      const member = aMember();
      return { member, identity: anIdentity(member.id, { account, directChannelId: conversationId, reach: 'open' }) };
    });
    for (const { member, identity } of people) {
      await members.add(member);
      await members.addIdentity(identity);
    }
    for (let number = 0; number < each; number += 1) {
      for (const { member } of people) {
        const delivery: PlannedDelivery = {
          dedupeKey: `crash:${number}:${member.id}`,
          memberId: member.id,
          kind: 'crash.count',
          payload: { number },
          dueAt,
        };
        await deliveries.plan(delivery);
      }
    }
  });
  await database.close();
}

async function startSender(environment: Record<string, string>): Promise<{ kill(): Promise<void> }> {
  const child = fork(SENDER, [], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
    execArgv: ['--import', LOADER],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The sender ended with ${code} before it began.`)));
  });
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function untilAtRest(database: Database, calendar: CrashCalendar | undefined): Promise<void> {
  for (const untilMs = performance.now() + REST_WITHIN_MS; performance.now() < untilMs; await wait(500)) {
    const isRead = await (calendar?.isRead(database.connection) ?? true);
    if (isRead && (await countOf(database, 'pending')) === 0) return;
  }
}

async function countOf({ connection }: Database, state: DeliveryState): Promise<number> {
  const { count } = await connection
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  return count;
}

function numbersIn(texts: readonly string[]): number[] {
  return texts.map((text) => Number(/Message (\d+)/u.exec(text)?.[1]));
}

function outOfOrder(numbers: readonly number[]): number {
  return numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? 0)).length;
}
