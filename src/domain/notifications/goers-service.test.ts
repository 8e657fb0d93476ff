import { afterEach, describe, expect, it } from 'vitest';
import { type Going, type Person, startGoing } from '../../../tests/builders/going.js';

let on: Going;
afterEach(() => on.stop());

/** Somebody who said early that they go to a talk on Tuesday, 10 March, at 18:00. */
async function aTalk(
  chosen: Parameters<Going['person']>[1] = {},
  { zone = 'Europe/Lisbon', startsAt = '2026-03-10T18:00:00Z' } = {},
): Promise<Person> {
  on = await startGoing();
  await on.holds('talk', startsAt);
  const ana = await on.person({ zone }, chosen);
  await on.answer(ana, 'talk', 'going');
  return ana;
}

describe('reminders', () => {
  it('come at the usual times, and at those that a member chose', async () => {
    const ana = await aTalk();
    const bo = await on.person({}, { reminders: '1w,1h' });
    await on.answer(bo, 'talk', 'interested');
    const none = await on.person({}, { reminders: '' });
    await on.answer(none, 'talk', 'going');
    await on.until('2026-03-12T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-09T18:00', '2026-03-10T17:00']);
    expect(on.timesOf(bo)).toEqual(['2026-03-03T18:00', '2026-03-10T17:00']);
    expect(on.timesOf(none)).toEqual([]);
  });

  it('say what, when and where, and why they came', async () => {
    const ana = await aTalk({}, { zone: 'Europe/Madrid' });
    await on.until('2026-03-09T18:00:00Z');
    const [first] = on.messagesTo(ana);
    expect(first?.text).toContain('Event talk');
    expect(first?.text).toContain('2026-03-10 18:00 UTC');
    expect(first?.text).toContain('18:00–20:00 in Lisbon');
    expect(first?.text).toContain('Rua Augusta 1, Lisbon');
    expect(first?.text).toContain('You said Going; reminder 1 day before.');
  });

  it('of one event are those chosen for it', async () => {
    const ana = await aTalk({ reminders: '' });
    await on.chooseFor(ana, 'talk', '1h');
    const bo = await on.person();
    await on.answer(bo, 'talk', 'going');
    await on.chooseFor(bo, 'talk', '');
    await on.until('2026-03-12T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T17:00']);
    expect(on.timesOf(bo)).toEqual([]);
  });

  it('go to who answered in time: later ones only to who answers later, none to who drops out', async () => {
    const ana = await aTalk();
    const bo = await on.person();
    await on.until('2026-03-09T19:00:00Z');
    await on.answer(bo, 'talk', 'going');
    await on.answer(ana, 'talk', 'not_going');
    await on.until('2026-03-12T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-09T18:00']);
    expect(on.timesOf(bo)).toEqual(['2026-03-10T17:00']);
  });

  it('move with the event, and vanish when it is called off', async () => {
    const ana = await aTalk();
    await on.until('2026-03-05T12:00:00Z');
    await on.movesTo('talk', '2026-03-12T19:00:00Z');
    await on.until('2026-03-12T18:30:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-05T12:00', '2026-03-11T19:00', '2026-03-12T18:00']);
    expect(on.messagesTo(ana)[0]?.text).toContain('Moved:');
  });

  it('whose time had passed when an event moved nearer or came to be known are left out', async () => {
    const ana = await aTalk({ reminders: '1w,1d,1h' });
    await on.until('2026-03-02T12:00:00Z');
    await on.movesTo('talk', '2026-03-04T12:00:00Z');
    await on.until('2026-03-05T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-02T12:00', '2026-03-03T12:00', '2026-03-04T11:00']);
  });

  it('come late after downtime while the event is ahead and the next one is not due', async () => {
    const ana = await aTalk();
    const bo = await on.person({}, { reminders: '1d' });
    await on.answer(bo, 'talk', 'going');
    on.downUntil('2026-03-10T03:00:00Z');
    await on.until('2026-03-10T04:00:00Z');
    expect([on.timesOf(ana), on.timesOf(bo)]).toEqual([['2026-03-10T03:00'], ['2026-03-10T03:00']]);
    on.downUntil('2026-03-10T17:50:00Z');
    await on.until('2026-03-11T00:00:00Z');
    expect([on.timesOf(ana).at(-1), on.timesOf(bo).length]).toEqual(['2026-03-10T17:50', 1]);
  });

  it.each([
    ['10 minutes', '2026-03-09T18:05:00Z', ['2026-03-09T18:05', '2026-03-10T17:00']],
    ['10 hours', '2026-03-10T17:30:00Z', ['2026-03-10T17:30']],
    ['10 days', '2026-03-18T00:00:00Z', []],
  ])('are sent once and never after the start when the process was down for %s', async (_span, upAgain, expected) => {
    const ana = await aTalk();
    await on.until('2026-03-08T00:00:00Z');
    on.downUntil(upAgain);
    await on.until('2026-03-20T00:00:00Z');
    expect(on.timesOf(ana)).toEqual(expected);
  });

  it('of what one only thinks of end with all news, unless they were chosen for it; of what one goes to they go on', async () => {
    const going = await aTalk({ frequency: 'none' });
    const [interested, chose] = [
      await on.person({}, { frequency: 'none' }),
      await on.person({}, { frequency: 'none' }),
    ];
    for (const one of [interested, chose]) await on.answer(one, 'talk', 'interested');
    await on.chooseFor(chose, 'talk', '1h');
    await on.until('2026-03-12T00:00:00Z');
    expect([going, interested, chose].map((one) => on.timesOf(one).length)).toEqual([2, 0, 1]);
  });

  it('are not sent twice when the process starts anew or a job runs again', async () => {
    const ana = await aTalk();
    await on.until('2026-03-09T18:00:00Z');
    await on.services.goers.planReminders(on.clock.now());
    await on.services.goers.planReminders(on.clock.now());
    await on.until('2026-03-10T18:00:00Z');
    expect(on.timesOf(ana)).toHaveLength(2);
  });

  it.each([
    ['Asia/Kathmandu', '2026-03-10T15:15:00Z', '2026-03-09T15:15', 'Begins in'],
    ['Australia/Lord_Howe', '2026-04-05T08:00:00Z', '2026-04-04T08:00', 'Begins in'],
  ])('keep to the event’s moment for a reader in %s', async (zone, startsAt, expected) => {
    const ana = await aTalk({ reminders: '1d' }, { zone, startsAt });
    await on.until('2026-04-06T00:00:00Z');
    expect(on.timesOf(ana)).toEqual([expected]);
  });

  it.each([
    ['Europe/Lisbon', '2026-03-29T00:00:00Z', '2026-03-28T00:00'],
    ['Asia/Kathmandu', '2026-03-28T18:15:00Z', '2026-03-27T18:15'],
  ])('of whole days are reckoned from midnight there, and speak of days: %s', async (zone, startsAt, expected) => {
    on = await startGoing();
    const { DateTime } = await import('luxon');
    const endsAt = DateTime.fromISO(startsAt, { zone: 'utc' }).plus({ hours: 24 });
    await on.holds('day', startsAt, { zone, isAllDay: true, endsAt });
    const ana = await on.person({}, { reminders: '1w,1d' });
    await on.answer(ana, 'day', 'going');
    await on.until('2026-03-30T00:00:00Z');
    expect(on.timesOf(ana).at(-1)).toBe(expected);
    expect(on.messagesTo(ana).map(({ text }) => text.match(/Begins [^.]*/)?.[0])).toEqual([
      'Begins in 7 days',
      'Begins tomorrow',
    ]);
  });

  it('say nothing of events of an org that was hidden', async () => {
    const ana = await aTalk();
    await on.database.connection.updateTable('orgs').set({ is_hidden: 1 }).execute();
    await on.until('2026-03-12T00:00:00Z');
    expect(on.timesOf(ana)).toEqual([]);
  });
});

