import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { facts, testCalendar } from '../../../tests/builders/calendar.js';
import { aMember } from '../../../tests/builders/members.js';
import { aMembership } from '../../../tests/builders/orgs.js';
import { startSyncs, utc } from '../../../tests/builders/sync.js';
import { lumaSyncJob } from '../../scheduler/luma-sync.js';
import type { EventFacts } from './event.js';
import type { ChangeKind } from './event-changes.js';

let world: Awaited<ReturnType<typeof startSyncs>>;

beforeEach(async () => {
  world = await startSyncs();
});
afterEach(() => world.stop());

const at = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const last = () => world.followed.at(-1);

/** A key's calendar with one event ahead that was synced once. */
async function withOneEvent(overrides: Partial<EventFacts> = {}) {
  const calendar = testCalendar('api');
  calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z', overrides));
  const id = await world.connect(calendar.source, 'api');
  await world.sync(id, '2026-03-01T10:00:00Z');
  return { calendar, id };
}

describe('a calendar that was synced by a clock that has been put back since', () => {
  it('is due at once', async () => {
    const { id } = await withOneEvent();
    const other = testCalendar('feed');
    const usual = await world.connect(other.source, 'feed', { nextSyncAt: utc('2026-03-01T10:10:00Z') });
    await world.sync(id, '2026-04-20T10:00:00Z');
    const now = utc('2026-03-01T10:05:00Z');
    expect(await world.syncs.nextDueAt(now)).toEqual(now);
    expect(await world.syncs.listDue(now)).toEqual([id]);
    expect(await world.syncs.syncSource(id, { now, force: false })).toMatchObject({ kind: 'synced' });
    expect(await world.source(id)).toMatchObject({ nextSyncAt: utc('2026-03-01T10:20:00Z') });
    expect(await world.syncs.nextDueAt(now)).toEqual(utc('2026-03-01T10:10:00Z'));
    expect(await world.syncs.syncSource(usual, { now, force: false })).toMatchObject({ kind: 'waiting' });
    const job = lumaSyncJob({ syncs: world.syncs });
    const inHalfAnHour = now.plus({ minutes: 30 });
    expect(await job.nextDue(utc('2026-04-20T10:00:00Z'), inHalfAnHour)).toEqual(inHalfAnHour);
    expect(await job.nextDue(inHalfAnHour, inHalfAnHour)).toEqual(now.plus({ minutes: 31 }));
  });
});

describe('a feed', () => {
  it('brings its past in the first time, and no more of it later', async () => {
    const calendar = testCalendar('feed');
    calendar.hold(facts('evt-old', '2024-03-10T18:30:00Z'), facts('evt-new', '2026-03-10T18:30:00Z'));
    const id = await world.connect(calendar.source, 'feed');
    await world.sync(id, '2026-03-01T10:00:00Z');
    calendar.hold(facts('evt-older', '2023-03-10T18:30:00Z'), facts('evt-late', '2026-02-20T18:30:00Z'));
    calendar.change('evt-old', { title: 'Renamed' });
    await world.sync(id, '2026-03-01T10:15:00Z');
    const titles = [...(await world.events()).values()].map(({ title }) => title);
    expect(titles).toEqual(['Event evt-late', 'Event evt-new', 'Renamed']);
  });
});

describe('a first sync', () => {
  it('brings everything in, the past too, and says that it is the first', async () => {
    const calendar = testCalendar('api');
    calendar.hold(facts('evt-old', '2024-03-10T18:30:00Z'), facts('evt-new', '2026-03-10T18:30:00Z'));
    const id = await world.connect(calendar.source, 'api');
    expect(await world.sync(id, '2026-03-01T10:00:00Z')).toMatchObject({ kind: 'synced', counts: { added: 2 } });
    expect([...(await world.events()).keys()]).toEqual(['evt-new', 'evt-old']);
    expect(calendar.asked.since).toEqual([undefined]);
    expect(last()).toMatchObject({ isFirst: true, changed: [], cancelled: [] });
    expect(await world.source(id)).toMatchObject({ failures: 0, nextSyncAt: utc('2026-03-01T10:15:00Z') });
  });

  it('is the first until it went through', async () => {
    const calendar = testCalendar('feed');
    calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z'));
    calendar.fail('unavailable');
    const id = await world.connect(calendar.source, 'feed');
    await world.sync(id, '2026-03-01T10:00:00Z');
    calendar.fail(undefined);
    await world.sync(id, '2026-03-01T10:20:00Z');
    expect(last()?.isFirst).toBe(true);
    calendar.hold(facts('evt-b', '2026-03-11T18:30:00Z'));
    await world.sync(id, '2026-03-01T10:40:00Z');
    expect(last()).toMatchObject({ isFirst: false, added: [{ lumaId: 'evt-b' }] });
  });

  it('does not take in what was called off before', async () => {
    const calendar = testCalendar('feed');
    calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z'), facts('evt-b', '2026-03-10T18:30:00Z'));
    calendar.callOff('evt-a');
    await world.sync(await world.connect(calendar.source, 'feed'), '2026-03-01T10:00:00Z');
    expect([...(await world.events()).keys()]).toEqual(['evt-b']);
  });
});

