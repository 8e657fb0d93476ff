import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { type Answers, type Outbox, openOutbox, START } from '../../tests/builders/outbox.js';
import { onMirror, onPost } from '../bot/deliveries.js';
import { message } from '../bot/views.js';
import type { ChannelRef } from '../domain/notifications/channel.js';
import type { MirrorAct, PlannedDelivery, PostAct } from '../domain/notifications/delivery.js';

let outbox: Outbox;
beforeEach(async () => {
  outbox = await openOutbox();
});
afterEach(() => outbox.close());

const general: ChannelRef = { platform: 'discord', externalId: 'server', channelId: 'general' };

const inChannel = (dedupeKey: string, act: PostAct = { do: 'post' }, channel = general): PlannedDelivery => ({
  dedupeKey,
  kind: 'test.post',
  payload: { word: dedupeKey },
  dueAt: outbox.clock.now(),
  channel,
  act,
});

const inCalendar = (dedupeKey: string, act: MirrorAct = { do: 'make' }): PlannedDelivery => ({
  dedupeKey,
  kind: 'test.mirror',
  payload: { word: dedupeKey },
  dueAt: outbox.clock.now(),
  scheduledEvent: { space: { platform: 'discord', externalId: 'server' }, act },
});

describe('a message to a channel', () => {
  it('is posted, and followed up by answers and edits on its own message, in the order of planning', async () => {
    await outbox.plan(
      inChannel('new'),
      inChannel('moved', { do: 'reply', of: 'new' }),
      inChannel('card', { do: 'edit', of: 'new' }),
    );
    const { dispatcher, given } = outbox.startProcess();
    expect(await dispatcher.run()).toBe(3);
    expect(given).toMatchObject([
      { how: 'post', to: 'general', words: 'new', on: undefined },
      { how: 'post', to: 'general', words: 'moved', on: 'm1' },
      { how: 'edit', to: 'general', words: 'card', on: 'm1' },
    ]);
    expect(await outbox.rows()).toMatchObject([
      { sent_channel_id: 'general', sent_message_id: 'm1', member_id: null },
      { sent_message_id: 'm2' },
      { sent_message_id: 'm3' },
    ]);
  });

  it('that follows up another one waits for it, across failures and processes', async () => {
    await outbox.plan(inChannel('new'), inChannel('moved', { do: 'reply', of: 'new' }));
    let isDown = true;
    const answers: Answers = () => (isDown ? { kind: 'retry-later' } : undefined);
    const first = outbox.startProcess({ answers });
    await first.dispatcher.run();
    expect(first.words()).toEqual(['new']);
    isDown = false;
    const next = outbox.startOther({ answers });
    await next.dispatcher.run();
    expect(next.words()).toEqual([]);
    outbox.inSeconds(5);
    await next.dispatcher.run();
    expect(next.given).toMatchObject([
      { words: 'new', triedMsAgo: 5_000 },
      { words: 'moved', on: 'm1' },
    ]);
  });

  it.each([
    ['refused', { kind: 'rejected', reason: 'too-odd' }, 'rejected'],
    ['for a channel that is gone', { kind: 'unreachable' }, 'undeliverable'],
  ] as const)('%s takes with it what follows it up', async (_which, answer, state) => {
    await outbox.plan(
      inChannel('new'),
      inChannel('moved', { do: 'reply', of: 'new' }),
      inChannel('card', { do: 'edit', of: 'new' }),
    );
    const { dispatcher, words } = outbox.startProcess({ answers: () => answer });
    await dispatcher.run();
    expect(words()).toEqual(['new']);
    expect(await outbox.states()).toEqual({ new: state, moved: 'cancelled', card: 'cancelled' });
  });

  it('that follows up nothing that was ever planned is cancelled', async () => {
    await outbox.plan(inChannel('moved', { do: 'reply', of: 'never' }));
    await outbox.startProcess().dispatcher.run();
    expect(await outbox.rows()).toMatchObject([{ state: 'cancelled', last_error: 'follows-nothing' }]);
  });

  it('holds up no other channel while it waits', async () => {
    const elsewhere = { ...general, channelId: 'elsewhere' };
    await outbox.plan(inChannel('one'), inChannel('two'), inChannel('other', { do: 'post' }, elsewhere));
    const { dispatcher, words } = outbox.startProcess({
      answers: ({ words }) => (words === 'one' ? { kind: 'retry-after', retryAfterMs: 60_000 } : undefined),
    });
    await dispatcher.run();
    expect(words().sort()).toEqual(['one', 'other']);
  });

  it('is refused where the platform has no channels, and waits where the platform does not run', async () => {
    await outbox.plan(inChannel('here'), inChannel('there', { do: 'post' }, { ...general, platform: 'slack' }));
    await outbox.startProcess({ platforms: ['discord'], without: ['discord'] }).dispatcher.run();
    expect(await outbox.rows()).toMatchObject([
      { state: 'rejected', last_error: 'no-channels' },
      { state: 'pending', last_error: 'no-platform', unsure_since: null },
    ]);
  });

  it('is not sent when nothing is left to say, and a kind that nobody words is put aside', async () => {
    await outbox.plan(inChannel('pointless'), { ...inChannel('foreign'), kind: 'test.hello' });
    const { dispatcher, given } = outbox.startProcess({ words: async () => undefined });
    await dispatcher.run();
    expect(given).toEqual([]);
    expect(await outbox.states()).toEqual({ pointless: 'cancelled', foreign: 'rejected' });
  });
});

