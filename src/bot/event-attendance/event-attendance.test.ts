import { afterEach, describe, expect, it } from 'vitest';
import { type Attending, startAttending } from '../../../tests/builders/attending.js';
import { buttonsOf, viewOf } from '../../../tests/builders/bot.js';
import type { Person } from '../../../tests/builders/going.js';
import { aGuest } from '../../../tests/builders/guests.js';
import { aMember } from '../../../tests/builders/members.js';
import { encodeAction } from '../action-codec.js';
import type { Reply } from '../reply.js';
import type { Select } from '../views.js';
import { markAs, showEventAttendance } from './event-attendance-actions.js';

let on: Attending;
let tomas: Person;
let ana: Person;
let bo: Person;
let cy: Person;
afterEach(() => on.stop());

const named = (name: string) => ({ profile: { ...aMember().profile, name } });

/** A talk that is over, to which three said Going. */
async function afterTalk() {
  on = await startAttending();
  await on.holds('evt-talk', '2026-03-10T14:00:00Z', { title: 'A talk' });
  tomas = await on.admin(named('Tomás'));
  [ana, bo, cy] = [await on.person(named('Ana')), await on.person(named('Bo')), await on.person(named('Cy'))];
  for (const one of [ana, bo, cy]) await on.answer(one, 'evt-talk', 'going');
  await on.until('2026-03-10T18:00:00Z');
}

const overview = () => on.run(tomas, 'crm attendance', { event: 'a talk' });

const selectOf = (reply: Reply): Select => {
  const select = viewOf(reply).blocks.find(({ kind }) => kind === 'select');
  if (select?.kind !== 'select') throw new Error('There is no select.');
  return select;
};

/** Chooses by label from the select that is shown. */
function choose(person: Person, reply: Reply, labels: readonly string[]): Promise<Reply> {
  const { action, options } = selectOf(reply);
  const values = options.filter(({ label }) => labels.some((one) => label.startsWith(one))).map(({ value }) => value);
  return on.tap(person, encodeAction(action), values);
}

async function answers(person: Person, label: string, stars?: number) {
  const [message] = on.messagesTo(person);
  if (!message) throw new Error('They were asked.');
  await on.press(person, message, label);
  if (stars) await on.press(person, message, `${stars} ★`);
  return message;
}

describe('/crm attendance', () => {
  it('tells who came with denominators, and how it is known', async () => {
    await afterTalk();
    await answers(ana, 'Yes', 4);
    await answers(bo, 'No');
    const reply = await overview();
    expect(on.textOf(reply)).toContain('1 came. 1 of 3 who said Going came (33%); 1 unknown.');
    expect(on.textOf(reply)).toContain('4.0 of 5 stars · 1 answer of 1 who came.');
    expect(selectOf(reply).options.map(({ label }) => label)).toEqual([
      'Came (1)',
      'Did not come (1)',
      'Unknown (1)',
      'New here: came for the first time',
    ]);
    expect(on.textOf(await choose(tomas, reply, ['Came']))).toContain('Ana\nCame, as they said · said Going');
    expect(on.textOf(await choose(tomas, reply, ['Unknown']))).toContain('Cy\nUnknown · said Going');
    expect(on.textOf(await choose(tomas, reply, ['New here']))).toContain('Ana');
  });

  it('shows guests who were checked in and whom nobody knows as walk-ins', async () => {
    await afterTalk();
    const guest = aGuest({ eventId: await on.eventId('evt-talk'), name: 'Wanda', checkedInAt: on.clock.now() });
    await on.database.inTransaction(({ guests }) => guests.saveAll([guest]));
    const reply = await overview();
    expect(on.textOf(reply)).toContain('1 walk-in');
    const walkIns = await choose(tomas, reply, ['Walk-ins']);
    expect(on.textOf(walkIns)).toContain('Wanda');
    expect(on.buttonsIn(walkIns)).toContain('Guests');
  });

  it('offers the latest events of one’s orgs that have begun, and no others', async () => {
    await afterTalk();
    await on.holds('evt-ahead', '2026-03-20T14:00:00Z', { title: 'Ahead' });
    const reply = await on.run(tomas, 'crm attendance');
    expect(on.textOf(reply)).toContain('A talk');
    expect(on.textOf(reply)).not.toContain('Ahead');
    expect(on.textOf(await on.pressIn(tomas, reply, 'Who came'))).toContain('Who came to A talk');
    const offered = await on.suggest(tomas, 'talk', { command: 'crm attendance', option: 'event' });
    expect(offered.map(({ label }) => label.split(' · ')[0])).toEqual(['A talk']);
    expect(await on.suggest(ana, 'talk', { command: 'crm attendance', option: 'event' })).toEqual([]);
    const none = await on.run(tomas, 'crm attendance', { event: 'no such thing' });
    expect(on.textOf(none)).toMatch(/None of your events[\s\S]*A talk/);
  });

  it('is for admins of the org alone, at every tap', async () => {
    await afterTalk();
    const event = await on.eventId('evt-talk');
    for (const who of [ana, await on.person()]) {
      const replies = [
        await on.run(who, 'crm attendance', { event }),
        await on.tap(who, encodeAction(showEventAttendance.with({ event })), []),
        await on.tap(who, encodeAction(markAs.with({ event, members: [bo.member.id], status: 'absent' })), []),
      ];
      for (const reply of replies) expect(on.textOf(reply)).toContain('admins');
    }
    expect(await on.marks(bo, 'evt-talk')).toEqual([]);
  });
});

