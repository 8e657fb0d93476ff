import { PermissionFlagsBits } from 'discord.js';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { message } from '../../src/bot/views.js';
import type { ChannelRef } from '../../src/domain/notifications/channel.js';
import type { Channels, Delivered, MirroredEvent, ScheduledEvents } from '../../src/platforms/platform.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;
let channels: Channels;
let events: ScheduledEvents;

beforeEach(async () => {
  on = await startOnDiscord();
  const { platform } = on;
  if (!platform.channels || !platform.scheduledEvents) throw new Error('Discord has both.');
  channels = platform.channels;
  events = platform.scheduledEvents;
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

const at = (channelId: string): ChannelRef => ({ platform: 'discord', externalId: on.guild.id, channelId });
const space = () => ({ platform: 'discord' as const, externalId: on.guild.id });
const post = (channelId: string, nonce = 'd-1', under?: string) =>
  channels.post({ channel: at(channelId), under }, message('Hello @everyone'), nonce);
const idOf = (delivered: Delivered) => (delivered.kind === 'sent' ? (delivered.messageId ?? '') : delivered.kind);
const seen = () => on.guild.messagesSeenBy(on.ana);
const { ViewChannel, SendMessages, EmbedLinks, ReadMessageHistory, SendMessagesInThreads, CreateEvents } =
  PermissionFlagsBits;
const ENOUGH = ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory;

describe('looking at a channel', () => {
  it('finds one that can be written in, and says which permission another lacks', async () => {
    const events = on.guild.addChannel({ name: 'events', botPermissions: ENOUGH });
    const quiet = on.guild.addChannel({ name: 'quiet', botPermissions: ViewChannel | ReadMessageHistory });
    const secret = on.guild.addChannel({ name: 'secret', botPermissions: 0n });
    expect(await channels.check(at(events.id))).toEqual({ kind: 'open', name: 'events' });
    expect(await channels.check(at(quiet.id))).toEqual({
      kind: 'forbidden',
      name: 'quiet',
      missing: ['Send Messages', 'Embed Links'],
    });
    expect(await channels.check(at(secret.id))).toEqual({
      kind: 'forbidden',
      name: undefined,
      missing: ['View Channel'],
    });
  });

  it('takes announcement channels and threads, and neither categories nor channels of other servers', async () => {
    const news = on.guild.addChannel({ name: 'news', type: 5 });
    const events = on.guild.addChannel({ name: 'events', botPermissions: ENOUGH });
    const thread = on.guild.addChannel({ name: 'a thread', type: 11, parent: events });
    const category = on.guild.addChannel({ name: 'A category', type: 4 });
    const elsewhere = on.discord.addGuild({ name: 'Elsewhere' });
    expect(await channels.check(at(news.id))).toEqual({ kind: 'open', name: 'news' });
    expect(await channels.check(at(thread.id))).toMatchObject({ missing: ['Send Messages in Threads'] });
    on.guild.allowBot(events, ENOUGH | SendMessagesInThreads);
    expect(await channels.check(at(thread.id))).toEqual({ kind: 'open', name: 'a thread' });
    expect(await channels.check(at(category.id))).toEqual({ kind: 'unfit', name: 'A category' });
    expect(await channels.check(at(elsewhere.general.id))).toEqual({ kind: 'gone' });
    expect(await channels.check(at('../../users/@me'))).toEqual({ kind: 'gone' });
    expect((await channels.list(space())).map(({ name }) => name)).toEqual(['general', 'news', 'events']);
  });

  it('tells one that is gone from Discord being silent', async () => {
    expect(await channels.check(at('400000000000000999'))).toEqual({ kind: 'gone' });
    on.discord.failNext(4, { status: 503, route: 'GET /channels' });
    expect(await channels.check(at(on.guild.general.id))).toEqual({ kind: 'unknown' });
  });
});

describe('posting', () => {
  it('writes once for a nonce, answers beneath, and changes what it wrote', async () => {
    const { general } = on.guild;
    const id = idOf(await post(general.id));
    expect(idOf(await post(general.id))).toBe(id);
    const answer = idOf(await post(general.id, 'd-2', id));
    expect(seen().map(({ message: one }) => [one?.id, one?.answersId])).toEqual([
      [id, undefined],
      [answer, id],
    ]);
    expect(seen()[0]?.pings).toEqual([]);
    await channels.edit({ channel: at(general.id), messageId: id }, message('It moved'));
    expect(seen()[0]?.text).toContain('It moved');
  });

  it('is not repeated when only the word of it was lost', async () => {
    on.discord.dropConnectionNext(1, { isHandled: true, isReset: true, route: '/messages' });
    expect((await post(on.guild.general.id)).kind).toBe('sent');
    expect(seen()).toHaveLength(1);
  });

  it('stands by itself when what it answers is gone, or cannot be read back', async () => {
    const { general } = on.guild;
    expect((await post(general.id, 'd-1', '400000000000000999')).kind).toBe('sent');
    const id = idOf(await post(general.id, 'd-2'));
    on.guild.allowBot(general, ViewChannel | SendMessages | EmbedLinks);
    expect((await post(general.id, 'd-3', id)).kind).toBe('sent');
    expect(seen().map(({ message: one }) => one?.answersId)).toEqual([undefined, undefined, undefined]);
  });

  it('says when a channel is lost for good, and when only a message is', async () => {
    const channel = on.guild.addChannel({ name: 'events' });
    const id = idOf(await post(channel.id));
    expect(await channels.edit({ channel: at(channel.id), messageId: '400000000000000999' }, message('x'))).toEqual({
      kind: 'rejected',
      reason: 'discord-10008',
    });
    on.guild.allowBot(channel, ViewChannel);
    expect(await post(channel.id, 'd-2')).toEqual({ kind: 'unreachable' });
    on.guild.allowBot(channel, 0n);
    expect(await channels.edit({ channel: at(channel.id), messageId: id }, message('x'))).toEqual({
      kind: 'unreachable',
    });
    on.guild.removeChannel(channel);
    expect(await post(channel.id, 'd-3')).toEqual({ kind: 'unreachable' });
    on.discord.failNext(4, { status: 503, route: 'POST /channels' });
    expect(await post(on.guild.general.id, 'd-4')).toEqual({ kind: 'retry-later' });
  });
});

describe('a server’s own events', () => {
  const startsAt = DateTime.utc().plus({ days: 3 }).startOf('second');
  const reading: MirroredEvent = {
    title: 'Reading: Concrete Problems',
    description: 'We read it together.',
    startsAt,
    endsAt: startsAt.plus({ hours: 2 }),
    place: 'Rua Augusta 1, Lisbon',
  };

  it('are made, brought up to date and taken down', async () => {
    const made = await events.save(space(), reading, 'd-1', undefined);
    const [event] = on.guild.scheduledEvents();
    expect(made).toEqual({ kind: 'sent', channelId: on.guild.id, messageId: event?.id });
    expect(event).toMatchObject({
      name: reading.title,
      entity_metadata: { location: reading.place },
      scheduled_end_time: reading.endsAt.toISO(),
    });
    await events.save(space(), { ...reading, title: 'Renamed' }, 'd-1', idOf(made));
    expect(on.guild.scheduledEvents()).toMatchObject([{ name: 'Renamed' }]);
    await events.cancel(space(), idOf(made));
    expect(on.guild.scheduledEvents()).toEqual([]);
    expect((await events.cancel(space(), idOf(made))).kind).toBe('sent');
    expect(await events.save(space(), reading, 'd-1', idOf(made))).toEqual({
      kind: 'rejected',
      reason: 'discord-10070',
    });
  });

  it('are made once, also when Discord’s word of it was lost', async () => {
    on.discord.dropConnectionNext(1, { isHandled: true, isReset: true, route: 'POST /guilds' });
    expect(await events.save(space(), reading, 'd-1', undefined)).toEqual({ kind: 'retry-later' });
    expect((await events.save(space(), { ...reading, title: 'Renamed' }, 'd-1', undefined)).kind).toBe('sent');
    expect(on.guild.scheduledEvents()).toMatchObject([{ name: 'Renamed' }]);
    expect((await events.save(space(), reading, 'd-10', undefined)).kind).toBe('sent');
    expect(on.guild.scheduledEvents()).toHaveLength(2);
  });

  it('fit, however long and strange the words', async () => {
    const long = `[x](https://evil.example) @everyone ${'🎉🇵🇹é'.repeat(900)}`;
    const told = { ...reading, title: long, description: long, place: long };
    expect((await events.save(space(), told, 'd-1', undefined)).kind).toBe('sent');
    expect(String(on.guild.scheduledEvents()[0]?.description)).toMatch(/^\\\[x\]\(.*\\@everyone.*— Rollcall d-1$/su);
    expect((await events.save(space(), { ...reading, title: ' ', place: '' }, 'd-2', undefined)).kind).toBe('sent');
  });

  it('are refused without the right, and beyond a hundred', async () => {
    expect(await events.check(space())).toEqual({ kind: 'open' });
    for (let count = 0; count < 100; count += 1) await events.save(space(), reading, `d-${count}x`, undefined);
    expect(await events.save(space(), reading, 'd-1', undefined)).toEqual({
      kind: 'rejected',
      reason: 'discord-30038',
    });
    on.guild.allowBotHere(ENOUGH);
    expect(await events.check(space())).toEqual({ kind: 'forbidden', missing: ['Create Events'] });
    expect(await events.save(space(), reading, 'd-3', undefined)).toEqual({ kind: 'unreachable' });
    on.guild.allowBotHere(ENOUGH | CreateEvents);
    expect(await events.check(space())).toEqual({ kind: 'open' });
  });
});
