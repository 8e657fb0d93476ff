import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { type Attending, startAttending } from '../../../tests/builders/attending.js';
import type { Person } from '../../../tests/builders/going.js';
import { aMember } from '../../../tests/builders/members.js';
import { recapAt } from './recaps.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const event = (endsAt: string) => ({ startsAt: utc(endsAt).minus({ hours: 2 }), endsAt: utc(endsAt) });

describe('the morning of a recap', () => {
  it.each([
    ['after an evening', '2026-03-10T20:00Z', '2026-03-10T22:00Z', 'Europe/Lisbon', '2026-03-11T09:00'],
    [
      'after a late night, when people were asked that same morning',
      '2026-03-10T23:30Z',
      '2026-03-11T03:30Z',
      'Europe/Lisbon',
      '2026-03-11T09:00',
    ],
    ['never on the day itself', '2026-03-10T05:00Z', '2026-03-10T07:00Z', 'Europe/Lisbon', '2026-03-11T09:00'],
    [
      'after downtime, once people were asked',
      '2026-03-10T20:00Z',
      '2026-03-12T11:00Z',
      'Europe/Lisbon',
      '2026-03-13T09:00',
    ],
    [
      'where the clock went forward that night',
      '2026-03-28T20:00Z',
      '2026-03-28T22:00Z',
      'Europe/Berlin',
      '2026-03-29T07:00',
    ],
    ['in Auckland', '2026-03-10T10:30Z', '2026-03-10T12:30Z', 'Pacific/Auckland', '2026-03-10T20:00'],
  ])('is %s', (_, endsAt, askedAt, zone, expected) => {
    expect(recapAt(event(endsAt), utc(askedAt), zone).toISO()).toBe(`${expected}:00.000Z`);
  });
});

let on: Attending;
let tomas: Person;
let ana: Person;
let bo: Person;
afterEach(() => on?.stop());

const named = (name: string) => ({ profile: { ...aMember().profile, name } });

async function start() {
  on = await startAttending();
  tomas = await on.admin({ ...named('Tomás'), zone: 'Europe/Lisbon' });
  [ana, bo] = [await on.person(named('Ana')), await on.person(named('Bo'))];
}

async function talk(lumaId: string, startsAt: string) {
  await on.holds(lumaId, startsAt);
  for (const one of [ana, bo]) await on.answer(one, lumaId, 'going');
}

const recaps = (person = tomas) => on.messagesTo(person).filter(({ text }) => text.startsWith('Recap'));

async function says(person: Person, stars: number, comment?: string) {
  const [message] = on.messagesTo(person);
  if (!message) throw new Error('They were asked.');
  await on.press(person, message, 'Yes');
  await on.press(person, message, `${stars} ★`);
  if (comment) await on.comments(person, message, { comment });
}

