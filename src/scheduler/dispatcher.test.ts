import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { onDelivery } from '../bot/deliveries.js';
import { createRollcallBot } from '../bot/rollcall-bot.js';
import { plainText } from '../bot/text.js';
import { message, textsOf, type View } from '../bot/views.js';
import { type Database, migrate, openDatabase } from '../db/database.js';
import { jobRuns } from '../db/job-runs.js';
import { DomainError } from '../domain/errors.js';
import type { PlatformName } from '../domain/members/account.js';
import type { Identity } from '../domain/members/member.js';
import type { PlannedDelivery } from '../domain/notifications/delivery.js';
import type { Delivered } from '../platforms/platform.js';
import { createServices } from '../services.js';
import { movableClock } from '../shared/clock.js';
import { createLogger } from '../shared/logger.js';
import { createDispatcher } from './dispatcher.js';
import type { Job } from './job.js';
import { createJobRunner } from './job-runner.js';
import { createScheduler } from './scheduler.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;

let folder: string;
let file: string;
let database: Database;
let clock: ReturnType<typeof movableClock>;
const ana = aMember();
const onDiscord = anIdentity(ana.id, { account: { platform: 'discord', teamId: '', accountId: 'ana' } });
const onSlack = anIdentity(ana.id, { account: { platform: 'slack', teamId: 'T1', accountId: 'ANA' } });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-outbox-'));
  file = join(folder, 'rollcall.db');
  database = openDatabase(file);
  await migrate(database.connection);
  clock = movableClock({ now: () => START });
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const addAna = (...identities: Identity[]) =>
  database.inTransaction(async ({ members }) => {
    await members.add(ana);
    for (const identity of identities) await members.addIdentity(identity);
  });

const plan = (overrides: Partial<PlannedDelivery> = {}) =>
  database.inTransaction(({ deliveries }) =>
    deliveries.plan({
      dedupeKey: 'hello',
      memberId: ana.id,
      kind: 'test.hello',
      payload: { word: 'Hello' },
      dueAt: clock.now(),
      ...overrides,
    }),
  );

interface Sent {
  platform: PlatformName;
  words: string;
  nonce: string;
  triedMsAgo: number | undefined;
}

/** A process on the database: its dispatcher, and what its platforms were given. */
function aProcess({
  answers = {},
  platforms = ['discord', 'slack'],
  words = async (word: string): Promise<View | undefined> => message(word),
  onOutcome = () => undefined,
}: {
  answers?: Partial<Record<PlatformName, () => Promise<Delivered>>>;
  platforms?: PlatformName[];
  words?: (word: string) => Promise<View | undefined>;
  onOutcome?: (state: string) => void;
} = {}) {
  const sent: Sent[] = [];
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => lines.push(line) });
  const more = [
    { messages: [onDelivery('test.hello', z.object({ word: z.string() }), (_ana, { word }) => words(word))] },
  ];
  const bot = createRollcallBot({ services: createServices(database, clock), clock, logger, more });
  const dispatcher = createDispatcher({
    inTransaction: database.inTransaction,
    bot,
    clock,
    logger,
    random: () => 0.5,
    onOutcome,
    platforms: platforms.map((name) => ({
      name,
      async sendDirect(_to, view, nonce, triedMsAgo) {
        sent.push({ platform: name, words: textsOf(view).map(plainText).join(), nonce, triedMsAgo });
        return (await answers[name]?.()) ?? { kind: 'sent', channelId: `${name}-dm`, messageId: 'm1' };
      },
      editDirect: async ({ channelId, messageId }) => ({ kind: 'sent', channelId, messageId }),
    })),
  });
  return { dispatcher, sent, logs: () => lines.join('') };
}

const outbox = () => database.connection.selectFrom('deliveries').selectAll().execute();
const reachOf = async ({ id }: Identity) =>
  (await database.inTransaction(({ members }) => members.listIdentities(ana.id))).find((one) => one.id === id)?.reach;