describe('notices of changes', () => {
  it('tell of a move, from what was known to what is so', async () => {
    const ana = await aTalk();
    const bo = await on.person();
    await on.answer(bo, 'talk', 'not_going');
    await on.until('2026-03-02T12:00:00Z');
    await on.movesTo('talk', '2026-03-11T19:00:00Z');
    await on.until('2026-03-02T13:00:00Z');
    expect(on.messagesTo(bo)).toEqual([]);
    expect(on.messagesTo(ana)).toHaveLength(1);
    expect(on.messagesTo(ana)[0]?.text).toContain(
      'Moved: from 2026-03-10 18:00 UTC – 2026-03-10 20:00 UTC to 2026-03-11 19:00 UTC – 2026-03-11 21:00 UTC.',
    );
  });

  it('tell several changes that wait as one, and nothing of what was taken back', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T12:00:00Z');
    await on.movesTo('talk', '2026-03-11T19:00:00Z');
    on.clock.moveTo(on.clock.now().plus({ minutes: 15 }));
    await on.changes('talk', { place: { kind: 'online' } });
    on.clock.moveTo(on.clock.now().plus({ minutes: 15 }));
    await on.movesTo('talk', '2026-03-12T19:00:00Z');
    await on.until('2026-03-02T13:00:00Z');
    expect(on.messagesTo(ana)).toHaveLength(1);
    expect(on.messagesTo(ana)[0]?.text).toMatch(
      /Moved: from 2026-03-10 .* to 2026-03-12 .*\nNew place: Online, was Rua/,
    );
    await on.movesTo('talk', '2026-03-13T19:00:00Z');
    on.clock.moveTo(on.clock.now().plus({ minutes: 15 }));
    await on.movesTo('talk', '2026-03-12T19:00:00Z');
    await on.until('2026-03-02T15:00:00Z');
    expect(on.messagesTo(ana)).toHaveLength(1);
  });

  it('tell a move back to who was told of the move', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T12:00:00Z');
    await on.movesTo('talk', '2026-03-11T19:00:00Z');
    await on.until('2026-03-02T13:00:00Z');
    await on.movesTo('talk', '2026-03-10T18:00:00Z');
    await on.until('2026-03-02T14:00:00Z');
    expect(on.messagesTo(ana).at(-1)?.text).toMatch(/Moved: from 2026-03-11 .* to 2026-03-10 18:00/);
  });

  it('tell a move back to who perhaps got the notice of the move, which was not noted', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T12:00:00Z');
    await on.movesTo('talk', '2026-03-11T19:00:00Z');
    await on.until('2026-03-02T12:00:30Z');
    await on.forgetOutcomes();
    on.downUntil('2026-03-02T12:10:00Z');
    await on.movesTo('talk', '2026-03-10T18:00:00Z');
    await on.until('2026-03-02T13:00:00Z');
    expect(on.messagesTo(ana).map(({ text }) => /Moved: .*\./.exec(text)?.[0])).toEqual([
      expect.stringMatching(/from 2026-03-10 .* to 2026-03-11 /),
      expect.stringMatching(/from 2026-03-11 .* to 2026-03-10 /),
    ]);
  });

  it('tell a move back to who saw the move in a reminder at night, before the notice', async () => {
    const ana = await aTalk({ reminders: '1d' });
    await on.until('2026-03-08T23:00:00Z');
    await on.movesTo('talk', '2026-03-10T03:00:00Z');
    await on.until('2026-03-09T04:00:00Z');
    expect(on.messagesTo(ana)).toHaveLength(1);
    await on.movesTo('talk', '2026-03-10T18:00:00Z');
    await on.until('2026-03-09T09:00:00Z');
    expect(on.messagesTo(ana)[1]?.text).toMatch(/Moved: from 2026-03-10 03:00 .* to 2026-03-10 18:00 /);
  });

  it('are not told of what a cancelled notice never said', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T23:00:00Z');
    await on.movesTo('talk', '2026-03-11T19:00:00Z');
    await on.until('2026-03-03T02:00:00Z');
    await on.movesTo('talk', '2026-03-10T18:00:00Z');
    await on.until('2026-03-03T12:00:00Z');
    expect(on.messagesTo(ana)).toEqual([]);
  });

  it('say nothing of a new title or description alone', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T12:00:00Z');
    await on.changes('talk', { title: 'Another title', description: 'More.' });
    await on.until('2026-03-02T13:00:00Z');
    expect(on.messagesTo(ana)).toEqual([]);
  });

  it('tell once that an event was called off, and that it takes place after all', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T12:00:00Z');
    await on.callsOff('talk');
    await on.until('2026-03-02T13:00:00Z');
    await on.sync();
    await on.until('2026-03-03T09:00:00Z');
    expect(on.messagesTo(ana).map(({ text }) => text.includes('Cancelled.'))).toEqual([true]);
    await on.restores('talk');
    await on.until('2026-03-12T00:00:00Z');
    expect(on.messagesTo(ana)[1]?.text).toContain('It takes place after all.');
    expect(on.timesOf(ana).slice(2)).toEqual(['2026-03-09T18:00', '2026-03-10T17:00']);
  });

  it('reach who goes though they want no new events, and not who is only interested then', async () => {
    const ana = await aTalk({ frequency: 'none' });
    const muted = await on.person();
    await on.answer(muted, 'talk', 'going');
    await on.mute(muted);
    const interested = await on.person({}, { frequency: 'none' });
    await on.answer(interested, 'talk', 'interested');
    const silent = await on.person({}, { frequency: 'none', reminders: '' });
    await on.answer(silent, 'talk', 'going');
    await on.until('2026-03-02T12:00:00Z');
    await on.callsOff('talk');
    await on.until('2026-03-12T00:00:00Z');
    expect([ana, muted, interested, silent].map((one) => on.timesOf(one).length)).toEqual([1, 1, 0, 0]);
  });

  it('go to nobody for what a first sync brings, nor for a calendar that was disconnected', async () => {
    const ana = await aTalk();
    await on.until('2026-03-02T12:00:00Z');
    await on.database.connection.updateTable('events').set({ state: 'withdrawn' }).execute();
    await on.until('2026-03-12T00:00:00Z');
    expect(on.messagesTo(ana)).toEqual([]);
  });
});

