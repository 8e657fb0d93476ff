import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { type Given, type Outbox, openOutbox } from '../../tests/builders/outbox.js';
import type { Delivered } from '../platforms/platform.js';

/** What may come of one try. `dies` is a process that ends after the platform took the message, before it noted so. */
const FATES = ['sent', 'asked-to-wait', 'outage-before', 'outage-after', 'dropped', 'dies'] as const;
type Fate = (typeof FATES)[number];

const PEOPLE = 3;

/** A platform that knows a nonce again: whoever looks sees each message once, in the order in which they came. */
function createFarEnd(fates: Iterator<Fate>) {
  const seen = new Map<string, Map<string, string>>();
  const arrive = ({ to, nonce = '', words }: Given) => {
    const inbox = seen.get(to) ?? new Map<string, string>();
    seen.set(to, inbox);
    if (!inbox.has(nonce)) inbox.set(nonce, words);
  };
  return {
    /** What one person has, in order. */
    inboxOf: (person: string) => [...(seen.get(person)?.values() ?? [])],
    answerFor(dies: () => void) {
      return async (given: Given): Promise<Delivered | undefined> => {
        const fate: Fate = fates.next().value ?? 'sent';
        await wait(0);
        switch (fate) {
          case 'asked-to-wait':
            return { kind: 'retry-after', retryAfterMs: 2_000 };
          case 'outage-before':
            return { kind: 'retry-later' };
          case 'outage-after':
          case 'dropped':
            arrive(given);
            return { kind: 'retry-later' };
          case 'dies':
            arrive(given);
            dies();
            return new Promise<never>(() => undefined);
          case 'sent':
            arrive(given);
            return undefined;
        }
      };
    },
  };
}

/**
 * Two processes on one database, each replaced by a new one as soon as it died. They share a connection: two in one thread
 * would wait for each other's locks without end.
 */
function createPair(outbox: Outbox, farEnd: ReturnType<typeof createFarEnd>) {
  const start = () => {
    const isDead = { now: false };
    const answers = farEnd.answerFor(() => {
      isDead.now = true;
    });
    const settings = {
      platforms: ['discord' as const],
      // A dead one is not there to renew anything.
      renewEveryMs: 3_600_000,
      answers: async (given: Given) => (isDead.now ? new Promise<never>(() => undefined) : answers(given)),
    };
    return { process: outbox.startProcess(settings), isDead };
  };
  const pair = [start(), start()];
  return {
    async turn(index: number): Promise<void> {
      const current = pair[index % 2];
      if (!current) return;
      const running = current.process.dispatcher.run();
      // What a dead process had under way never ends.
      while (!current.isDead.now && (await Promise.race([running, wait(2)])) === undefined);
      if (current.isDead.now) pair[index % 2] = start();
    },
    async stop(index: number): Promise<void> {
      await pair[index % 2]?.process.dispatcher.stop();
      pair[index % 2] = start();
    },
  };
}

const step = fc.record({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 6 }),
  /** Both at once, or one of them. */
  processes: fc.constantFrom([0, 1], [0], [1]),
  stops: fc.boolean(),
  seconds: fc.integer({ min: 0, max: 40 }),
  planned: fc.array(fc.nat(PEOPLE - 1), { maxLength: 4 }),
});

it('tells each person everything once and in order, whatever happens on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const outbox = await openOutbox();
      try {
        const people = Array.from({ length: PEOPLE }, () => aMember());
        for (const [index, person] of people.entries()) {
          const account = { platform: 'discord', teamId: '', accountId: `p${index}` } as const;
          await outbox.add(person, anIdentity(person.id, { account, directChannelId: `dm${index}` }));
        }
        const queue: Fate[] = [];
        const farEnd = createFarEnd({ next: () => ({ done: false, value: queue.shift() ?? 'sent' }) });
        const pair = createPair(outbox, farEnd);
        const due: string[][] = people.map(() => []);
        for (const { fates, processes, stops, seconds, planned } of steps) {
          for (const person of planned) {
            const word = `${person}-${due[person]?.length}`;
            due[person]?.push(word);
            await outbox.plan({
              dedupeKey: word,
              kind: 'test.hello',
              payload: { word },
              dueAt: outbox.clock.now(),
              memberId: people[person]?.id ?? aMember().id,
            });
          }
          queue.push(...fates);
          await Promise.all(processes.map(pair.turn));
          if (stops) await Promise.all(processes.map(pair.stop));
          outbox.inSeconds(seconds);
        }
        queue.length = 0;
        for (let look = 0; look < 40; look += 1) {
          outbox.inSeconds(60);
          await pair.turn(look);
        }
        expect(people.map((_person, index) => farEnd.inboxOf(`p${index}`))).toEqual(due);
        expect((await outbox.rows()).filter(({ state }) => state !== 'sent')).toEqual([]);
      } finally {
        await outbox.close();
      }
    }),
    { numRuns: 40 },
  );
}, 300_000);