const inSeconds = (seconds: number) => clock.moveTo(clock.now().plus({ seconds }));

describe('a delivery', () => {
  it('is sent once, and its message is noted with the account that it reached', async () => {
    await addAna(onDiscord);
    await plan();
    const { dispatcher, sent } = aProcess();
    expect(await dispatcher.run()).toBe(1);
    expect(await dispatcher.run()).toBe(0);
    expect(sent).toMatchObject([{ platform: 'discord', words: 'Hello', triedMsAgo: undefined }]);
    expect(await outbox()).toMatchObject([
      { state: 'sent', sent_channel_id: 'discord-dm', sent_message_id: 'm1', identity_id: onDiscord.id, attempts: 1 },
    ]);
    expect(await reachOf(onDiscord)).toBe('open');
  });

  it('planned twice for one occasion is one, also after it was sent', async () => {
    await addAna(onDiscord);
    await Promise.all([plan(), plan()]);
    const { dispatcher, sent } = aProcess();
    await dispatcher.run();
    await plan();
    await dispatcher.run();
    expect(sent).toHaveLength(1);
    expect(await outbox()).toHaveLength(1);
  });

  it('is not planned when its fact is undone', async () => {
    await addAna(onDiscord);
    const woken: string[] = [];
    database.onPlanned(() => woken.push('woken'));
    await expect(
      database.inTransaction(async ({ deliveries }) => {
        await deliveries.plan({ dedupeKey: 'x', memberId: ana.id, kind: 'test.hello', payload: {}, dueAt: START });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect([await outbox(), woken]).toEqual([[], []]);
    await plan();
    expect(woken).toHaveLength(1);
  });

  it('waits until it is due', async () => {
    await addAna(onDiscord);
    await plan({ dueAt: START.plus({ minutes: 5 }) });
    const { dispatcher, sent } = aProcess();
    expect(await dispatcher.run()).toBe(0);
    expect((await dispatcher.nextDueAfter(START))?.toISO()).toBe('2026-03-01T10:05:00.000Z');
    inSeconds(300);
    expect(await dispatcher.run()).toBe(1);
    expect(sent).toHaveLength(1);
  });

  it('goes out at its own moment while the playground’s clock is moved past it, also what a job plans on the way', async () => {
    await addAna(onDiscord);
    await plan({ dueAt: START.plus({ days: 2 }) });
    const sentAt: string[] = [];
    const { dispatcher, logs } = aProcess({
      answers: {
        discord: async () => {
          sentAt.push(clock.now().toISO());
          return { kind: 'sent', channelId: 'dm', messageId: undefined };
        },
      },
    });
    const parts = { runs: jobRuns(database.connection), clock, logger: createLogger('silent') };
    const runner = createJobRunner({ ...parts, machineClock: clock });
    const planner: Job = {
      name: 'planner',
      does: 'plans',
      nextDue: (last) => last?.plus({ days: 5 }) ?? START.plus({ hours: 7 }),
      async run(now) {
        await plan({ dedupeKey: `planned:${now.toISO()}` });
        return 'planned';
      },
    };
    const scheduler = createScheduler({ ...parts, jobs: [planner], runner, dispatcher });
    const ran = await scheduler.moveTo(clock, START.plus({ weeks: 1 }));
    expect(ran.map(({ job }) => job)).toEqual(['planner', 'planner']);
    expect(sentAt).toEqual(['2026-03-01T17:00:00.000Z', '2026-03-03T10:00:00.000Z', '2026-03-06T17:00:00.000Z']);
    expect(clock.now().toISO()).toBe('2026-03-08T10:00:00.000Z');
    expect(logs()).not.toContain('Hello');
  });

  it('is tried again at its moment while the clock is moved, also when another waits behind it', async () => {
    await addAna(onDiscord);
    await plan({ dedupeKey: 'first' });
    await plan({ dedupeKey: 'second' });
    const triedAt: string[] = [];
    const { dispatcher } = aProcess({
      answers: {
        discord: async () => {
          triedAt.push(clock.now().toISO());
          return triedAt.length < 3 ? { kind: 'retry-later' } : { kind: 'sent', channelId: 'dm', messageId: undefined };
        },
      },
    });
    const parts = { runs: jobRuns(database.connection), clock, logger: createLogger('silent') };
    const runner = createJobRunner({ ...parts, machineClock: clock });
    const scheduler = createScheduler({ ...parts, jobs: [], runner, dispatcher });
    await scheduler.moveTo(clock, START);
    await scheduler.moveTo(clock, START.plus({ days: 1 }));
    expect(triedAt).toHaveLength(4);
    expect(triedAt.every((at) => at < '2026-03-01T10:02')).toBe(true);
  });

  it('is dropped when its reason no longer holds, or what it is about has gone', async () => {
    await addAna(onDiscord);
    await plan({ dedupeKey: 'answered' });
    await aProcess({ words: async () => undefined }).dispatcher.run();
    await plan({ dedupeKey: 'gone' });
    const gone = aProcess({ words: async () => Promise.reject(new DomainError({ code: 'orgs.gone' })) });
    await gone.dispatcher.run();
    expect(gone.sent).toEqual([]);
    expect((await outbox()).map(({ state, last_error }) => [state, last_error])).toEqual(
      expect.arrayContaining([
        ['cancelled', null],
        ['cancelled', 'orgs.gone'],
      ]),
    );
  });

  it('that nobody can word is put aside, and holds up no other', async () => {
    await addAna(onDiscord);
    await plan({ dedupeKey: 'foreign', kind: 'foreign' });
    await plan({ dedupeKey: 'misshapen', payload: { word: 5 } });
    await plan();
    const { dispatcher, sent } = aProcess();
    expect(await dispatcher.run()).toBe(1);
    expect(sent).toHaveLength(1);
    expect((await outbox()).map(({ state }) => state).sort()).toEqual(['rejected', 'rejected', 'sent']);
  });

  it('goes with the member who is erased', async () => {
    await addAna(onDiscord);
    await plan();
    await database.inTransaction(({ personalData }) => personalData.erase(ana.id));
    expect(await outbox()).toEqual([]);
  });
});

describe('the outbox', () => {
  const counts = () => database.inTransaction(({ deliveries }) => deliveries.counts(clock.now()), { isReadOnly: true });

  it('tells how much is due, since when, and how much was given up', async () => {
    expect(await counts()).toEqual({ due: 0, oldestDueAt: undefined, undeliverable: 0, rejected: 0 });
    await addAna(onDiscord);
    await plan({ dedupeKey: 'misshapen', payload: { word: 5 } });
    await aProcess().dispatcher.run();
    await plan({ dedupeKey: 'unreachable' });
    await aProcess({ answers: { discord: async () => ({ kind: 'unreachable' }) } }).dispatcher.run();
    await plan({ dedupeKey: 'waiting' });
    await aProcess({ answers: { discord: async () => ({ kind: 'retry-later' }) } }).dispatcher.run();
    await plan({ dedupeKey: 'later', dueAt: START.plus({ hours: 1 }) });
    expect(await counts()).toEqual({ due: 1, oldestDueAt: START, undeliverable: 1, rejected: 1 });
    inSeconds(3_600);
    expect(await counts()).toMatchObject({ due: 2, oldestDueAt: START });
    await aProcess().dispatcher.run();
    expect(await counts()).toMatchObject({ due: 0, oldestDueAt: undefined, undeliverable: 1 });
  });

  it('tells of what came of each try', async () => {
    await addAna(onDiscord);
    await plan();
    const outcomes: Delivered[] = [{ kind: 'retry-later' }];
    const told: string[] = [];
    const { dispatcher } = aProcess({
      answers: { discord: async () => outcomes.shift() ?? { kind: 'sent', channelId: 'dm', messageId: 'm' } },
      onOutcome: (state) => told.push(state),
    });
    await dispatcher.run();
    inSeconds(60);
    await dispatcher.run();
    expect(told).toEqual(['pending', 'sent']);
  });
});

describe('a delivery that does not get through', () => {
  it('is tried again after growing pauses, with the same nonce, and told that a copy may be there', async () => {
    await addAna(onDiscord);
    await plan();
    const outcomes: Delivered[] = [{ kind: 'retry-later' }, { kind: 'retry-later' }];
    const { dispatcher, sent } = aProcess({
      answers: { discord: async () => outcomes.shift() ?? { kind: 'sent', channelId: 'dm', messageId: 'm' } },
    });
    await dispatcher.run();
    inSeconds(4);
    await dispatcher.run();
    expect(sent).toHaveLength(1);
    inSeconds(1);
    await dispatcher.run();
    inSeconds(10);
    await dispatcher.run();
    expect(sent.map(({ triedMsAgo }) => triedMsAgo)).toEqual([undefined, 5_000, 15_000]);
    expect(new Set(sent.map(({ nonce }) => nonce)).size).toBe(1);
    expect(await outbox()).toMatchObject([{ state: 'sent', attempts: 3, last_error: null }]);
  });

  it('waits as long as the platform says, and was surely not sent', async () => {
    await addAna(onDiscord);
    await plan();
    const outcomes: Delivered[] = [{ kind: 'retry-after', retryAfterMs: 60_000 }];
    const { dispatcher, sent } = aProcess({
      answers: { discord: async () => outcomes.shift() ?? { kind: 'sent', channelId: 'dm', messageId: 'm' } },
    });
    await dispatcher.run();
    inSeconds(59);
    await dispatcher.run();
    expect(sent).toHaveLength(1);
    inSeconds(1);
    await dispatcher.run();
    expect(sent.map(({ triedMsAgo }) => triedMsAgo)).toEqual([undefined, undefined]);
  });

  it('falls back to the member’s other account, and tells which is closed', async () => {
    await addAna(onDiscord, onSlack);
    await plan({ identityId: onDiscord.id });
    const { dispatcher, sent } = aProcess({ answers: { discord: async () => ({ kind: 'unreachable' }) } });
    expect(await dispatcher.run()).toBe(1);
    expect(sent.map(({ platform }) => platform)).toEqual(['discord', 'slack']);
    expect([await reachOf(onDiscord), await reachOf(onSlack)]).toEqual(['closed', 'open']);
    await plan({ dedupeKey: 'next', identityId: onDiscord.id });
    await dispatcher.run();
    expect(sent.map(({ platform }) => platform)).toEqual(['discord', 'slack', 'slack']);
  });

  it('is undeliverable once no account is left, which the next one tries again', async () => {
    await addAna(onDiscord, onSlack);
    await plan();
    const unreachable = async (): Promise<Delivered> => ({ kind: 'unreachable' });
    const { dispatcher, sent } = aProcess({ answers: { discord: unreachable, slack: unreachable } });
    await dispatcher.run();
    expect(sent).toHaveLength(2);
    expect(await outbox()).toMatchObject([{ state: 'undeliverable', last_error: 'unreachable' }]);
    await plan({ dedupeKey: 'next' });
    await aProcess().dispatcher.run();
    expect((await outbox()).map(({ state }) => state).sort()).toEqual(['sent', 'undeliverable']);
  });

  it('is put aside when the platform refuses this very message', async () => {
    await addAna(onDiscord);
    await plan();
    const { dispatcher, logs } = aProcess({
      answers: { discord: async () => ({ kind: 'rejected', reason: 'too-odd' }) },
    });
    await dispatcher.run();
    expect(await outbox()).toMatchObject([{ state: 'rejected', last_error: 'too-odd' }]);
    expect(logs()).toContain('too-odd');
  });

  it('waits for its platform to run again, and is given up after three days', async () => {
    await addAna(onSlack);
    await plan();
    const { dispatcher, sent } = aProcess({ platforms: ['discord'] });
    await dispatcher.run();
    expect(await outbox()).toMatchObject([{ state: 'pending', last_error: 'no-platform', unsure_since: null }]);
    for (let hour = 0; hour < 80; hour += 1) {
      inSeconds(3_700);
      await dispatcher.run();
    }
    expect(sent).toEqual([]);
    expect(await outbox()).toMatchObject([{ state: 'undeliverable' }]);
  });

  it.each([{ kind: 'retry-later' }, { kind: 'retry-after', retryAfterMs: 1_000 }] satisfies Delivered[])(
    'is not given up at the first $kind, when the process was down for ten days',
    async (answer) => {
      await addAna(onDiscord);
      await plan();
      inSeconds(10 * 24 * 3_600);
      const answers = [answer];
      const { dispatcher } = aProcess({
        answers: { discord: async () => answers.shift() ?? { kind: 'sent', channelId: 'dm', messageId: 'm' } },
      });
      expect(await dispatcher.run()).toBe(0);
      inSeconds(10);
      expect(await dispatcher.run()).toBe(1);
    },
  );

  it('because of our own mistake is tried again, and the log has it without its words', async () => {
    await addAna(onDiscord);
    await plan();
    const failures = [new Error('Hello Ana')];
    const { dispatcher, logs } = aProcess({
      words: async (word) => {
        const failure = failures.pop();
        if (failure) throw failure;
        return message(word);
      },
    });
    expect(await dispatcher.run()).toBe(0);
    inSeconds(6);
    expect(await dispatcher.run()).toBe(1);
    expect(logs()).toContain('a delivery failed');
    expect(logs()).not.toContain('Hello');
  });
});

describe('a process that stops', () => {
  it('between sending and noting leaves it to the next, which sends with the same nonce and knows of the copy', async () => {
    await addAna(onDiscord, onSlack);
    await plan({ identityId: onSlack.id });
    const died = aProcess({ answers: { slack: () => new Promise<never>(() => undefined) } });
    void died.dispatcher.run();
    await expect.poll(() => died.sent.length).toBe(1);

    const next = aProcess();
    await next.dispatcher.run();
    expect(next.sent).toEqual([]);
    inSeconds(90);
    await next.dispatcher.run();
    expect(next.sent).toMatchObject([{ platform: 'slack', nonce: died.sent[0]?.nonce, triedMsAgo: 90_000 }]);
    expect(await outbox()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('and notes too late changes nothing that a later one noted', async () => {
    await addAna(onDiscord);
    await plan();
    let answer: (delivered: Delivered) => void = () => undefined;
    const slow = aProcess({
      answers: { discord: () => new Promise<Delivered>((resolve) => (answer = resolve)) },
    });
    const finished = slow.dispatcher.run();
    await expect.poll(() => slow.sent.length).toBe(1);
    inSeconds(90);
    await aProcess().dispatcher.run();
    answer({ kind: 'unreachable' });
    await finished;
    expect(await outbox()).toMatchObject([{ state: 'sent' }]);
    expect(await reachOf(onDiscord)).toBe('open');
  });

  it('on purpose lets what is being sent finish, and claims nothing more', async () => {
    await addAna(onDiscord);
    let answer: (delivered: Delivered) => void = () => undefined;
    const stopping = aProcess({
      answers: { discord: () => new Promise<Delivered>((resolve) => (answer = resolve)) },
    });
    database.onPlanned(stopping.dispatcher.wake);
    await plan();
    await expect.poll(() => stopping.sent.length).toBe(1);
    const stopped = stopping.dispatcher.stop();
    await plan({ dedupeKey: 'later' });
    answer({ kind: 'sent', channelId: 'dm', messageId: 'm' });
    await stopped;
    expect((await outbox()).map(({ state }) => state).sort()).toEqual(['pending', 'sent']);
    expect(stopping.sent).toHaveLength(1);
  });
});
