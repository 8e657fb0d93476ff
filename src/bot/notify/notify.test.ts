import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, formId, formOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { anEvent } from '../../../tests/builders/events.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Event } from '../../domain/events/event.js';
import type { Org } from '../../domain/orgs/org.js';
import { movableClock } from '../../shared/clock.js';
import { encodeAction } from '../action-codec.js';
import type { Visitor } from '../actor.js';
import { respondTo } from '../events/events-actions.js';
import type { Reply } from '../reply.js';
import type { Select } from '../views.js';

/** A Tuesday in winter; Lisbon is on UTC. */
const START = DateTime.fromISO('2026-11-24T10:00:00Z', { zone: 'utc' }) as DateTime<true>;

let clock: ReturnType<typeof movableClock>;
let rollcall: Awaited<ReturnType<typeof startBot>>;
let baish: Org;

const ana = aVisitor({ zone: 'Europe/Lisbon' });
/** On Discord, which tells no zone. */
const ben = aVisitor({ account: { ...ana.account, accountId: '700000000000000002' }, displayName: 'Ben' });

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock });
  baish = await keepOrg({ name: 'BAISH', slug: 'baish' });
  for (const who of [ana, ben]) await joins(who, baish);
});
afterEach(() => rollcall.stop());

const keepOrg = async (told: Partial<Org>) => {
  const org = anOrg(told);
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
  return org;
};
const joins = async (who: Visitor, org: Org) => {
  const { member } = await rollcall.services.members.agree({ ...who, directChannelId: undefined });
  await rollcall.inTransaction(({ orgs }) => orgs.saveMembership(aMembership({ orgId: org.id, memberId: member.id })));
};
const keep = async (told: Partial<Event> = {}) => {
  const event = anEvent({ orgId: baish.id, startsAt: START.plus({ days: 9 }), ...told });
  await rollcall.inTransaction(({ events }) => events.addAll([event]));
  return event;
};
const runs = (who: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(who, name, texts);
const press = (who: Visitor, reply: Reply, label: string, values: string[] = []) =>
  rollcall.bot.press(who, tapOf(reply, label), values);
const selectsOf = (reply: Reply) => viewOf(reply).blocks.filter((block): block is Select => block.kind === 'select');
const choose = (who: Visitor, reply: Reply, position: number, ...values: string[]) => {
  const select = selectsOf(reply)[position];
  if (!select) throw new Error(`no select ${position}`);
  return rollcall.bot.press(who, encodeAction(select.action), values);
};
const chosenOf = (reply: Reply, position: number) =>
  selectsOf(reply)[position]?.options.flatMap(({ value, isChosen }) => (isChosen ? [value] : []));
const suggested = async (command: string, option: string, text: string) =>
  (await rollcall.bot.suggest(ana, { command, option, text })).map(({ value }) => value);
const says = (who: Visitor, event: Event, response: 'going' | 'interested' | 'not_going') =>
  rollcall.bot.press(who, encodeAction(respondTo.with({ event: event.id, response, own: true })), []);

describe('the panel', () => {
  it('says what happens next, shows what is chosen, and changes it in place', async () => {
    for (let count = 0; count < 3; count += 1) await keep();
    const panel = await runs(ana, 'notify show');
    expect(wordsOf(panel)).toContain('Sunday 18:00 Lisbon, 2026-11-29 18:00 UTC: digest of 3 events.');
    expect([0, 1, 2].map((position) => chosenOf(panel, position))).toEqual([
      ['weekly'],
      ['1d', '1h'],
      ['talk', 'workshop', 'reading_group', 'social', 'coworking', 'conference', 'course', 'other'],
    ]);
    const daily = await choose(ana, panel, 0, 'daily');
    expect(daily.kind).toBe('replace');
    expect(wordsOf(daily)).toContain('Wednesday 09:00 Lisbon, 2026-11-25 09:00 UTC: digest of 3 events.');
    const none = await choose(ana, await choose(ana, daily, 1), 2, 'talk', 'nonsense');
    expect(wordsOf(none)).toContain('So far it would hold nothing new, and then none is sent.');
    expect([1, 2].map((position) => chosenOf(none, position))).toEqual([[], ['talk']]);
    const muted = await choose(ana, none, 3, `mute:${baish.id}`);
    expect(wordsOf(muted)).toContain('all your orgs are muted');
    const heard = await choose(ana, muted, 3, `unmute:${baish.id}`);
    expect(wordsOf(heard)).toContain('You hear of new events of BAISH again.');
  });

  it('changes nothing by what is none of its choices', async () => {
    const panel = await runs(ana, 'notify show');
    const before = wordsOf(panel);
    for (const [position, value] of [
      [0, 'hourly'],
      [3, 'mute:x'],
      [3, `drop:${baish.id}`],
      [3, ''],
    ] as const) {
      expect(wordsOf(await choose(ana, panel, position, value))).toBe(before);
    }
    const stranger = await keepOrg({ name: 'Strangers', slug: 'strangers' });
    expect(wordsOf(await choose(ana, panel, 3, `mute:${stranger.id}`))).toContain('You are not in Strangers');
  });

  it('stops everything, and turns it on again as it was', async () => {
    const stopped = await press(ana, await runs(ana, 'notify show'), 'Stop everything');
    expect(wordsOf(stopped)).toContain('Messages are off.');
    const again = await press(ana, stopped, 'Turn messages on again');
    expect(wordsOf(again)).toContain('Sunday 18:00 Lisbon');
  });

  it('takes quiet hours and a zone from forms, which come back with what was wrong', async () => {
    const panel = await runs(ana, 'notify show');
    const quiet = formOf(await press(ana, panel, 'Change quiet hours'));
    expect(quiet.fields[0]?.initial).toBe('22:00-08:00');
    const wrong = await rollcall.bot.submit(ana, formId(quiet), { hours: 'at night' });
    expect(wrong).toMatchObject({ kind: 'correct', problems: { hours: expect.stringContaining('22:00-08:00') } });
    expect(wordsOf(await rollcall.bot.submit(ana, formId(quiet), { hours: '23-7:30' }))).toContain('23:00–07:30');
    const zone = formOf(await press(ana, panel, 'Change time zone'));
    const unknown = await rollcall.bot.submit(ana, formId(zone), { zone: 'Xyzzyplugh' });
    expect(unknown).toMatchObject({ kind: 'correct', problems: { zone: expect.stringContaining('Xyzzyplugh') } });
    const kathmandu = await rollcall.bot.submit(ana, formId(zone), { zone: 'Asia/Kathmandu' });
    expect(wordsOf(kathmandu)).toContain('where it is 15:45 now');
    expect(wordsOf(kathmandu)).toContain('Sunday 18:00 Kathmandu');
  });

  it('is for those who agreed', async () => {
    const stranger = aVisitor({ account: { ...ana.account, accountId: '700000000000000009' } });
    expect(wordsOf(await runs(stranger, 'notify show'))).toContain('Before we start');
  });
});

describe('a command', () => {
  it.each([
    ['frequency', { value: 'all' }, 'each new event as it is found', 'weekly digest'],
    ['reminders', { values: '1h, 1w' }, '1 week and 1 hour before', '1 day and 1 hour before'],
    ['reminders', { values: 'none' }, 'no reminders', '1 day and 1 hour before'],
    ['types', { values: 'Talk,reading group' }, 'Talk and reading group', 'all types'],
    ['quiet', { hours: 'off' }, 'Quiet hours are off', '22:00–08:00'],
    ['timezone', { zone: 'buenos aires' }, 'Buenos Aires, where it is 07:00 now', 'Europe/Lisbon'],
    ['mute', { org: 'BAISH' }, 'BAISH is muted', 'You hear of new events of BAISH again'],
  ])('%s %j says what is now true, and Undo takes it back', async (name, texts, now, before) => {
    const changed = await runs(ana, `notify ${name}`, texts);
    expect(wordsOf(changed)).toContain(now);
    expect(wordsOf(await press(ana, changed, 'Undo'))).toContain(before);
    expect(wordsOf(await press(ana, changed, 'All notification settings'))).toContain('Quiet hours');
  });

  it.each([
    ['frequency', { value: 'hourly' }, 'It takes one of all, daily, weekly, none.'],
    ['reminders', { values: '2h' }, 'with commas between, or none.'],
    ['types', { values: 'talk,<@1>' }, 'with commas between, or all.'],
    ['quiet', { hours: '🌙'.repeat(4_000) }, 'It takes two times of day such as 22:00-08:00, or off.'],
    ['quiet', { hours: '8-8' }, 'quiet all day'],
    ['timezone', { zone: 'Europe/Lisbn' }, 'Did you mean one of these?'],
    ['mute', { org: '\u202Eabc' }, 'abc'],
  ])('%s refuses nonsense in plain words', async (name, texts, words) => {
    expect(wordsOf(await runs(ana, `notify ${name}`, texts))).toContain(words);
    expect(wordsOf(await runs(ana, 'notify show'))).toContain('22:00–08:00');
  });

  it('offers a near zone to tap', async () => {
    const unknown = await runs(ana, 'notify timezone', { zone: 'Europe/Lisbn' });
    expect(wordsOf(await press(ana, unknown, 'Europe/Lisbon'))).toContain('Your time zone is Europe/Lisbon');
  });

  it('offers own orgs, zones, and lists that go on from what was typed', async () => {
    await keepOrg({ name: 'Bavarian Strangers', slug: 'bavaria' });
    expect(await suggested('notify mute', 'org', 'ba')).toEqual(['baish']);
    expect(await suggested('notify unmute', 'org', '')).toEqual([]);
    await runs(ana, 'notify mute', { org: 'baish' });
    expect(await suggested('notify unmute', 'org', '')).toEqual(['baish']);
    expect(await suggested('notify timezone', 'zone', 'lisb')).toContain('Europe/Lisbon');
    expect(await suggested('notify timezone', 'zone', 'New Y')).toContain('America/New_York');
    expect(await suggested('notify types', 'values', 'talk, wor')).toEqual(['talk,workshop', 'talk,coworking']);
    expect(await suggested('notify reminders', 'values', '')).toEqual(['1w', '1d', '1h', 'none']);
  });
});

describe('a member without a zone', () => {
  it('is asked once, after a command or the first Going, and never when the platform knows it', async () => {
    const event = await keep();
    const going = await says(ben, event, 'going');
    expect(wordsOf(going)).toContain('which time zone are you in?');
    expect(wordsOf(await says(ben, await keep(), 'going'))).not.toContain('which time zone');
    expect(wordsOf(await runs(ben, 'notify frequency', { value: 'daily' }))).not.toContain('which time zone');
    expect(wordsOf(await says(ana, event, 'going'))).not.toContain('which time zone');
    const form = formOf(await press(ben, going, 'Choose time zone'));
    expect(wordsOf(await rollcall.bot.submit(ben, formId(form), { zone: 'Tokyo' }))).toContain('09:00 Tokyo');
  });

  it('has the platform’s from the first act at which it is told', async () => {
    await runs({ ...ben, zone: 'Asia/Tokyo' }, 'orgs mine');
    expect(wordsOf(await runs(ben, 'notify show'))).toContain('18:00 Tokyo');
  });
});

describe('the reminders of one event', () => {
  it('are told with the answer, changed for it alone, and not there without one', async () => {
    const event = await keep();
    const going = await says(ana, event, 'going');
    expect(wordsOf(going)).toContain('I’ll remind you 1 day and 1 hour before.');
    const change = await press(ana, going, 'Change');
    const week = await choose(ana, change, 0, '1w');
    expect(wordsOf(week)).toContain('I’ll remind you 1 week before.');
    expect(wordsOf(await runs(ana, 'events show', { event: event.id }))).toContain('I’ll remind you 1 week before.');
    expect(wordsOf(await press(ana, week, 'My usual ones'))).toContain('I’ll remind you 1 day and 1 hour before.');
    expect(wordsOf(await choose(ana, week, 0))).toContain('I won’t remind you of it.');
    const not = await says(ana, event, 'not_going');
    expect(wordsOf(not)).not.toContain('remind');
    expect(buttonsOf(viewOf(not)).map(({ label }) => label)).not.toContain('Change');
    expect(wordsOf(await press(ana, going, 'Change'))).toContain('Reminders go to those who are going or interested.');
  });

  it('say that none will come to who is only interested and wants no news', async () => {
    await runs(ana, 'notify frequency', { value: 'none' });
    expect(wordsOf(await says(ana, await keep(), 'interested'))).toContain(
      'No reminders, as you want to hear of nothing',
    );
  });

  it('say honestly that none will come any more', async () => {
    await runs(ana, 'notify reminders', { values: '1d' });
    const soon = await keep({ startsAt: START.plus({ hours: 3 }) });
    expect(wordsOf(await says(ana, soon, 'interested'))).toContain('too close for your reminders (1 day before)');
    const now = await keep({ startsAt: START.plus({ minutes: 20 }) });
    expect(wordsOf(await says(ana, now, 'going'))).toContain('It begins soon, so no reminder will come any more.');
  });
});

describe('somebody who cannot be reached', () => {
  const close = (reach: 'open' | 'closed') =>
    rollcall.database.connection.updateTable('identities').set({ reach, direct_channel_id: null }).execute();

  it('is told so below the next answer, once a day, and can try whether it is mended', async () => {
    await close('closed');
    const told = await runs(ana, 'orgs mine');
    expect(wordsOf(told)).toContain('I can’t write to you.');
    expect(wordsOf(await runs(ana, 'orgs mine'))).not.toContain('I can’t write to you.');
    clock.moveTo(START.plus({ days: 2 }));
    expect(wordsOf(await runs(ana, 'orgs mine'))).toContain('I can’t write to you.');
    await press(ana, told, 'Try again');
    await press(ana, told, 'Try again');
    await rollcall.settle();
    expect(rollcall.sent.filter(({ accountId }) => accountId === ana.account.accountId)).toHaveLength(2);
    clock.moveTo(START.plus({ days: 4 }));
    expect(wordsOf(await runs(ana, 'orgs mine'))).not.toContain('I can’t write to you.');
  });

  it('is tried again once they write to the bot in their own conversation, and by nothing else', async () => {
    await close('closed');
    const reach = async () =>
      (await rollcall.database.connection.selectFrom('identities').selectAll().execute()).find(
        ({ account_id }) => account_id === ana.account.accountId,
      );
    await runs(ana, 'orgs mine');
    await runs({ ...ana, place: { kind: 'direct', channelId: undefined } }, 'orgs mine');
    expect(await reach()).toMatchObject({ reach: 'closed' });
    await rollcall.bot.hear({ ...ana, place: { kind: 'direct', channelId: 'dm-ana' } }, 'hello');
    expect(await reach()).toMatchObject({ reach: 'unknown', direct_channel_id: 'dm-ana' });
  });

  it('counts in the org’s reach, which its admins see', async () => {
    const memberId = (await rollcall.services.members.find(ana.account))?.member.id;
    if (!memberId) throw new Error('no member');
    const asAdmin = aMembership({ orgId: baish.id, memberId, role: 'admin' });
    await rollcall.inTransaction(({ orgs }) => orgs.saveMembership(asAdmin));
    expect(wordsOf(await runs(ana, 'manage show', { org: 'baish' }))).toContain('2 of 2 members reachable');
    await close('closed');
    const shown = wordsOf(await runs(ana, 'manage show', { org: 'baish' }));
    expect(shown).toContain('0 of 2 members reachable');
    expect(shown).toContain('2 members have closed them or left');
  });
});
