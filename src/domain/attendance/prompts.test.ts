import { afterEach, describe, expect, it } from 'vitest';
import { type Attending, startAttending } from '../../../tests/builders/attending.js';
import type { Person } from '../../../tests/builders/going.js';
import { utc } from '../../../tests/builders/sync.js';

let on: Attending;
afterEach(() => on.stop());

/** Somebody who goes to a talk on Tuesday, 10 March, from 14:00 to 16:00. */
async function aTalk({
  zone = 'Europe/Lisbon',
  startsAt = '2026-03-10T14:00:00Z',
  now = '2026-03-10T12:00:00Z',
  chosen = {},
}: {
  zone?: string;
  startsAt?: string;
  now?: string;
  chosen?: Parameters<Attending['person']>[1];
} = {}): Promise<Person> {
  on = await startAttending({ now });
  await on.holds('talk', startsAt);
  const ana = await on.person({ zone }, chosen);
  await on.answer(ana, 'talk', 'going');
  return ana;
}

describe('prompts', () => {
  it('come two hours after the end, once more next morning at nine, and never again', async () => {
    const ana = await aTalk();
    await on.until('2026-03-25T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T18:00', '2026-03-11T09:00']);
    expect(await on.row(ana, 'talk')).toMatchObject({ status: 'unknown', prompts: 2, again_at: null });
    const [first, second] = on.messagesTo(ana);
    expect(on.labelsOf(first)).toEqual(['Yes', 'Part of it', 'No', 'Ask me tomorrow', 'Don’t ask']);
    expect(on.labelsOf(second)).toEqual(['Yes', 'Part of it', 'No', 'Don’t ask']);
    expect(first?.text).toContain('You said Going, so you are asked whether you came');
  });

  it('go to who is going or interested, by their word or lu.ma’s, and to nobody else', async () => {
    const ana = await aTalk();
    const bo = await on.person();
    await on.answer(bo, 'talk', 'interested');
    const no = await on.person();
    await on.answer(no, 'talk', 'not_going');
    const silent = await on.person();
    const stopped = await on.person({ stoppedAt: utc('2026-03-01T00:00:00Z') });
    await on.answer(stopped, 'talk', 'going');
    await on.until('2026-03-12T00:00:00Z');
    expect([ana, bo, no, silent, stopped].map((one) => on.timesOf(one).length)).toEqual([2, 2, 0, 0, 0]);
  });

  it.each([1, 4])('come as many hours after the end as the org says: %i', async (hours) => {
    const ana = await aTalk();
    await on.database.connection.updateTable('orgs').set({ prompt_after_hours: hours }).execute();
    await on.until('2026-03-10T23:00:00Z');
    expect(on.timesOf(ana)).toEqual([`2026-03-10T${16 + hours}:00`]);
  });

  it('take an event without an end to last two hours, and one of several days to end with the last', async () => {
    on = await startAttending();
    const ana = await on.person();
    await on.holds('endless', '2026-03-10T13:00:00Z', { endsAt: undefined });
    await on.holds('days', '2026-03-10T09:00:00Z', { endsAt: utc('2026-03-12T12:00:00Z') });
    for (const one of ['endless', 'days']) await on.answer(ana, one, 'going');
    await on.until('2026-03-12T15:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T17:00', '2026-03-11T09:00', '2026-03-12T14:00']);
  });

  it.each([
    ['Europe/Lisbon', '2026-03-28T21:00:00Z', ['2026-03-29T07:00', '2026-03-30T08:00']],
    ['Asia/Kathmandu', '2026-03-10T14:00:00Z', ['2026-03-11T02:15', '2026-03-12T03:15']],
    ['Australia/Lord_Howe', '2026-04-04T08:00:00Z', ['2026-04-04T21:30', '2026-04-05T22:30']],
    ['America/New_York', '2026-10-31T23:00:00Z', ['2026-11-01T13:00', '2026-11-02T14:00']],
  ])('wait for quiet hours to end in %s, and for nine there the morning after', async (zone, startsAt, expected) => {
    const ana = await aTalk({ zone, startsAt, now: '2026-03-01T00:00:00Z' });
    await on.until('2026-11-20T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(expected);
  });

  it('are made up for after 71 hours of downtime, and not after 73', async () => {
    const ana = await aTalk();
    on.downUntil('2026-03-13T15:00:00Z');
    await on.until('2026-03-20T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-13T15:00', '2026-03-14T09:00']);
    await on.stop();
    const bo = await aTalk();
    on.downUntil('2026-03-13T17:00:00Z');
    await on.until('2026-03-20T00:00:00Z');
    expect(on.timesOf(bo)).toEqual([]);
    expect(await on.row(bo, 'talk')).toBeUndefined();
  });

  it('that were planned and not sent before a long downtime are left out', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T17:00:00Z');
    on.clock.moveTo(utc('2026-03-10T18:00:00Z'));
    await on.services.prompts.plan(on.clock.now());
    await on.services.mailings.fanOut(on.clock.now());
    on.downUntil('2026-03-20T18:00:00Z');
    await on.until('2026-03-25T00:00:00Z');
    expect(on.timesOf(ana)).toEqual([]);
  });

  it('are not sent twice when a job runs again, or a process died before it had noted the outcome', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:00:00Z');
    await on.diesBeforeNoting();
    await on.services.prompts.plan(on.clock.now());
    await on.until('2026-03-25T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T18:00', '2026-03-11T09:00']);
    expect(await on.row(ana, 'talk')).toMatchObject({ prompts: 2 });
  });

  it('count as well when nobody knows whether they got through, and the answer is known before they are tried again', async () => {
    const ana = await aTalk();
    const admin = await on.admin();
    on.faults.push({ kind: 'retry-later' }, { kind: 'retry-later' });
    await on.until('2026-03-10T18:00:00Z');
    on.faults.length = 0;
    await on.notes(admin, ana, 'talk', 'attended');
    await on.until('2026-03-10T19:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T18:00']);
    expect(await on.row(ana, 'talk')).toMatchObject({ status: 'attended', prompts: 1, again_at: null });
  });

  it('follow an event that moves, and vanish when it is called off', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T13:00:00Z');
    await on.movesTo('talk', '2026-03-11T10:00:00Z');
    await on.until('2026-03-20T00:00:00Z');
    expect(on.promptTimesOf(ana)).toEqual(['2026-03-11T14:00', '2026-03-12T09:00']);
    await on.stop();
    const bo = await aTalk();
    await on.until('2026-03-10T13:00:00Z');
    await on.callsOff('talk');
    await on.until('2026-03-20T00:00:00Z');
    expect(on.promptTimesOf(bo)).toEqual([]);
  });

  it('stay two when the event moves on after the first', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:30:00Z');
    await on.movesTo('talk', '2026-03-12T10:00:00Z');
    await on.until('2026-03-25T00:00:00Z');
    expect(on.promptTimesOf(ana)).toEqual(['2026-03-10T18:00', '2026-03-12T14:00']);
  });

  it('are not sent again when only the end is put right', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:30:00Z');
    await on.changes('talk', { endsAt: utc('2026-03-10T17:00:00Z') });
    await on.until('2026-03-25T00:00:00Z');
    expect(on.timesOf(ana)).toHaveLength(2);
  });

  it('come for events that were synced only after they ended', async () => {
    on = await startAttending();
    const ana = await on.person();
    await on.holds('late', '2026-03-09T09:00:00Z');
    await on.database.connection
      .insertInto('responses')
      .values({
        event_id: await on.eventId('late'),
        member_id: ana.member.id,
        response: 'going',
        source: 'luma',
        responded_at: '2026-03-08T00:00:00.000Z',
      })
      .execute();
    await on.until('2026-03-10T13:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T12:00']);
    expect(on.messagesTo(ana)[0]?.text).toContain('You registered on lu.ma');
  });

  it('are not sent to who dropped out, left Rollcall’s messages or is in a hidden org by then', async () => {
    const ana = await aTalk({ zone: 'Europe/Lisbon', startsAt: '2026-03-10T19:00:00Z' });
    const bo = await on.person();
    await on.answer(bo, 'talk', 'going');
    await on.until('2026-03-10T23:30:00Z');
    await on.database.connection
      .updateTable('members')
      .set({ stopped_at: '2026-03-10T23:30:00.000Z' })
      .where('id', '=', ana.member.id)
      .execute();
    await on.database.connection.updateTable('orgs').set({ is_hidden: 1 }).execute();
    await on.until('2026-03-20T00:00:00Z');
    expect([ana, bo].map((one) => on.timesOf(one).length)).toEqual([0, 0]);
  });
});