describe('marking by hand', () => {
  it('marks several at once after a look at whom, and undoes it', async () => {
    await afterTalk();
    await answers(bo, 'No');
    const list = await on.pressIn(tomas, await overview(), 'Mark by hand');
    expect(selectOf(list).options.map(({ label }) => label)).toEqual(['Ana', 'Cy', 'Bo']);
    const preview = await choose(tomas, list, ['Ana', 'Bo']);
    expect(on.textOf(preview)).toMatch(
      /2 people at A talk[\s\S]*Ana[\s\S]*Unknown[\s\S]*Bo[\s\S]*Did not come, as they said/,
    );
    expect(await on.marks(bo, 'evt-talk')).toEqual(['member absent']);
    const marked = await on.pressIn(tomas, preview, 'Part of it');
    expect(on.textOf(marked)).toContain('marked as “Part of it”: Ana, Bo.');
    expect(on.textOf(await overview())).toContain('2 of 3 who said Going came');
    const undone = await on.pressIn(tomas, marked, 'Undo');
    expect(on.textOf(undone)).toMatch(/Undone[\s\S]*Ana[\s\S]*Unknown[\s\S]*Bo[\s\S]*Did not come, as they said/);
    expect(await on.marks(bo, 'evt-talk')).toEqual(['member absent', 'admin partial', 'admin none']);
    await on.pressIn(tomas, marked, 'Undo');
    expect(await on.marks(ana, 'evt-talk')).toEqual(['admin partial', 'admin none']);
  });

  it('does not undo what was noted since', async () => {
    await afterTalk();
    const list = await on.pressIn(tomas, await overview(), 'Mark by hand');
    const marked = await on.pressIn(tomas, await choose(tomas, list, ['Ana']), 'Came');
    await on.notes(tomas, ana, 'evt-talk', 'absent');
    expect(on.textOf(await on.pressIn(tomas, marked, 'Undo'))).toContain('Nothing was changed');
    expect(await on.marks(ana, 'evt-talk')).toEqual(['admin attended', 'admin absent']);
  });

  it('takes a mark back, so that the member’s own word counts', async () => {
    await afterTalk();
    await answers(ana, 'Yes');
    await on.notes(tomas, ana, 'evt-talk', 'absent');
    const list = await on.pressIn(tomas, await overview(), 'Mark by hand');
    await on.pressIn(tomas, await choose(tomas, list, ['Ana']), 'Take mark back');
    expect(await on.row(ana, 'evt-talk')).toMatchObject({ status: 'attended', source: 'member' });
  });

  it('finds anybody in the org by name, and nobody else', async () => {
    await afterTalk();
    await on.person(named('Dora'));
    const list = await on.pressIn(tomas, await overview(), 'Mark by hand');
    const preview = await on.fills(tomas, list, 'Find by name', { member: 'Dora' });
    expect(on.textOf(await on.pressIn(tomas, preview, 'Came'))).toContain('Dora');
    expect(on.textOf(await overview())).toContain('1 member came without saying so');
    const stranger = await on.stranger();
    const event = await on.eventId('evt-talk');
    const reply = await on.tap(
      tomas,
      encodeAction(markAs.with({ event, members: [stranger], status: 'attended' })),
      [],
    );
    expect(on.textOf(reply)).toContain('nothing was changed');
    expect(await on.row({ member: { id: stranger } } as Person, 'evt-talk')).toBeUndefined();
  });
});

