import { afterEach, describe, expect, it } from 'vitest';
import { type Attending, startAttending } from '../../../tests/builders/attending.js';
import type { Person } from '../../../tests/builders/going.js';

let on: Attending;
afterEach(() => on.stop());

async function afterTalk(): Promise<Person> {
  on = await startAttending();
  await on.holds('evt-talk', '2026-03-10T14:00:00Z');
  const ana = await on.person();
  await on.answer(ana, 'evt-talk', 'going');
  await on.until('2026-03-10T18:00:00Z');
  return ana;
}

describe('/attendance mark', () => {
  it('records what one says of an event of the past 14 days, found by words of its title', async () => {
    const ana = await afterTalk();
    const reply = await on.run(ana, 'attendance mark', { event: 'event evt-talk', status: 'partial' });
    expect(on.textOf(reply)).toContain('You were there for part of it, as you said.');
    expect(await on.marks(ana, 'evt-talk')).toEqual(['member partial']);
    await on.until('2026-03-10T18:05:00Z');
    expect(on.messagesTo(ana)[0]?.text).toContain('You were there for part of it');
  });

  it('lets one choose when several fit, and marks the one that is tapped', async () => {
    const ana = await afterTalk();
    await on.holds('evt-two', '2026-03-09T14:00:00Z', { title: 'Another talk' });
    await on.changes('evt-talk', { title: 'A talk' });
    const reply = await on.run(ana, 'attendance mark', { event: 'talk', status: 'attended' });
    expect(on.buttonsIn(reply)).toEqual(['Attended', 'Attended']);
    await on.pressIn(ana, reply, 'Attended');
    expect([...(await on.marks(ana, 'evt-talk')), ...(await on.marks(ana, 'evt-two'))]).toEqual(['member attended']);
  });

  it('offers the events of the past 14 days, and no others', async () => {
    const ana = await afterTalk();
    await on.holds('evt-old', '2026-02-20T14:00:00Z');
    await on.holds('evt-ahead', '2026-03-20T14:00:00Z');
    await on.holds('evt-private', '2026-03-09T14:00:00Z', { visibility: 'private' });
    const offered = async (text: string) => (await on.suggest(ana, text)).map(({ label }) => label.split(' · ')[0]);
    expect(await offered('')).toEqual(['Event evt-talk']);
    expect(await offered('event')).toEqual(['Event evt-talk']);
    const none = await on.run(ana, 'attendance mark', { event: 'evt-old', status: 'attended' });
    expect(on.textOf(none)).toContain('of the past 14 days');
    expect(on.buttonsIn(none)).toContain('Answer');
  });

  it('says when it is too late or too early, by the event’s own number too', async () => {
    const ana = await afterTalk();
    await on.holds('evt-ahead', '2026-03-20T14:00:00Z');
    await on.holds('evt-old', '2026-02-20T14:00:00Z');
    const mark = async (lumaId: string) =>
      on.textOf(await on.run(ana, 'attendance mark', { event: await on.eventId(lumaId), status: 'attended' }));
    expect(await mark('evt-ahead')).toContain('so nobody can say yet');
    expect(await mark('evt-old')).toContain('an organiser can still put it right');
  });

  it('does not let anybody answer about events that they may not see', async () => {
    const ana = await afterTalk();
    await on.holds('evt-private', '2026-03-09T14:00:00Z', { visibility: 'private' });
    const reply = await on.run(ana, 'attendance mark', {
      event: await on.eventId('evt-private'),
      status: 'attended',
    });
    expect(on.textOf(reply)).toContain('no longer here');
    expect(await on.marks(ana, 'evt-private')).toEqual([]);
  });
});

describe('/attendance history', () => {
  it('lists what one came to, the last first, with the status, how it is known and the feedback', async () => {
    const ana = await afterTalk();
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    await on.press(ana, message, 'Yes');
    await on.press(ana, message, '4 ★');
    await on.holds('evt-next', '2026-03-11T10:00:00Z');
    await on.answer(ana, 'evt-next', 'interested');
    await on.until('2026-03-11T13:00:00Z');
    const text = on.textOf(await on.run(ana, 'attendance history'));
    expect(text).toMatch(
      /2 events[\s\S]*Event evt-next[\s\S]*Not answered[\s\S]*Event evt-talk[\s\S]*Attended, as you said · ★★★★☆/,
    );
    const card = await on.pressIn(ana, await on.run(ana, 'attendance history'), 'Open');
    expect(on.textOf(card)).toContain('Did you attend?');
  });

  it('is paged', async () => {
    const ana = await afterTalk();
    for (let day = 1; day <= 8; day += 1) {
      await on.holds(`evt-${day}`, `2026-04-0${day}T10:00:00Z`);
      await on.answer(ana, `evt-${day}`, 'going');
    }
    await on.until('2026-04-09T00:00:00Z');
    const first = await on.run(ana, 'attendance history');
    expect(on.textOf(first)).toContain('9 events');
    const pager = 'view' in first ? first.view.blocks.find(({ kind }) => kind === 'pager') : undefined;
    expect(pager).toMatchObject({ page: 0, pages: 2 });
  });

  it('says to somebody new how it begins', async () => {
    await afterTalk();
    const bo = await on.person();
    expect(on.textOf(await on.run(bo, 'attendance history'))).toContain('Nothing yet.');
  });
});

