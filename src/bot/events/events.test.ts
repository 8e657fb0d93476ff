import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { anEvent } from '../../../tests/builders/events.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Event } from '../../domain/events/event.js';
import type { Membership, Org } from '../../domain/orgs/org.js';
import { movableClock } from '../../shared/clock.js';
import { encodeAction } from '../action-codec.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';
import { publicEventCard } from './event-card.js';
import { changeType, respondTo } from './events-actions.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;
const EVENING = DateTime.fromISO('2026-03-05T18:30:00Z', { zone: 'utc' });

let clock: ReturnType<typeof movableClock>;
let rollcall: Awaited<ReturnType<typeof startBot>>;
let baish: Org;

const ana = aVisitor({ zone: 'Europe/Madrid' });
const visitor = aVisitor({ displayName: 'Ben', account: { ...ana.account, accountId: '700000000000000002' } });

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock });
  baish = await keepOrg({ name: 'BAISH', slug: 'baish' });
  await rollcall.services.members.agree({ ...ana, directChannelId: undefined });
});
afterEach(() => rollcall.stop());

const keepOrg = async (told: Partial<Org>): Promise<Org> => {
  const org = anOrg(told);
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
  return org;
};
const memberIdOf = async (who: Visitor) => {
  const known = await rollcall.services.members.find(who.account);
  if (!known) throw new Error('no such member');
  return known.member.id;
};
const joins = async (who: Visitor, org: Org, told: Partial<Membership> = {}) => {
  const memberId = await memberIdOf(who);
  await rollcall.inTransaction(({ orgs }) => orgs.saveMembership(aMembership({ orgId: org.id, memberId, ...told })));
};
const keep = async (told: Partial<Event> = {}): Promise<Event> => {
  const event = anEvent({ orgId: baish.id, startsAt: EVENING, ...told });
  await rollcall.inTransaction(({ events }) => events.addAll([event]));
  return event;
};
const runs = (who: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(who, name, texts);
const press = (who: Visitor, reply: Reply, label: string) => rollcall.bot.press(who, tapOf(reply, label), []);
const labelsOf = (reply: Reply) => buttonsOf(viewOf(reply)).map(({ label }) => label);
const linkOf = (reply: Reply, label: string) => {
  const found = buttonsOf(viewOf(reply)).find((one) => one.label === label);
  return found?.kind === 'link' ? found.url : undefined;
};
const said = () =>
  rollcall.database.connection.selectFrom('responses').select(['response', 'source', 'responded_at']).execute();

describe('/events upcoming', () => {
  it('tells when in the reader’s clocks and the event’s, where, who, and what they said', async () => {
    const event = await keep({ title: 'Concrete Problems' });
    await joins(ana, baish);
    await rollcall.bot.press(ana, encodeAction(respondTo.with({ event: event.id, response: 'going' })), []);
    const words = wordsOf(await runs(ana, 'events upcoming'));
    expect(words).toContain('1 event, all of them at your orgs.');
    expect(words).toContain(
      [
        'BAISH',
        'Concrete Problems',
        '2026-03-05 18:30 UTC – 2026-03-05 20:30 UTC · 18:30–20:30 in Lisbon',
        'Reading group · Rua Augusta 1, Lisbon',
        'You’re going · 1 going',
      ].join('\n'),
    );
  });

  it('works without consent, and keeps nothing', async () => {
    await keep({ title: 'Open evening' });
    const list = await runs(visitor, 'events upcoming');
    expect(wordsOf(list)).toContain('Open evening');
    expect(wordsOf(await press(visitor, list, 'Show'))).toContain('Open evening');
    expect(wordsOf(await runs(visitor, 'events past'))).toContain('No past events yet');
    expect(await rollcall.services.members.find(visitor.account)).toBeUndefined();
    expect(await rollcall.database.connection.selectFrom('personal_links').selectAll().execute()).toEqual([]);
  });

  it('marks what was cancelled and what runs, and writes whole days without an hour', async () => {
    await keep({ title: 'Called off', state: 'cancelled' });
    await keep({ title: 'Running', startsAt: START.minus({ hours: 1 }), endsAt: START.plus({ hours: 1 }) });
    const midnight = DateTime.fromISO('2026-03-07', { zone: 'Asia/Kathmandu' }).toUTC();
    await keep({
      title: 'Camp',
      startsAt: midnight,
      endsAt: midnight.plus({ days: 2 }),
      zone: 'Asia/Kathmandu',
      isAllDay: true,
    });
    const words = wordsOf(await runs(ana, 'events upcoming'));
    expect(words).toMatch(/Running\nNow · 2026-03-01 09:00 UTC/);
    expect(words).toMatch(/Called off\nCancelled · 2026-03-05 18:30 UTC/);
    expect(words).toMatch(/Camp\nSat 7 – Sun 8 March 2026\n/);
  });

  it('offers what there is elsewhere where there is nothing', async () => {
    const studio = await keepOrg({ name: 'Studio', slug: 'studio' });
    await keep({ title: 'Far ahead', startsAt: START.plus({ days: 40 }) });
    await keep({ title: 'Near' });
    const nothing = await runs(ana, 'events upcoming', { org: 'studio', within: '30d' });
    expect(wordsOf(nothing)).toContain('No events until 2026-03-31 10:00 UTC at Studio; 1 elsewhere.');
    expect(labelsOf(nothing)).toEqual(['Show them', 'All of this org', 'Show org', 'Past events']);
    const shown = wordsOf(await press(ana, nothing, 'Show them'));
    expect(shown).toContain('Near');
    expect(shown).not.toContain('Far ahead');
    await joins(ana, studio);
    expect(wordsOf(await runs(ana, 'events upcoming'))).toContain('Nothing at your orgs yet; 2 events elsewhere:');
  });

  it('says so where there is nothing at all, with a way on', async () => {
    const nothing = await runs(visitor, 'events upcoming', { type: 'talk', within: '2w' });
    expect(wordsOf(nothing)).toContain('No events of the kind talk until 2026-03-15 10:00 UTC yet.');
    expect(labelsOf(await press(visitor, nothing, 'All upcoming'))).toContain('Browse orgs');
  });

  it('pages with the filters kept', async () => {
    for (let at = 0; at < 8; at += 1)
      await keep({ title: `Talk ${at}`, ruledType: 'talk', startsAt: EVENING.plus({ hours: at }) });
    await keep({ title: 'A social', ruledType: 'social' });
    const first = await runs(visitor, 'events upcoming', { type: 'talk', org: 'baish', within: '2026-03-06' });
    const pager = viewOf(first).blocks.find((block) => block.kind === 'pager');
    if (pager?.kind !== 'pager' || !pager.next) throw new Error('no next page');
    const second = wordsOf(await rollcall.bot.press(visitor, encodeAction(pager.next), []));
    expect(second).toMatch(/Talk 6[\s\S]*Talk 7/);
    expect(second).not.toMatch(/Talk 5|A social/);
  });

  it('says how an option is written right', async () => {
    expect(wordsOf(await runs(visitor, 'events upcoming', { within: 'soon' }))).toContain('such as 24h, 7d or 2w');
    expect(wordsOf(await runs(visitor, 'events upcoming', { type: 'party' }))).toContain('reading_group');
  });
});

describe('/events show', () => {
  it('shows one event, with the member’s own link', async () => {
    await keep({ title: 'Concrete Problems', url: 'https://luma.com/abc?tk=x' });
    const card = await runs(ana, 'events show', { event: 'concrete' });
    const words = wordsOf(card);
    for (const part of [
      '18:30–20:30 in Lisbon',
      'Rua Augusta 1, Lisbon',
      'Reading group',
      'BAISH',
      'Bring a question.',
    ]) {
      expect(words).toContain(part);
    }
    expect(labelsOf(card)).toEqual(['Going', 'Interested', 'Not going', 'View on lu.ma', 'BAISH', 'Upcoming events']);
    expect(linkOf(card, 'View on lu.ma')).toMatch(/^https:\/\/luma\.com\/abc\?utm_source=rc-[0-9a-z]{16}$/);
    const open = await runs(visitor, 'events show', { event: 'concrete' });
    expect(linkOf(open, 'View on lu.ma')).toBe('https://luma.com/abc?tk=x');
  });

  it('has no link where there is no page', async () => {
    await keep({ url: undefined });
    expect(labelsOf(await runs(ana, 'events show', { event: 'reading' }))).not.toContain('View on lu.ma');
  });

  it('asks which one, and offers the nearest', async () => {
    await keep({ title: 'Reading I' });
    await keep({ title: 'Reading II' });
    const which = await runs(ana, 'events show', { event: 'reading' });
    expect(wordsOf(which)).toContain('fits several events');
    expect(wordsOf(await press(ana, which, 'Show'))).toContain('Reading I');
    const unknown = await runs(ana, 'events show', { event: 'redaing ii' });
    expect(labelsOf(unknown)).toContain('Upcoming events');
    expect(wordsOf(await runs(ana, 'events show', { event: 'zzz' }))).toContain('A word of its title is enough');
  });

  it('asks for those of the reader’s own orgs first', async () => {
    const elsewhere = await keepOrg({ name: 'Elsewhere', slug: 'elsewhere' });
    for (let day = 1; day <= 6; day += 1) {
      await keep({ title: 'Cake', orgId: elsewhere.id, startsAt: EVENING.plus({ days: day }) });
    }
    await keep({ title: 'Cake', startsAt: EVENING.plus({ days: 9 }) });
    await joins(ana, baish);
    expect(wordsOf(await runs(ana, 'events show', { event: 'cake' }))).toMatch(/several events.*BAISH.*Elsewhere/s);
  });

  it('offers events by title, day and org while one types', async () => {
    const event = await keep({ title: `${'Long '.repeat(60)}title` });
    const [offered] = await rollcall.bot.suggest(ana, { command: 'events show', option: 'event', text: 'long' });
    expect(offered?.value).toBe(event.id);
    expect(offered?.label).toMatch(/^Long Long .*… · Thu 5 Mar, 19:30 · BAISH$/);
    expect([...(offered?.label ?? '')].length).toBeLessThanOrEqual(100);
  });

  it.each(['**@everyone** <@1> [a](https://evil.example)', '\u202Egnp.eman', '👩‍👩‍👧‍👦'.repeat(500), 'x'.repeat(4000)])(
    'takes any title for text: %.30s',
    async (title) => {
      const event = await keep({ title, description: title });
      for (const reply of [await runs(ana, 'events upcoming'), await runs(ana, 'events show', { event: event.id })]) {
        expect(wordsOf(reply)).toContain(title);
      }
      expect(viewOf(await runs(ana, 'events show', { event: event.id })).title).toBe(title);
    },
  );
});

describe('Going, Interested, Not going', () => {
  it('records it once, says what comes next, and can be changed and undone', async () => {
    await keep({ title: 'Concrete Problems' });
    const card = await runs(ana, 'events show', { event: 'concrete' });
    const going = await press(ana, card, 'Going');
    expect(going.kind).toBe('replace');
    expect(wordsOf(going)).toMatch(/You’re going\.[\s\S]*register there too[\s\S]*1 going/);
    expect(labelsOf(going)).toEqual([
      'Change',
      'Register on lu.ma',
      'Interested',
      'Not going',
      'Undo',
      'Join',
      'Show event',
      'Upcoming events',
    ]);
    expect(linkOf(going, 'Register on lu.ma')).toContain('utm_source=rc-');
    const first = await said();
    expect(first).toEqual([{ response: 'going', source: 'member', responded_at: '2026-03-01T10:00:00.000Z' }]);

    clock.moveTo(START.plus({ hours: 1 }));
    await press(ana, card, 'Going');
    expect(await said()).toEqual(first);

    const interested = await press(ana, going, 'Interested');
    expect(wordsOf(interested)).toMatch(/You’re interested\.[\s\S]*1 interested/);
    expect(await said()).toMatchObject([{ response: 'interested', responded_at: '2026-03-01T11:00:00.000Z' }]);
    const undone = await press(ana, interested, 'Undo');
    expect(wordsOf(undone)).toContain('Your answer is taken back.');
    expect(await said()).toEqual([]);
    expect(wordsOf(await press(ana, undone, 'Not going'))).toContain('please cancel there too');
  });

  it('leaves a channel’s card as it is, and shows nobody’s name', async () => {
    const event = await keep();
    await rollcall.services.members.agree({ ...visitor, directChannelId: undefined });
    const card = publicEventCard(event, baish, { going: 0, interested: 0 });
    const [tap] = buttonsOf(card);
    if (tap?.kind !== 'action') throw new Error('no button');
    expect(buttonsOf(card).find(({ kind }) => kind === 'link')).toMatchObject({ url: event.url });
    for (const who of [visitor, ana]) {
      const reply = await rollcall.bot.press(who, encodeAction(tap.action), []);
      expect(reply.kind).toBe('show');
      expect(wordsOf(reply)).not.toContain('Ben');
    }
    expect(wordsOf(await runs(ana, 'events show', { event: event.id }))).toContain('2 going');
  });

  it('goes on by itself after Agree', async () => {
    const event = await keep();
    const consent = await rollcall.bot.press(
      visitor,
      encodeAction(respondTo.with({ event: event.id, response: 'going' })),
      [],
    );
    expect(wordsOf(consent)).toContain('Before we start');
    expect(await said()).toEqual([]);
    expect(wordsOf(await press(visitor, consent, 'Agree'))).toContain('You’re going.');
    expect(await said()).toHaveLength(1);
  });

  it('tells kindly that it is too late, or that it does not take place', async () => {
    const event = await keep({ title: 'Concrete Problems' });
    const card = await runs(ana, 'events show', { event: 'concrete' });
    await rollcall.inTransaction(({ events }) => events.update({ ...event, state: 'cancelled' }));
    expect(wordsOf(await press(ana, card, 'Going'))).toContain('was cancelled');
    await rollcall.inTransaction(({ events }) => events.update(event));
    clock.moveTo(EVENING.plus({ hours: 2 }));
    const late = await press(ana, card, 'Going');
    expect(wordsOf(late)).toContain('is over');
    expect(labelsOf(late)).toEqual(['Upcoming events']);
    await rollcall.inTransaction(({ events }) => events.update({ ...event, state: 'withdrawn' }));
    expect(labelsOf(await press(ana, card, 'Going'))).toContain('Upcoming events');
    expect(await said()).toEqual([]);
    expect(labelsOf(await runs(ana, 'events past'))).not.toContain('Going');
  });

  it('takes nothing for what the member may not see', async () => {
    const event = await keep({ visibility: 'members-only' });
    const tap = encodeAction(respondTo.with({ event: event.id, response: 'going' }));
    expect(wordsOf(await rollcall.bot.press(ana, tap, []))).toContain('no longer here');
    await joins(ana, baish);
    expect(wordsOf(await rollcall.bot.press(ana, tap, []))).toContain('You’re going.');
  });
});

describe('the kind of an event', () => {
  it('is changed by admins, on the card, and left to its words again', async () => {
    const event = await keep({ title: 'Evening', ruledType: 'talk' });
    await joins(ana, baish, { role: 'admin' });
    const card = await runs(ana, 'events show', { event: event.id });
    expect(labelsOf(card)).toContain('Guests');
    const select = viewOf(card).blocks.find((block) => block.kind === 'select');
    if (select?.kind !== 'select') throw new Error('no select');
    expect(select.options[0]).toMatchObject({ label: 'By its words: Talk', isChosen: true });
    const tap = encodeAction(select.action);
    expect(wordsOf(await rollcall.bot.press(ana, tap, ['social']))).toContain('Social');
    expect(wordsOf(await rollcall.bot.press(ana, tap, ['nonsense']))).toContain('Social');
    expect(wordsOf(await runs(ana, 'manage audit', { org: 'baish' }))).toContain(
      'changed the kind of “Evening” from talk to social',
    );
    expect(wordsOf(await rollcall.bot.press(ana, tap, ['rules']))).toContain('Talk');
  });

  it('is none of other people’s business', async () => {
    const event = await keep();
    await joins(ana, baish);
    const card = await runs(ana, 'events show', { event: event.id });
    expect(labelsOf(card)).not.toContain('Guests');
    expect(viewOf(card).blocks.some(({ kind }) => kind === 'select')).toBe(false);
    const forged = encodeAction(changeType.with({ event: event.id }));
    expect(wordsOf(await rollcall.bot.press(ana, forged, ['social']))).toContain('Only admins of BAISH');
  });
});

describe('events elsewhere', () => {
  it('stand on an org’s card, in one’s own orgs, near by and at home', async () => {
    for (const at of [4, 1, 2, 3]) await keep({ title: `Evening ${at}`, startsAt: EVENING.plus({ days: at }) });
    await keep({ title: 'Board meeting', visibility: 'private' });
    const card = await runs(visitor, 'orgs show', { org: 'baish' });
    expect(wordsOf(card)).toMatch(/Coming up\nEvening 1[\s\S]*Evening 2[\s\S]*Evening 3/);
    expect(wordsOf(card)).not.toMatch(/Evening 4|Board meeting/);
    expect(wordsOf(await press(visitor, card, 'Events'))).toContain('Evening 4');
    await rollcall.inTransaction(({ orgs }) => orgs.update({ ...baish, isGlobal: true }));
    expect(wordsOf(await runs(ana, 'orgs nearby'))).toContain('4 upcoming events');
    await joins(ana, baish);
    expect(wordsOf(await runs(ana, 'orgs mine'))).toContain('Next: Evening 1 · 2026-03-06 18:30 UTC');
    const home = await rollcall.bot.home(ana);
    expect(wordsOf({ kind: 'show', view: home })).toMatch(/Coming up\nEvening 1/);
  });
});