describe('feedback', () => {
  it('comes with names, figures and a picture of the stars in words too', async () => {
    await afterTalk();
    const message = await answers(ana, 'Yes', 4);
    await on.comments(ana, message, { comment: 'Good *tea*.' });
    await answers(bo, 'Part of it', 5);
    const reply = await on.pressIn(tomas, await overview(), 'Feedback');
    expect(on.textOf(reply)).toMatch(/4\.5 of 5 stars · 2 answers of 2 who came[\s\S]*Ana\n★★★★☆\n.*Good \*tea\*\./);
    const image = viewOf(reply).blocks.find(({ kind }) => kind === 'image');
    expect(image).toMatchObject({ image: { alt: expect.stringContaining('5 stars: 1, 4 stars: 1, 3 stars: 0') } });
  });

  it('is held back until three have spoken without names, and then tells nobody apart', async () => {
    await afterTalk();
    await on.database.connection.updateTable('orgs').set({ feedback_visibility: 'anonymous' }).execute();
    const message = await answers(ana, 'Yes');
    expect(message.text).toContain('without your name');
    await on.press(ana, message, '1 ★');
    await on.comments(ana, message, { comment: 'Dull.' });
    await answers(bo, 'Yes', 5);
    const held = await on.pressIn(tomas, await overview(), 'Feedback');
    expect(on.textOf(held)).toContain('once three people');
    expect(on.textOf(held)).not.toMatch(/Dull|of 5 stars/);
    await answers(cy, 'Yes', 3);
    const reply = await on.pressIn(tomas, await overview(), 'Feedback');
    expect(on.textOf(reply)).toMatch(/3\.0 of 5 stars[\s\S]*Dull\./);
    expect(on.textOf(reply)).not.toContain('Ana');

    // An org that shows names again shows none of these, and whoever answers an old message is kept to its promise.
    await on.database.connection.updateTable('orgs').set({ feedback_visibility: 'attributed' }).execute();
    await answers(bo, '4 ★');
    const after = await on.pressIn(tomas, await overview(), 'Feedback');
    expect(on.textOf(after)).not.toMatch(/Ana|Bo|Cy/);
    const actions = JSON.stringify(buttonsOf(viewOf(after)));
    for (const { member } of [ana, bo, cy]) expect(actions).not.toContain(member.id);
  });

  it('is in a member’s history for the host alone, and only if it was given with the name', async () => {
    await afterTalk();
    await answers(ana, 'Yes', 4);
    await on.services.members.setPrivacy(ana.member.id, 'isAttendanceShared', true);
    const other = await on.otherOrg(tomas);
    const starsIn = async (orgId: typeof other) => {
      const rights = { memberId: tomas.member.id, managedSpace: undefined };
      const asked = { orgId, page: 0, pageSize: 10 };
      const { items } = await on.services.attendanceAdmin.historyOf(ana.member.id, asked, rights);
      return items.map(({ feedback }) => feedback?.stars);
    };
    expect([await starsIn(on.org.id), await starsIn(other)]).toEqual([[4], [undefined]]);
    await on.database.connection.updateTable('feedback').set({ visibility: 'anonymous' }).execute();
    expect(await starsIn(on.org.id)).toEqual([undefined]);
  });

  it('does not move when somebody is marked as absent, which would tell who said what', async () => {
    await afterTalk();
    await on.database.connection.updateTable('orgs').set({ feedback_visibility: 'aggregated' }).execute();
    await answers(ana, 'Yes', 1);
    await answers(bo, 'Yes', 5);
    await answers(cy, 'Yes', 3);
    const before = await on.pressIn(tomas, await overview(), 'Feedback');
    await on.notes(tomas, ana, 'evt-talk', 'absent');
    const after = await on.pressIn(tomas, await overview(), 'Feedback');
    expect(on.textOf(before)).toContain('3.0 of 5 stars · 3 answers');
    expect(on.textOf(after)).toContain('3.0 of 5 stars · 3 answers');
  });
});