describe('answers', () => {
  it('turn the message into the thank-you with stars, record stars and a comment, and end the asking', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    await on.press(ana, message, 'Yes');
    expect(message.text).toContain('Thank you! You were there, as you said.');
    expect(on.labelsOf(message)).toEqual(['1 ★', '2 ★', '3 ★', '4 ★', '5 ★', 'Add a comment', 'Change answer']);
    await on.press(ana, message, '4 ★');
    expect(message.text).toContain('★★★★☆');
    await on.comments(ana, message, { comment: 'More tea, please.' });
    expect(message.text).toContain('More tea, please.');
    await on.until('2026-03-25T00:00:00Z');
    expect(on.timesOf(ana)).toHaveLength(1);
    expect(await on.marks(ana, 'talk')).toEqual(['member attended']);
    const [feedback] = await on.feedback(ana);
    expect(feedback?.stars).toBe(4);
    expect(JSON.parse(feedback?.answers ?? '')).toEqual([
      { question: 'What was good, and what could be better?', kind: 'text', answer: 'More tea, please.' },
    ]);
    expect(on.logs()).not.toContain('More tea');
  });

  it('can be changed, and twice the same adds nothing', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    const asked = message.view;
    await on.press(ana, message, 'Part of it');
    await on.pressOld(ana, asked, 'Part of it');
    expect(await on.marks(ana, 'talk')).toEqual(['member partial']);
    await on.press(ana, message, 'Change answer');
    await on.press(ana, message, 'No');
    expect(message.text).toContain('You were not there');
    expect(on.labelsOf(message)).not.toContain('5 ★');
    expect(await on.marks(ana, 'talk')).toEqual(['member partial', 'member absent']);
    expect(await on.row(ana, 'talk')).toMatchObject({ status: 'absent', source: 'member' });
  });

  it('tell kindly when it is too late, and change nothing', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    on.downUntil('2026-03-24T16:00:01Z');
    const reply = await on.press(ana, message, 'Yes');
    expect(on.textOf(reply)).toContain('an organiser can still put it right');
    expect(await on.marks(ana, 'talk')).toEqual([]);
  });

  it('“Ask me tomorrow” uses the second prompt, also when it is put off twice', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    const asked = message.view;
    await on.press(ana, message, 'Ask me tomorrow');
    expect(message.text).toContain('You are asked again 2026-03-11 09:00 UTC');
    await on.until('2026-03-11T08:30:00Z');
    await on.pressOld(ana, asked, 'Ask me tomorrow');
    await on.until('2026-03-25T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T18:00', '2026-03-12T09:00']);
  });

  it('“Don’t ask” leaves one alone about this event, or about all of the org’s, until one says otherwise', async () => {
    const ana = await aTalk();
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('There is a message.');
    await on.press(ana, message, 'Don’t ask');
    const all = on.labelsOf(message).find((label) => label.startsWith('Don’t ask about'));
    expect(all).toBeDefined();
    await on.press(ana, message, all ?? '');
    await on.holds('next', '2026-03-12T10:00:00Z');
    await on.answer(ana, 'next', 'going');
    await on.until('2026-03-14T00:00:00Z');
    expect(on.timesOf(ana)).toHaveLength(1);
    const history = await on.run(ana, 'attendance history');
    const again = on.buttonsIn(history).find((label) => label.startsWith('Ask about'));
    await on.pressIn(ana, history, again ?? '');
    await on.holds('third', '2026-03-15T10:00:00Z');
    await on.answer(ana, 'third', 'going');
    await on.until('2026-03-15T15:00:00Z');
    expect(on.timesOf(ana)).toHaveLength(2);
  });

  it('after two prompts can still be given, on either message, and both show it', async () => {
    const ana = await aTalk();
    await on.until('2026-03-11T10:00:00Z');
    const [first, second] = on.messagesTo(ana);
    if (!first || !second) throw new Error('There are two messages.');
    await on.press(ana, first, 'Yes');
    await on.until('2026-03-11T10:01:00Z');
    expect([first, second].map(({ text }) => text.includes('You were there'))).toEqual([true, true]);
    await on.press(ana, second, '5 ★');
    await on.until('2026-03-11T10:02:00Z');
    expect([first, second].map(({ text }) => text.includes('★★★★★'))).toEqual([true, true]);
  });

  it('given on one platform show on the other’s copy as well', async () => {
    const ana = await aTalk();
    const onSlack = await on.alsoOnSlack(ana);
    await on.reaches(ana, 'open');
    await on.until('2026-03-10T18:00:00Z');
    await on.reaches(ana, 'closed');
    await on.until('2026-03-11T09:00:00Z');
    const [[first], [second]] = [on.messagesTo(ana), on.messagesTo(onSlack)];
    if (!first || !second) throw new Error('There is one on each.');
    const asked = first.view;
    await on.press(onSlack, second, 'Yes');
    await on.until('2026-03-11T09:01:00Z');
    expect(first.text).toContain('You were there');
    // A tap on the other one as it was is on its way meanwhile.
    await on.pressOld(ana, asked, 'No');
    await on.until('2026-03-11T09:02:00Z');
    expect([first, second].map(({ text }) => text.includes('You were not there'))).toEqual([true, true]);
    expect(await on.marks(ana, 'talk')).toEqual(['member attended', 'member absent']);
  });

  it('go with their member when two who became one are two again', async () => {
    const ana = await aTalk();
    const bo = await on.onSlack();
    await on.answer(bo, 'talk', 'going');
    await on.until('2026-03-10T18:00:00Z');
    const [[first], [second]] = [on.messagesTo(ana), on.messagesTo(bo)];
    if (!first || !second) throw new Error('There is one each.');
    await on.press(bo, second, 'Yes');
    await on.link(ana, bo);
    const linked = await on.database.connection.selectFrom('attendance').select(['status', 'prompts']).execute();
    expect(linked).toEqual([{ status: 'attended', prompts: 2 }]);
    await on.services.links.undo(bo.identity.account);
    expect(await on.row(ana, 'talk')).toMatchObject({ status: 'unknown', source: null, prompts: 1 });
    expect(await on.row(bo, 'talk')).toMatchObject({ status: 'attended', source: 'member', prompts: 1 });
    await on.until('2026-03-10T19:00:00Z');
    expect(first.text).not.toContain('Thank you!');
    expect(second.text).toContain('You were there');
  });

  it('show on both messages of two members who become one', async () => {
    const ana = await aTalk();
    const bo = await on.onSlack();
    await on.answer(bo, 'talk', 'going');
    await on.until('2026-03-10T18:00:00Z');
    await on.link(ana, bo);
    const [[first], [second]] = [on.messagesTo(ana), on.messagesTo(bo)];
    if (!first || !second) throw new Error('There is one each.');
    await on.press(bo, second, 'Yes');
    await on.until('2026-03-20T10:00:00Z');
    expect([first, second].map(({ text }) => text.includes('You were there'))).toEqual([true, true]);
    expect([...on.promptTimesOf(ana), ...on.promptTimesOf(bo)]).toHaveLength(2);
  });
});