describe('an event that changes', () => {
  const cases: [string, Partial<EventFacts>, Partial<EventFacts>, ChangeKind[]][] = [
    ['is moved', {}, { startsAt: at('2026-03-11T18:30:00Z'), endsAt: at('2026-03-11T20:30:00Z') }, ['moved']],
    ['lasts longer', {}, { endsAt: at('2026-03-10T22:00:00Z') }, ['moved']],
    ['loses its end', {}, { endsAt: undefined }, ['moved']],
    ['is in another zone', {}, { zone: 'Europe/Berlin' }, ['moved']],
    [
      'becomes a whole day, the shorter one of a clock change',
      {},
      { startsAt: at('2026-03-29T00:00:00Z'), endsAt: at('2026-03-29T23:00:00Z'), isAllDay: true },
      ['moved'],
    ],
    [
      'stays at 18:30 where it is, while the clock there changes',
      { startsAt: at('2026-03-28T18:30:00Z'), endsAt: at('2026-03-28T20:30:00Z') },
      { startsAt: at('2026-03-29T17:30:00Z'), endsAt: at('2026-03-29T19:30:00Z') },
      ['moved'],
    ],
    [
      'falls on a leap day',
      {},
      { startsAt: at('2028-02-29T18:30:00Z'), endsAt: at('2028-02-29T20:00:00Z') },
      ['moved'],
    ],
    ['is called something else', {}, { title: 'Other' }, ['renamed']],
    ['is elsewhere', {}, { place: { kind: 'online' } }, ['relocated']],
    [
      'hides its address',
      {},
      { place: { kind: 'offline', name: 'Lisbon', city: 'Lisbon', at: undefined } },
      ['relocated'],
    ],
    ['is described anew', {}, { description: 'We read.' }, ['described']],
    ['is of another kind by its tags', {}, { tags: ['workshop'] }, ['retyped']],
    ['changes in several ways', {}, { title: 'Other', place: { kind: 'unknown' } }, ['renamed', 'relocated']],
    ['ends before it starts, which tells no end', {}, { endsAt: at('2026-03-10T10:00:00Z') }, ['moved']],
    ['has another link', {}, { url: 'https://luma.com/other' }, []],
    ['becomes private', {}, { visibility: 'private' }, []],
  ];

  it.each(cases)('%s', async (_words, before, changes, what) => {
    const { calendar, id } = await withOneEvent(before);
    calendar.change('evt-a', changes);
    expect(await world.sync(id, '2026-03-01T10:15:00Z')).toMatchObject({ kind: 'synced', counts: { changed: 1 } });
    expect(last()?.changed.map((change) => [...change.what].sort())).toEqual([[...what].sort()]);
    expect((await world.events()).get('evt-a')).toMatchObject({ sequence: 1, changed_at: '2026-03-01T10:15:00.000Z' });
    const kinds = (await world.history('evt-a')).map((line) => line.what);
    expect(kinds.sort()).toEqual(what.length > 0 ? [...what].sort() : ['details']);
  });

  it('keeps what it was before and after', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.change('evt-a', { startsAt: at('2026-03-11T18:30:00Z'), endsAt: undefined });
    await world.sync(id, '2026-03-01T10:15:00Z');
    const zone = { zone: 'Europe/Lisbon', isAllDay: false };
    expect(await world.history('evt-a')).toEqual([
      {
        what: 'moved',
        before: { startsAt: '2026-03-10T18:30:00.000Z', endsAt: '2026-03-10T20:30:00.000Z', ...zone },
        after: { startsAt: '2026-03-11T18:30:00.000Z', ...zone },
      },
    ]);
  });

  it('tells nobody when nothing that shows has changed', async () => {
    const { calendar, id } = await withOneEvent({ tags: ['one', 'two'] });
    calendar.change('evt-a', { tags: ['two', 'one'] });
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect(world.followed).toHaveLength(1);
    expect((await world.events()).get('evt-a')).toMatchObject({ sequence: 0 });
  });

  it('keeps an organiser’s own type, and one chosen while the calendar was read', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.change('evt-a', { title: 'Workshop' });
    calendar.whileReading(() =>
      world.database.connection.updateTable('events').set({ chosen_type: 'social' }).execute(),
    );
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ chosen_type: 'social', type: 'workshop', sequence: 1 });
    expect(last()?.changed[0]?.what).toEqual(['renamed']);
  });

  it('is kept in mind, but not told of, once it is over', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.change('evt-a', { title: 'It was great' });
    await world.sync(id, '2026-03-20T10:00:00Z');
    expect(world.followed.slice(1).flatMap(({ changed }) => changed)).toEqual([]);
    expect((await world.events()).get('evt-a')).toMatchObject({ title: 'It was great', sequence: 1 });
  });
});