describe('a check-in at lu.ma', () => {
  it('records that one attended, and nobody asks', async () => {
    on = await startAttending();
    await on.holds('evt-talk', '2026-03-10T14:00:00Z');
    const ana = await on.person();
    const bo = await on.person();
    for (const one of [ana, bo]) await on.onLuma(one, 'evt-talk');
    await on.until('2026-03-10T15:00:00Z');
    await on.onLuma(ana, 'evt-talk', { isCheckedIn: true });
    await on.until('2026-03-12T00:00:00Z');
    expect([ana, bo].map((one) => on.timesOf(one).length)).toEqual([0, 2]);
    expect(await on.row(ana, 'evt-talk')).toMatchObject({ status: 'attended', source: 'luma_checkin' });
  });

  it('can be corrected by the member, and over both by an admin, who can take that back', async () => {
    const ana = await afterTalk();
    const admin = await on.admin();
    await on.onLuma(ana, 'evt-talk', { isCheckedIn: true });
    await on.until('2026-03-10T18:01:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    expect(message.text).toContain('You were there, as lu.ma’s check-in says.');
    await on.press(ana, message, 'Change answer');
    await on.press(ana, message, 'No');
    expect(await on.row(ana, 'evt-talk')).toMatchObject({ status: 'absent', source: 'member' });
    await on.notes(admin, ana, 'evt-talk', 'partial');
    await on.until('2026-03-10T18:05:00Z');
    expect(message.text).toContain('You were there for part of it, as an organiser noted. You said: No.');
    await on.notes(admin, ana, 'evt-talk', 'none');
    await on.notes(admin, ana, 'evt-talk', 'none');
    expect(await on.row(ana, 'evt-talk')).toMatchObject({ status: 'absent', source: 'member' });
    expect(await on.marks(ana, 'evt-talk')).toEqual([
      'luma_checkin attended',
      'member absent',
      'admin partial',
      'admin none',
    ]);
  });

  it('that is taken back leaves nothing known, and the member is asked', async () => {
    on = await startAttending();
    await on.holds('evt-talk', '2026-03-10T14:00:00Z');
    const ana = await on.person();
    await on.onLuma(ana, 'evt-talk', { isCheckedIn: true });
    await on.onLuma(ana, 'evt-talk');
    await on.onLuma(ana, 'evt-talk');
    expect(await on.marks(ana, 'evt-talk')).toEqual(['luma_checkin attended', 'luma_checkin none']);
    await on.until('2026-03-10T18:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T18:00']);
  });

  it('or registration that is learnt of only after the others were asked is followed by the question', async () => {
    await afterTalk();
    const bo = await on.person();
    await on.until('2026-03-10T19:00:00Z');
    await on.onLuma(bo, 'evt-talk');
    await on.until('2026-03-10T20:00:00Z');
    expect(on.timesOf(bo)).toEqual(['2026-03-10T19:00']);
  });
});

describe('admins', () => {
  it('may mark people of their own events alone', async () => {
    const ana = await afterTalk();
    const bo = await on.person();
    await expect(on.notes(bo, ana, 'evt-talk', 'attended')).rejects.toThrow('rights.org-admin');
    expect(await on.marks(ana, 'evt-talk')).toEqual([]);
  });

  it('of other orgs see what a member came to only if the member shares it', async () => {
    const ana = await afterTalk();
    const admin = await on.admin();
    await on.notes(admin, ana, 'evt-talk', 'attended');
    const other = await on.otherOrg(admin);
    const seenIn = async (orgId: typeof other) =>
      (
        await on.services.attendanceAdmin.historyOf(
          ana.member.id,
          { orgId, page: 0, pageSize: 10 },
          { memberId: admin.member.id, managedSpace: undefined },
        )
      ).items.map(({ event }) => event.title);
    expect(await seenIn(on.org.id)).toEqual(['Event evt-talk']);
    expect(await seenIn(other)).toEqual([]);
    await on.services.members.setPrivacy(ana.member.id, 'isAttendanceShared', true);
    expect(await seenIn(other)).toEqual(['Event evt-talk']);
  });
});

describe('personal data', () => {
  it('is exported with questions and answers, and erased but for the count', async () => {
    const ana = await afterTalk();
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    await on.press(ana, message, 'Yes');
    await on.comments(ana, message, { comment: 'Good tea.' });
    const held = JSON.stringify(
      await on.database.inTransaction(({ personalData }) => personalData.list(ana.member.id)),
    );
    for (const words of ['Whether you came', 'Attended', 'Good tea.', 'What was good']) expect(held).toContain(words);
    await on.database.inTransaction(({ personalData }) => personalData.erase(ana.member.id));
    const { connection } = on.database;
    for (const table of ['attendance', 'attendance_marks', 'feedback'] as const) {
      expect(await connection.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    expect(await connection.selectFrom('erased_attendance').select(['status', 'people']).execute()).toEqual([
      { status: 'attended', people: 1 },
    ]);
  });
});