describe('an event in a platform’s own calendar', () => {
  it('is made, changed and taken down by the id that the platform gave it, with one mark', async () => {
    await outbox.plan(
      inCalendar('made'),
      inCalendar('moved', { do: 'change', of: 'made' }),
      inCalendar('off', { do: 'cancel', of: 'made' }),
    );
    const { dispatcher, given } = outbox.startProcess();
    await dispatcher.run();
    expect(given).toMatchObject([
      { how: 'save', to: 'server', words: 'made', on: undefined },
      { how: 'save', to: 'server', words: 'moved', on: 'm1' },
      { how: 'cancel', to: 'server', on: 'm1' },
    ]);
    expect(given[1]?.nonce).toBe(given[0]?.nonce);
  });

  it('that is off before it was made is neither made nor taken down', async () => {
    await outbox.plan(inCalendar('made'), inCalendar('off', { do: 'cancel', of: 'made' }));
    const { dispatcher, given } = outbox.startProcess({ words: async () => undefined });
    await dispatcher.run();
    expect(given).toEqual([]);
    expect(await outbox.states()).toEqual({ made: 'cancelled', off: 'cancelled' });
  });

  it('is refused where the platform has no calendar', async () => {
    await outbox.plan(inCalendar('made'));
    await outbox.startProcess({ without: ['discord'] }).dispatcher.run();
    expect(await outbox.rows()).toMatchObject([{ state: 'rejected', last_error: 'no-calendar' }]);
  });
});

describe('whoever planned a delivery', () => {
  const Word = z.object({ word: z.string() });

  it('learns how it ended, in the transaction that notes it, and only then', async () => {
    await outbox.plan({ ...inChannel('gone'), kind: 'test.told' }, { ...inCalendar('made'), kind: 'test.told-event' });
    const told: unknown[] = [];
    const ends = [{ kind: 'retry-later' } as const, { kind: 'unreachable' } as const];
    const { dispatcher } = outbox.startProcess({
      answers: ({ how }) => (how === 'post' ? ends.shift() : undefined),
      more: [
        {
          messages: [
            onPost('test.told', Word, {
              view: async () => message('Hello'),
              async settled(_repositories, payload, outcome, target) {
                told.push([payload, outcome, target.channel, target.act]);
              },
            }),
            onMirror('test.told-event', Word, {
              event: async () => ({ title: 'Tea', description: '', startsAt: START, endsAt: START, place: '' }),
              settled: async (_repositories, { word }, { state }) => void told.push([word, state]),
            }),
          ],
        },
      ],
    });
    await dispatcher.run();
    expect(told).toEqual([['made', 'sent']]);
    outbox.inSeconds(5);
    await dispatcher.run();
    expect(told.slice(1)).toEqual([
      [{ word: 'gone' }, { state: 'undeliverable', error: 'unreachable', mayBeThere: true }, general, { do: 'post' }],
    ]);
  });

  it('and makes a mistake in it does not get the message sent again', async () => {
    await outbox.plan({ ...inChannel('new'), kind: 'test.faulty' });
    const { dispatcher, given, logs } = outbox.startProcess({
      more: [
        {
          messages: [
            onPost('test.faulty', Word, {
              view: async () => message('Hello'),
              async settled({ members }) {
                await members.add(aMember());
                throw new Error('a mistake');
              },
            }),
          ],
        },
      ],
    });
    await dispatcher.run();
    outbox.inSeconds(200);
    await dispatcher.run();
    expect(given).toHaveLength(1);
    expect(await outbox.states()).toEqual({ new: 'sent' });
    expect(await outbox.database.connection.selectFrom('members').selectAll().execute()).toEqual([]);
    expect(logs()).toContain('what follows from a delivery failed');
  });
});

describe('the outbox in the database', () => {
  it('takes a delivery with one target only', async () => {
    const ana = aMember();
    await outbox.add(ana, anIdentity(ana.id));
    await outbox.plan(inChannel('new'));
    const change = (columns: Record<string, string | null>) =>
      outbox.database.connection.updateTable('deliveries').set(columns).execute();
    for (const columns of [
      { member_id: ana.id },
      { act: null },
      { space_platform: null },
      { space_id: null },
      { channel_id: null },
      { act: 'make' },
      { act: 'reply' },
      { of_key: 'x' },
      { act: 'shout' },
    ]) {
      await expect(change(columns), JSON.stringify(columns)).rejects.toThrow(/CHECK constraint failed/);
    }
  });
});