describe('an event that a key’s calendar no longer lists', () => {
  it('was called off when lu.ma no longer knows it, and is asked about once', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect(calendar.asked.lookUps).toEqual(['evt-a']);
    expect(last()?.cancelled.map(({ lumaId, state }) => [lumaId, state])).toEqual([['evt-a', 'cancelled']]);
    expect(world.followed).toHaveLength(2);
    expect(await world.history('evt-a')).toEqual([
      { what: 'cancelled', before: { state: 'on' }, after: { state: 'cancelled' } },
    ]);
  });

  it('is withdrawn when it is another calendar’s now', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.giveAway('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect(last()).toMatchObject({ cancelled: [], withdrawn: [{ lumaId: 'evt-a', state: 'withdrawn' }] });
  });

  it('is withdrawn, not called off, when others run it: of those lu.ma tells only while they are listed', async () => {
    const { calendar, id } = await withOneEvent({ isForeign: true });
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect(last()).toMatchObject({ cancelled: [], withdrawn: [{ lumaId: 'evt-a', state: 'withdrawn' }] });
  });

  it('stays on when it is only unlisted, and follows what lu.ma tells of it', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.unlist('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on', sequence: 0 });
    calendar.change('evt-a', { startsAt: at('2025-11-01T18:30:00Z'), endsAt: undefined });
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on', starts_at: '2025-11-01T18:30:00.000Z' });
  });

  it('never turns cancelled once it has begun', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-10T18:30:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on' });
    expect(calendar.asked.lookUps).toEqual([]);
  });

  it('stays as it is while lu.ma gives no answer about it, and the rest of the run counts', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.remove('evt-a');
    calendar.hold(facts('evt-b', '2026-03-12T18:30:00Z'));
    calendar.failLookUps('unavailable');
    expect(await world.sync(id, '2026-03-01T10:15:00Z')).toMatchObject({ kind: 'synced', counts: { added: 1 } });
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on' });
    calendar.failLookUps(undefined);
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'cancelled' });
  });

  it('comes back as itself when it is listed again', async () => {
    const { calendar, id } = await withOneEvent();
    const before = (await world.events()).get('evt-a')?.id;
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z'));
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect(last()?.changed.map(({ what }) => what)).toEqual([['back']]);
    expect((await world.events()).get('evt-a')).toMatchObject({ id: before, state: 'on', sequence: 2 });
  });

  it('is read from sixty days back after the first time', async () => {
    const { calendar, id } = await withOneEvent();
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect(calendar.asked.since.map((since) => since?.toISODate())).toEqual([undefined, '2025-12-31']);
  });
});