describe('a recap', () => {
  it('comes once, at 09:00 where the admin is, with who came, who is new and what was said', async () => {
    await start();
    await talk('evt-talk', '2026-03-10T14:00:00Z');
    await on.until('2026-03-10T18:30:00Z');
    await says(ana, 5, 'More of this, please.');
    await on.until('2026-03-13T00:00:00Z');
    expect(recaps().map(({ at }) => at)).toEqual(['2026-03-11T09:00']);
    expect(recaps()[0]?.text).toMatch(
      /1 came\. 1 of 2 who said Going came \(50%\); 1 unknown\.\nFor the first time here: Ana\./,
    );
    expect(recaps()[0]?.text).toContain('5.0 of 5 stars · 1 answer of 1 who came.');
    expect(recaps()[0]?.text).toContain('“More of this, please.” (Ana)');
    expect(recaps()[0]?.text).toContain('so you get one recap the morning after');
    expect(on.labelsOf(recaps()[0])).toEqual(['Who came', 'Switch recaps off']);
    expect([ana, bo].flatMap((one) => recaps(one))).toEqual([]);
  });

  it('names as new only those who came to nothing of the org before', async () => {
    await start();
    await talk('evt-first', '2026-03-10T14:00:00Z');
    await on.until('2026-03-10T18:30:00Z');
    await says(ana, 4);
    await talk('evt-second', '2026-03-12T14:00:00Z');
    await on.until('2026-03-12T18:30:00Z');
    for (const one of [ana, bo]) await on.notes(tomas, one, 'evt-second', 'attended');
    await on.until('2026-03-13T12:00:00Z');
    expect(recaps()[1]?.text).toContain('For the first time here: Bo.');
  });

  it('is one message for all events of a day', async () => {
    await start();
    await talk('evt-one', '2026-03-10T13:00:00Z');
    await talk('evt-two', '2026-03-10T16:00:00Z');
    await on.until('2026-03-12T00:00:00Z');
    expect(recaps()).toHaveLength(1);
    expect(recaps()[0]?.text).toMatch(/2 events[\s\S]*evt-one[\s\S]*evt-two/);
  });

  it('is not doubled when the process dies before it notes that it was sent, nor by planning again', async () => {
    await start();
    await talk('evt-talk', '2026-03-10T14:00:00Z');
    await on.until('2026-03-11T09:00:00Z');
    await on.forgetOutcomes();
    await on.services.prompts.plan(on.clock.now());
    await on.until('2026-03-12T12:00:00Z');
    expect(recaps()).toHaveLength(1);
  });

  it('is not sent when nobody was to be asked, or the event was called off', async () => {
    await start();
    await on.holds('evt-empty', '2026-03-10T14:00:00Z');
    await talk('evt-off', '2026-03-10T14:00:00Z');
    await on.until('2026-03-10T18:30:00Z');
    await on.database.connection
      .updateTable('events')
      .set({ state: 'cancelled' })
      .where('luma_id', '=', 'evt-off')
      .execute();
    await on.until('2026-03-12T12:00:00Z');
    expect(recaps()).toEqual([]);
  });

  it('is switched off for all admins by a tap, and on again', async () => {
    await start();
    const other = await on.admin();
    await talk('evt-talk', '2026-03-10T14:00:00Z');
    await on.until('2026-03-11T12:00:00Z');
    const [message] = recaps();
    if (!message) throw new Error('There is a recap.');
    const off = await on.press(tomas, message, 'Switch recaps off');
    expect(on.textOf(off)).toContain('gets recaps any more');
    await talk('evt-next', '2026-03-12T14:00:00Z');
    await on.until('2026-03-13T12:00:00Z');
    expect([tomas, other].map((one) => recaps(one).length)).toEqual([0, 1]);
    await on.press(tomas, message, 'Switch recaps on');
    await talk('evt-last', '2026-03-14T14:00:00Z');
    await on.until('2026-03-15T12:00:00Z');
    expect(recaps(other)).toHaveLength(2);
  });

  it('is not for whoever said stop, is no admin any more, or looks after another org', async () => {
    await start();
    const stopped = await on.admin({ stoppedAt: utc('2026-03-01T00:00:00Z') as DateTime<true> });
    const former = await on.admin();
    const elsewhere = await on.person();
    await on.otherOrg(elsewhere);
    await talk('evt-talk', '2026-03-10T14:00:00Z');
    await on.until('2026-03-10T18:30:00Z');
    await on.database.connection
      .updateTable('memberships')
      .set({ role: 'member' })
      .where('member_id', '=', former.member.id)
      .execute();
    await on.until('2026-03-12T12:00:00Z');
    expect([stopped, former, elsewhere].flatMap((one) => recaps(one))).toEqual([]);
    expect(recaps()).toHaveLength(1);
  });

  it('tells nothing of what was said without a name before three have', async () => {
    await start();
    await on.database.connection.updateTable('orgs').set({ feedback_visibility: 'anonymous' }).execute();
    await talk('evt-talk', '2026-03-10T14:00:00Z');
    await on.until('2026-03-10T18:30:00Z');
    await says(ana, 1, 'Dull.');
    await on.until('2026-03-11T12:00:00Z');
    expect(recaps()[0]?.text).not.toMatch(/Dull|1\.0 of 5/);
  });

  it('is sent late after downtime, but not days later', async () => {
    await start();
    await talk('evt-talk', '2026-03-10T14:00:00Z');
    await on.until('2026-03-10T18:30:00Z');
    on.downUntil('2026-03-12T12:00:00Z');
    await on.until('2026-03-12T13:00:00Z');
    expect(recaps()).toHaveLength(1);
    await talk('evt-next', '2026-03-13T14:00:00Z');
    await on.until('2026-03-13T18:30:00Z');
    on.downUntil('2026-03-18T12:00:00Z');
    await on.until('2026-03-18T13:00:00Z');
    expect(recaps()).toHaveLength(1);
  });
});
