import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Announcing, EVENTS_CHANNEL, SPACE, startAnnouncing } from '../../../tests/builders/announcing.js';
import { aVisitor, buttonsOf, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import type { CalendarCheck, ChannelCheck } from '../../domain/notifications/channel.js';
import { encodeAction } from '../action-codec.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';
import { announceNext, announceOff, chooseChannel, endMirror, setChannel } from './announce-actions.js';

let on: Announcing;
/** What the platform says of a channel, and of the space's calendar. */
let check: ChannelCheck;
let calendar: CalendarCheck;

/** Manages the space. */
const ana: Visitor = aVisitor({
  managesSpace: true,
  place: { kind: 'space', externalId: SPACE.externalId, channelId: EVENTS_CHANNEL.channelId },
});
/** Is in the space and looks after nothing. */
const ben: Visitor = { ...ana, displayName: 'Ben', managesSpace: false, account: { ...ana.account, accountId: '7' } };

beforeEach(async () => {
  check = { kind: 'open', name: 'events' };
  calendar = { kind: 'open' };
  on = await startAnnouncing({ looks: { check: async () => check, checkCalendar: async () => calendar } });
  for (const visitor of [ana, ben]) await on.services.members.agree({ ...visitor, directChannelId: undefined });
});
afterEach(() => on.stop());

const runs = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  on.bot.runCommand(visitor, `manage announce ${name}`, texts);
const press = (visitor: Visitor, reply: Reply, label: string) => on.bot.press(visitor, tapOf(reply, label), []);
const set = (texts: Record<string, string> = {}) => runs(ana, 'set', { channel: '#events', ...texts });

describe('choosing a channel', () => {
  it('shows by the next event what a post looks like', async () => {
    expect(wordsOf(await set())).toContain('Nothing is ahead yet');
    await on.database.inTransaction(({ events }) => events.addAll([on.event({ title: 'The next one' })]));
    const words = wordsOf(await set());
    expect(words).toContain('A post looks like this');
    expect(words).toContain('The next one');
    expect(on.far.posts).toEqual([]);
  });

  it('shows it as well when announcements are turned on again', async () => {
    await set();
    await on.database.inTransaction(({ events }) => events.addAll([on.event({ title: 'The next one' })]));
    const undone = await press(ana, await runs(ana, 'off'), 'Undo');
    expect(wordsOf(undone)).toContain('The next one');
    expect(wordsOf(undone)).not.toContain('Nothing is ahead yet');
  });

  it.each<[string, ChannelCheck, string]>([
    ['is gone', { kind: 'gone' }, 'I can’t find a channel #events'],
    ['takes no posts', { kind: 'unfit', name: 'Old' }, '#Old takes no posts'],
    [
      'lacks a permission',
      { kind: 'forbidden', name: 'events', missing: ['Send Messages'] },
      'Missing there for Rollcall: Send Messages',
    ],
    ['was not told', { kind: 'unknown' }, 'I could not look at that channel just now'],
    [
      'it was not invited to',
      { kind: 'forbidden', name: 'x', missing: [], invite: '/invite @Rollcall' },
      'type /invite @Rollcall there',
    ],
  ])('stores nothing for one that %s', async (_words, answer, words) => {
    const before = await on.channel();
    check = answer;
    const reply = await runs(ana, 'set', { channel: '#events' });
    expect(wordsOf(reply)).toContain(words);
    expect(wordsOf(reply)).toContain('Nothing was changed');
    expect(await on.channel()).toEqual(before);
  });

  it('takes hostile words for words', async () => {
    check = { kind: 'gone' };
    const words = wordsOf(await runs(ana, 'set', { channel: `<#1|${'@everyone'.repeat(9)}>` }));
    expect(words).toContain('I can’t find a channel');
    expect((await runs(ana, 'set', { channel: 'x'.repeat(4_000) })).kind).toBe('show');
  });

  it('keeps the calendar as it was unless it is named, and says kindly where there is none', async () => {
    expect(wordsOf(await set({ mirror: 'yes' }))).toContain('own events are kept in step, too');
    expect(wordsOf(await set())).toContain('own events stay in step');
    expect((await on.channel())?.isMirrored).toBe(true);
    calendar = { kind: 'none' };
    expect(wordsOf(await set({ mirror: 'yes' }))).toContain('that works on Discord only');
    calendar = { kind: 'forbidden', missing: ['Create Events'] };
    expect(wordsOf(await set({ mirror: 'yes' }))).toContain('Missing for Rollcall: Create Events');
  });

  it('asks before it takes events out of the calendar', async () => {
    await on.database.inTransaction(({ events }) => events.addAll([on.event(), on.event()]));
    await set({ mirror: 'yes' });
    await on.settle();
    const asked = await set({ mirror: 'no' });
    expect(wordsOf(asked)).toContain('takes 2 events ahead out');
    expect(on.far.calendar()).toHaveLength(2);
    expect(wordsOf(await press(ana, asked, 'Take them out'))).toContain('2 events ahead are being taken out');
    await on.settle();
    expect(on.far.calendar()).toEqual([]);
    expect(wordsOf(await press(ana, asked, 'Take them out'))).toContain('None was ahead');
  });
});

describe('an announced event that gets another type from an organiser', () => {
  it('shows it in its post, once, and nobody is told', async () => {
    const event = on.event({ ruledType: 'talk' });
    await on.run({ added: [event] });
    const rights = { memberId: undefined, managedSpace: SPACE };
    for (const again of [1, 2]) {
      on.after({ minutes: again });
      await on.services.events.retype(event.id, 'workshop', rights);
      await on.settle();
    }
    expect(on.far.cards()).toMatchObject([{ edits: 1, text: expect.stringContaining('Workshop') }]);
    expect(on.far.replies()).toEqual([]);
  });
});

describe('turning it off and on', () => {
  it('offers to take it back, and says the same when it is done twice', async () => {
    const off = await runs(ana, 'off');
    expect(wordsOf(off)).toContain('Nothing is announced in #events any more');
    expect(wordsOf(await runs(ana, 'off'))).toContain('Nothing is announced in #events any more');
    expect((await on.channel())?.off?.because).toBe('asked');
    check = { kind: 'gone' };
    expect(wordsOf(await press(ana, off, 'Undo'))).toContain('I can’t find a channel');
    expect((await on.channel())?.off).toBeDefined();
    check = { kind: 'open', name: 'renamed' };
    expect(wordsOf(await press(ana, off, 'Undo'))).toContain('Announcements go to #renamed');
    expect(await on.channel()).toMatchObject({ name: 'renamed', off: undefined });
    const entries = on.database.sqlite.prepare("select action from audit_entries where action like 'announce.%'").all();
    expect(entries).toEqual([{ action: 'announce.off' }, { action: 'announce.set' }]);
  });

  it('leaves the choice of the calendar as it is', async () => {
    await set({ mirror: 'yes' });
    const off = await runs(ana, 'off');
    expect(wordsOf(off)).toContain('own events are still kept in step');
    await press(ana, off, 'Stop keeping server events');
    expect(await on.channel()).toMatchObject({ isMirrored: true, off: { because: 'asked' } });
  });
});

describe('the overview', () => {
  it('tells what works and what does not, with the next tap', async () => {
    const working = await runs(ana, 'show');
    expect(wordsOf(working)).toContain('This Discord server\n#events · on\nNothing posted yet');
    expect(wordsOf(await press(ana, working, 'Change channel'))).toContain('Where shall events of');
    await on.run({ added: [on.event()] });
    expect(wordsOf(await runs(ana, 'show'))).toContain('Last post');
    check = { kind: 'forbidden', name: 'events', missing: ['Send Messages'] };
    const broken = await runs(ana, 'show');
    expect(wordsOf(broken)).toContain('on, but not working');
    expect(buttonsOf(viewOf(broken)).map(({ label }) => label)).toContain('Choose a channel');
    const begin = await press(ana, broken, 'Keep server events too');
    expect(wordsOf(begin)).toContain('own events are kept in step, too');
  });
});

describe('the overview of several spaces', () => {
  it('tells them apart without their platforms’ ids', async () => {
    const other = { ...SPACE, externalId: '600000000000000009' };
    await on.database.inTransaction(({ orgs }) => orgs.addSpace(other, on.org.id, on.clock.now()));
    const words = wordsOf(await runs(ana, 'show'));
    expect(words).toContain('This Discord server\n#events · on');
    expect(words).toContain('Discord server 2\nNo channel yet.');
    expect(words).not.toMatch(/\d{15}/);
  });
});

describe('rights', () => {
  it('are asked for at every command and every tap', async () => {
    const where = { org: on.org.id, space: SPACE };
    const refused = `Only admins of ${on.org.name}`;
    expect(wordsOf(await runs(ben, 'set', { channel: '#events', org: on.org.slug }))).toContain(refused);
    expect(wordsOf(await runs(ben, 'off', { org: on.org.slug }))).toContain(refused);
    expect(wordsOf(await runs(ben, 'show', { org: on.org.slug }))).toContain(refused);
    for (const tap of [
      announceOff.with(where),
      chooseChannel.with(where),
      endMirror.with(where),
      announceNext.with({ source: on.sourceId }),
    ]) {
      expect(wordsOf(await on.bot.press(ben, encodeAction(tap), [])), tap.action).toContain(refused);
    }
    expect(wordsOf(await on.bot.press(ben, encodeAction(setChannel.with(where)), ['1']))).toContain(refused);
    expect((await on.channel())?.off).toBeUndefined();
    expect(await on.bot.suggest(ben, { command: 'manage announce set', option: 'channel', text: '' })).toEqual([]);
    expect(await on.bot.suggest(ana, { command: 'manage announce set', option: 'channel', text: 'EV' })).toEqual([
      { value: EVENTS_CHANNEL.channelId, label: '#events' },
    ]);
  });

  it('reach no space of another org', async () => {
    const elsewhere = { ...where(), space: { ...SPACE, externalId: '600000000000000009' } };
    const reply = await on.bot.press(ana, encodeAction(setChannel.with(elsewhere)), [EVENTS_CHANNEL.channelId]);
    expect(wordsOf(reply)).toContain('That works in a server or workspace of');
    const direct = { ...ana, place: { kind: 'direct', channelId: 'dm' } } as const;
    expect(wordsOf(await runs(direct, 'set', { channel: 'x', org: on.org.slug }))).toContain('Only admins of');
  });

  const where = () => ({ org: on.org.id });
});

describe('announcing the next three', () => {
  const next = async () =>
    wordsOf(await on.bot.press(ana, encodeAction(announceNext.with({ source: on.sourceId })), []));

  it('posts the soonest of that calendar, once', async () => {
    expect(await next()).toContain('Nothing public is ahead');
    const days = [5, 1, 3, 2, 4].map((count) =>
      on.event({ title: `Day ${count}`, startsAt: on.clock.now().plus({ days: count }) }),
    );
    await on.database.inTransaction(({ events }) => events.addAll(days));
    expect(await next()).toContain('3 events will be in #events');
    expect(await next()).toContain('announced in #events already');
    await on.settle();
    expect(on.far.cards().map(({ view }) => view.title)).toEqual(['Day 1', 'Day 2', 'Day 3']);
  });

  it('says where to go when there is no channel', async () => {
    await runs(ana, 'off');
    expect(await next()).toContain('No channel is chosen yet');
  });
});