describe('an event that a feed no longer holds', () => {
  async function feedWith(...ids: string[]) {
    const calendar = testCalendar('feed');
    calendar.hold(...ids.map((id) => facts(id, '2026-03-10T18:30:00Z')));
    const id = await world.connect(calendar.source, 'feed');
    await world.sync(id, '2026-03-01T10:00:00Z');
    return { calendar, id };
  }

  it('was called off after the second read without it, not after the first', async () => {
    const { calendar, id } = await feedWith('evt-a', 'evt-b');
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on', missed_reads: 1 });
    calendar.fail('bad-answer');
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on', missed_reads: 1 });
    calendar.fail(undefined);
    await world.sync(id, '2026-03-01T10:45:00Z');
    expect(last()?.cancelled.map(({ lumaId }) => lumaId)).toEqual(['evt-a']);
  });

  it('counts a feed that says “unchanged” as a read without it', async () => {
    const { calendar, id } = await feedWith('evt-a', 'evt-b');
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    calendar.sayUnchanged(true);
    await world.sync(id, '2026-03-01T10:30:00Z');
    const events = await world.events();
    expect([events.get('evt-a')?.state, events.get('evt-b')?.state]).toEqual(['cancelled', 'on']);
  });

  it('was never missing when the next read holds it again', async () => {
    const { calendar, id } = await feedWith('evt-a', 'evt-b');
    for (const minute of ['15', '45']) {
      calendar.remove('evt-a');
      await world.sync(id, `2026-03-01T10:${minute}:00Z`);
      calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z'));
      await world.sync(id, `2026-03-01T10:${Number(minute) + 5}:00Z`);
    }
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'on', missed_reads: 0, sequence: 0 });
    expect(world.followed).toHaveLength(1);
  });

  it('was called off at once when the feed says so', async () => {
    const { calendar, id } = await feedWith('evt-a', 'evt-b');
    calendar.callOff('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect(world.followed.slice(1).map(({ cancelled }) => cancelled.length)).toEqual([1]);
  });

  it('is not believed gone when the feed is empty, or has lost most of what is ahead', async () => {
    const ids = ['evt-a', 'evt-b', 'evt-c', 'evt-d', 'evt-e'];
    const { calendar, id } = await feedWith(...ids);
    for (const gone of ['evt-a', 'evt-b', 'evt-c']) calendar.remove(gone);
    expect(await world.sync(id, '2026-03-01T10:15:00Z')).toMatchObject({ kind: 'failed', problem: 'suspicious' });
    for (const gone of ['evt-d', 'evt-e']) calendar.remove(gone);
    expect(await world.sync(id, '2026-03-01T10:30:00Z')).toMatchObject({ kind: 'failed', problem: 'suspicious' });
    const states = [...(await world.events()).values()].map(({ state, missed_reads }) => `${state} ${missed_reads}`);
    expect(new Set(states)).toEqual(new Set(['on 0']));
  });

  it('of a single one ahead is believed gone while the past ones are still there', async () => {
    const { calendar, id } = await feedWith('evt-a');
    calendar.hold(facts('evt-old', '2026-02-01T18:30:00Z'));
    await world.sync(id, '2026-03-01T10:05:00Z');
    calendar.remove('evt-a');
    await world.sync(id, '2026-03-01T10:15:00Z');
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ state: 'cancelled' });
  });
});

describe('descriptions that the list comes without', () => {
  it('are asked for, for new events ahead, and never lost when something else changes', async () => {
    const calendar = testCalendar('api');
    calendar.hold(facts('evt-old', '2024-03-10T18:30:00Z'), facts('evt-a', '2026-03-10T18:30:00Z'));
    calendar.descriptions.set('evt-a', 'We read it together.');
    const id = await world.connect(calendar.source, 'api');
    await world.sync(id, '2026-03-01T10:00:00Z');
    expect((await world.events()).get('evt-a')?.description).toBe('We read it together.');
    calendar.change('evt-a', { title: 'Renamed' });
    calendar.descriptions.set('evt-a', 'We read it alone.');
    await world.sync(id, '2026-03-01T10:15:00Z');
    expect((await world.events()).get('evt-a')?.description).toBe('We read it alone.');
    await world.sync(id, '2026-03-01T10:30:00Z');
    expect(calendar.asked.described).toEqual(['evt-a', 'evt-a']);
  });

  it('are asked for thirty a run, until each was', async () => {
    const calendar = testCalendar('api');
    calendar.hold(...Array.from({ length: 70 }, (_, index) => facts(`evt-${index}`, '2026-03-10T18:30:00Z')));
    const id = await world.connect(calendar.source, 'api');
    for (const minute of ['00', '15', '30', '45']) await world.sync(id, `2026-03-01T10:${minute}:00Z`);
    expect(new Set(calendar.asked.described).size).toBe(70);
    expect(calendar.asked.described).toHaveLength(70);
  });
});

