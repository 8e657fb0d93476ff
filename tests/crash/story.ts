import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { migrate, openDatabase } from '../../src/db/database.js';
import type { Account } from '../../src/domain/members/account.js';
import type { PlannedDelivery } from '../../src/domain/notifications/delivery.js';
import { systemClock } from '../../src/shared/clock.js';
import { aMember, anIdentity } from '../builders/members.js';

/** Somebody on a fake platform, who tells what reached them. */
export interface Reader {
  account: Account;
  conversationId: string;
  /** The texts of the bot's messages, in the order in which they came. */
  read(): string[];
}

/** What came of it all. */
export interface Crashed {
  /** Messages that never came. */
  lost: number;
  /** Copies beyond the first. */
  doubled: number;
  /** Messages that came before an earlier one to the same person. */
  outOfOrder: number;
  tookMs: number;
}

/** A calendar that gets an event before each of the first kills, of which everybody is due one message more. */
export interface CrashCalendar {
  /** At most as many as there are kills. */
  events: number;
  connect(file: string): Promise<void>;
  addEvent(number: number): void;
}

const ROOT = join(import.meta.dirname, '..', '..');
const SENDER = join(import.meta.dirname, 'sender.ts');
const LOADER = join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');

/** Longest that the last process, which nobody kills, may take to send the rest. */
const REST_WITHIN_MS = 20 * 60_000;

/**
 * Plans so many messages for each reader, kills one sender after another with `kill -9` at a random moment, lets the last
 * one finish, and counts what the readers have.
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
  calendar?: CrashCalendar;
}): Promise<Crashed> {
  const { file, readers, kills, longestLifeMs, environment, random, calendar } = parts;
  const each = parts.each + (calendar?.events ?? 0);
  const startedMs = performance.now();
  await planAll(file, readers, parts.each);
  await calendar?.connect(file);
  const start = () => startSender({ ...environment, DATABASE_URL: `file:${file}` });
  for (let kill = 0; kill < kills; kill += 1) {
    if (calendar && kill < calendar.events) calendar.addEvent(parts.each + kill);
    const sender = await start();
    await wait(random() * longestLifeMs);
    await sender.kill();
  }
  const last = await start();
  await untilSent(file, readers.length * each);
  await last.kill();
  const read = readers.map((reader) => numbersIn(reader.read()));
  return {
    lost: read.reduce((sum, numbers) => sum + each - new Set(numbers).size, 0),
    doubled: read.reduce((sum, numbers) => sum + numbers.length - new Set(numbers).size, 0),
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

async function untilSent(file: string, count: number): Promise<void> {
  const database = openDatabase(file);
  try {
    for (const untilMs = performance.now() + REST_WITHIN_MS; performance.now() < untilMs; await wait(500)) {
      const { sent } = await database.connection
        .selectFrom('deliveries')
        .select(({ fn }) => fn.countAll<number>().as('sent'))
        .where('state', '=', 'sent')
        .executeTakeFirstOrThrow();
      if (sent >= count) return;
    }
  } finally {
    await database.close();
  }
}

function numbersIn(texts: readonly string[]): number[] {
  return texts.map((text) => Number(/Message (\d+)/u.exec(text)?.[1]));
}

function outOfOrder(numbers: readonly number[]): number {
  return numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? 0)).length;
}