describe('quiet hours', () => {
  it('do not hold reminders of what one goes to; those of what one thinks of come after, unless it has begun', async () => {
    const ana = await aTalk({}, { startsAt: '2026-03-10T07:00:00Z' });
    const bo = await on.person({}, { reminders: '1d,1h' });
    await on.answer(bo, 'talk', 'interested');
    await on.until('2026-03-10T12:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-09T07:00', '2026-03-10T06:00']);
    expect(on.timesOf(bo)).toEqual(['2026-03-09T08:00']);
  });

  it('hold notices, which then tell how things are, and none once the event is over', async () => {
    const ana = await aTalk({ reminders: '' });
    const early = await on.person({}, { reminders: '' });
    await on.holds('early', '2026-03-09T05:00:00Z');
    await on.answer(early, 'early', 'going');
    await on.until('2026-03-08T23:00:00Z');
    await on.movesTo('talk', '2026-03-11T19:00:00Z');
    await on.changes('early', { place: { kind: 'online' } });
    await on.until('2026-03-09T02:00:00Z');
    await on.movesTo('talk', '2026-03-12T19:00:00Z');
    await on.until('2026-03-09T12:00:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-09T08:00']);
    expect(on.messagesTo(ana)[0]?.text).toMatch(/Moved: from 2026-03-10 .* to 2026-03-12/);
    expect(on.timesOf(early)).toEqual([]);
  });

  it('end on the member’s own clock, on both changes of it and 45 minutes off the hour', async () => {
    on = await startGoing({ now: '2026-03-20T10:00:00Z' });
    const readers = await Promise.all(
      ['Europe/Lisbon', 'Asia/Kathmandu', 'Australia/Lord_Howe'].map((zone) => on.person({ zone })),
    );
    await on.holds('spring', '2026-04-20T12:00:00Z');
    await on.holds('autumn', '2026-10-30T12:00:00Z');
    for (const reader of readers) for (const event of ['spring', 'autumn']) await on.answer(reader, event, 'going');
    const [lisbon, kathmandu, lordHowe] = readers as [Person, Person, Person];
    await on.until('2026-03-29T00:30:00Z');
    await on.movesTo('spring', '2026-04-21T12:00:00Z');
    await on.until('2026-03-30T00:00:00Z');
    expect(on.timesOf(lisbon)).toEqual(['2026-03-29T07:00']);
    expect(on.timesOf(kathmandu)).toEqual(['2026-03-29T02:15']);
    await on.until('2026-10-25T00:30:00Z');
    const before = [lisbon, lordHowe].map((one) => on.timesOf(one).length);
    await on.movesTo('autumn', '2026-10-31T12:00:00Z');
    await on.until('2026-10-26T00:00:00Z');
    expect(on.timesOf(lisbon).slice(before[0])).toEqual(['2026-10-25T08:00']);
    expect(on.timesOf(lordHowe).slice(before[1])).toEqual(['2026-10-25T00:30']);
  });
});

it('says nothing to somebody who said stop', async () => {
  const ana = await aTalk();
  await on.database.connection.updateTable('members').set({ stopped_at: '2026-03-02T00:00:00.000Z' }).execute();
  await on.callsOff('talk');
  await on.until('2026-03-12T00:00:00Z');
  expect(on.messagesTo(ana)).toEqual([]);
});