describe('two calendars of an org that list the same event', () => {
  it('leave it to the key’s, whichever came first, and never take turns', async () => {
    const [feed, api] = [testCalendar('feed'), testCalendar('api')];
    feed.hold(facts('evt-a', '2026-03-10T18:30:00Z', { zone: 'UTC', place: { kind: 'unknown' } }));
    api.hold(facts('evt-a', '2026-03-10T18:30:00Z'));
    const feedId = await world.connect(feed.source, 'feed');
    const apiId = await world.connect(api.source, 'api');
    await world.sync(feedId, '2026-03-01T10:00:00Z');
    const before = (await world.events()).get('evt-a');
    for (const minute of ['05', '20', '35']) {
      await world.sync(apiId, `2026-03-01T10:${minute}:00Z`);
      await world.sync(feedId, `2026-03-01T10:${minute}:30Z`);
    }
    const after = (await world.events()).get('evt-a');
    expect(after).toMatchObject({ id: before?.id, source_id: apiId, zone: 'Europe/Lisbon', sequence: 1 });
    // The same hours and title in other words: cards follow, nobody is told.
    expect(world.followed.slice(1).flatMap(({ changed }) => changed.map(({ what }) => what))).toEqual([[]]);
  });

  it('keep it when one of two feeds no longer holds it', async () => {
    const [one, other] = [testCalendar('feed'), testCalendar('feed')];
    one.hold(facts('evt-a', '2026-03-10T18:30:00Z'), facts('evt-b', '2026-03-10T18:30:00Z'));
    other.hold(facts('evt-a', '2026-03-10T18:30:00Z'));
    const [first, second] = [await world.connect(one.source, 'feed'), await world.connect(other.source, 'feed')];
    await world.sync(first, '2026-03-01T10:00:00Z');
    await world.sync(second, '2026-03-01T10:01:00Z');
    expect((await world.events()).get('evt-a')?.source_id).toBe(first);
    one.remove('evt-a');
    other.sayUnchanged(true);
    await world.sync(first, '2026-03-01T10:15:00Z');
    await world.sync(first, '2026-03-01T10:30:00Z');
    await world.sync(second, '2026-03-01T10:31:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({ source_id: second, state: 'on' });
  });
});

describe('a run that fails', () => {
  it('writes nothing of the events, and comes again later each time, six hours at most', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.hold(facts('evt-b', '2026-03-12T18:30:00Z'));
    calendar.fail('unavailable');
    const pauses: number[] = [];
    for (let failures = 1; failures <= 7; failures += 1) {
      const now = utc(`2026-03-02T0${failures}:00:00Z`);
      const outcome = await world.syncs.syncSource(id, { now, force: true });
      if (outcome.kind === 'failed') pauses.push(outcome.nextSyncAt.diff(now).as('minutes'));
    }
    expect(pauses).toEqual([15, 30, 60, 120, 240, 360, 360]);
    expect([...(await world.events()).keys()]).toEqual(['evt-a']);
    expect(await world.source(id)).toMatchObject({ failures: 7, lastProblem: 'unavailable' });
    calendar.fail(undefined);
    await world.sync(id, '2026-03-03T10:00:00Z');
    expect(await world.source(id)).toMatchObject({ failures: 0, lastProblem: undefined });
    expect(world.followed).toHaveLength(2);
  });

  it('waits as long as lu.ma says, on demand too', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.fail('rate-limited', 90_000);
    await world.sync(id, '2026-03-02T10:00:00Z');
    const until = utc('2026-03-02T10:01:30Z');
    expect(await world.sync(id, '2026-03-02T10:01:00Z')).toEqual({ kind: 'waiting', until });
    calendar.fail(undefined);
    expect(await world.sync(id, '2026-03-02T10:02:00Z')).toMatchObject({ kind: 'synced' });
  });

  it('by our own mistake is noted as such, with nothing half written', async () => {
    await world.stop();
    world = await startSyncs({
      follow: [
        async (_repositories, { isFirst }) => {
          if (!isFirst) throw new Error('Our own mistake.');
        },
      ],
    });
    const { calendar, id } = await withOneEvent();
    calendar.hold(facts('evt-b', '2026-03-12T18:30:00Z'));
    calendar.change('evt-a', { title: 'Renamed' });
    expect(await world.sync(id, '2026-03-02T10:00:00Z')).toMatchObject({ kind: 'failed', problem: 'own-fault' });
    expect(world.faults).toHaveLength(1);
    expect(await world.history('evt-a')).toEqual([]);
    expect([...(await world.events()).keys()]).toEqual(['evt-a']);
  });

  it('says so when the installation’s own key no longer opens the calendar’s', async () => {
    const { id } = await withOneEvent();
    await world.database.connection.updateTable('event_sources').set({ sealed_api_key: 'v1.gone' }).execute();
    expect(await world.sync(id, '2026-03-02T10:00:00Z')).toMatchObject({ kind: 'failed', problem: 'key-lost' });
  });

  it('tells each admin once in a row of failures, after the third', async () => {
    const { calendar, id } = await withOneEvent();
    const admin = aMember({ zone: 'America/New_York' });
    await world.database.inTransaction(async ({ members, orgs }) => {
      await members.add(admin);
      await orgs.saveMembership(aMembership({ orgId: world.org.id, memberId: admin.id, role: 'admin' }));
    });
    const due = async () =>
      (await world.database.connection.selectFrom('deliveries').select('due_at').orderBy('due_at').execute()).map(
        ({ due_at }) => due_at,
      );
    calendar.fail('unavailable');
    await world.sync(id, '2026-03-08T02:00:00Z');
    await world.sync(id, '2026-03-08T03:00:00Z');
    expect(await due()).toEqual([]);
    for (const hour of ['04', '05', '06']) await world.sync(id, `2026-03-08T${hour}:00:00Z`);
    expect(await due()).toEqual(['2026-03-08T04:00:00.000Z']);
    calendar.fail(undefined);
    await world.sync(id, '2026-03-09T15:00:00Z');
    calendar.fail('key-refused');
    for (const hour of ['16', '17', '18']) await world.sync(id, `2026-03-09T${hour}:00:00Z`);
    expect(await due()).toEqual(['2026-03-08T04:00:00.000Z', '2026-03-09T18:00:00.000Z']);
  });
});

describe('runs that meet', () => {
  it('are one when asked for at once', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.hold(facts('evt-b', '2026-03-12T18:30:00Z'));
    const [one, other] = await Promise.all([
      world.sync(id, '2026-03-01T10:15:00Z'),
      world.sync(id, '2026-03-01T10:15:01Z'),
    ]);
    expect(one).toBe(other);
    expect(calendar.asked.reads).toBe(2);
  });

  it('in two processes count once: the slower one writes nothing', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.hold(facts('evt-b', '2026-03-12T18:30:00Z'));
    calendar.whileReading(async () => {
      calendar.whileReading(undefined);
      const { inTransaction } = world.database;
      const source = await world.source(id);
      if (!source) throw new Error('It is connected.');
      const run = { kind: 'success', counts: { added: 9, changed: 0, cancelled: 0, withdrawn: 0 } } as const;
      const noted = { ...run, at: utc('2026-03-01T10:15:00Z'), nextSyncAt: utc('2026-03-01T10:30:00Z') };
      await inTransaction(({ sources }) => sources.noteRun(source, { ...noted, etag: undefined }));
    });
    expect(await world.sync(id, '2026-03-01T10:15:00Z')).toMatchObject({ kind: 'synced', counts: { added: 9 } });
    expect([...(await world.events()).keys()]).toEqual(['evt-a']);
    expect(world.followed).toHaveLength(1);
  });

  it('with a disconnection write nothing', async () => {
    const { calendar, id } = await withOneEvent();
    calendar.hold(facts('evt-b', '2026-03-12T18:30:00Z'));
    calendar.whileReading(() => world.database.inTransaction(({ sources }) => sources.remove(id)));
    expect(await world.sync(id, '2026-03-01T10:15:00Z')).toEqual({ kind: 'gone' });
    expect([...(await world.events()).keys()]).toEqual(['evt-a']);
    expect(await world.sync(id, '2026-03-01T10:15:00Z')).toEqual({ kind: 'gone' });
  });

  it('are not started by the schedule before they are due', async () => {
    const { calendar, id } = await withOneEvent();
    const now = utc('2026-03-01T10:14:59Z');
    expect(await world.syncs.listDue(now)).toEqual([]);
    expect(await world.syncs.syncSource(id, { now, force: false })).toMatchObject({ kind: 'waiting' });
    expect(await world.syncs.listDue(utc('2026-03-01T10:15:00Z'))).toEqual([id]);
    expect(calendar.asked.reads).toBe(1);
  });
});
