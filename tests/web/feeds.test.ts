import fc from 'fast-check';
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedEvent } from '../../src/domain/events/calendar-feed.js';
import type { Event } from '../../src/domain/events/event.js';
import { type MemberId, newMemberId } from '../../src/domain/ids.js';
import { writeIcs } from '../../src/web/feeds/ics.js';
import { anEvent } from '../builders/events.js';
import { aMember } from '../builders/members.js';
import { aMembership } from '../builders/orgs.js';
import { type RunningWeb, startWeb } from './start-web.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const NOW = utc('2026-03-01T12:00:00Z') as DateTime<true>;

/** A feed as a calendar program that is not ours reads it. */
const parse = (text: string) => new ICAL.Component(ICAL.parse(text));

/** The events in it. */
function read(text: string) {
  return parse(text)
    .getAllSubcomponents('vevent')
    .map((part) => new ICAL.Event(part));
}

type More = Partial<Pick<FeedEvent, 'response' | 'linkToken'>>;
const feedOf = (events: readonly Event[], { response, linkToken }: More = {}) =>
  writeIcs({ name: 'BAISH', events: events.map((event) => ({ event, orgName: 'BAISH', response, linkToken })) });
const feed = (event: Event, more: More = {}) => feedOf([event], more);
const propertyOf = (text: string, name: string) => read(text)[0]?.component.getFirstPropertyValue(name);

describe('an event in a feed', () => {
  it('has its moments in UTC, its version, its place and its page', () => {
    const at = { latitude: 0, longitude: -9.1393366 };
    const event = anEvent({
      startsAt: utc('2026-03-29T00:30:00Z'),
      sequence: 3,
      place: { kind: 'offline', name: 'Rua Augusta 1, Lisbon', city: 'Lisbon', at },
    });
    const text = feed(event);
    const [one] = read(text);
    expect(one?.startDate.toJSDate()).toEqual(event.startsAt.toJSDate());
    expect(one?.endDate.toJSDate()).toEqual(event.endsAt?.toJSDate());
    expect([one?.uid, one?.summary, one?.sequence]).toEqual([`${event.id}@rollcall`, event.title, 3]);
    expect(one?.location).toBe('Rua Augusta 1, Lisbon');
    expect(propertyOf(text, 'geo')).toEqual([0, -9.139337]);
    expect(propertyOf(text, 'url')).toBe(event.url);
    expect(propertyOf(text, 'status')).toBe('CONFIRMED');
    expect(propertyOf(text, 'transp')).toBe('TRANSPARENT');
    expect(propertyOf(text, 'categories')).toBe('Reading group');
    expect(String(propertyOf(text, 'dtstamp'))).toBe('2026-02-01T09:00:00Z');
    expect(String(propertyOf(text, 'last-modified'))).toBe('2026-02-01T09:00:00Z');
  });

  it('is told to be cancelled, so that calendars drop it', () => {
    expect(propertyOf(feed(anEvent({ state: 'cancelled' })), 'status')).toBe('CANCELLED');
  });

  it('takes up the time of whoever goes, and carries their own link', () => {
    const event = anEvent({ url: 'https://luma.com/abc' });
    const text = feed(event, { response: 'going', linkToken: 'rc-0123456789abcdef' });
    expect(propertyOf(text, 'transp')).toBe('OPAQUE');
    expect(read(text)[0]?.component.getFirstProperty('categories')?.getValues()).toEqual(['Reading group', 'Going']);
    expect(propertyOf(text, 'url')).toBe('https://luma.com/abc?utm_source=rc-0123456789abcdef');
    expect(propertyOf(feed(event, { response: 'interested' }), 'transp')).toBe('TRANSPARENT');
  });

  it.each(['https://luma.com/a,b;c', 'https://events.example/ünter?q=%2C#x', 'https://events.example/a\r\nEND:VEVENT'])(
    'leads to its page at %s',
    (url) => {
      expect(propertyOf(feed(anEvent({ url })), 'url')).toBe(new URL(url).href);
    },
  );

  it('leads nowhere when its address is none', () => {
    expect(propertyOf(feed(anEvent({ url: 'not an address' })), 'url')).toBeNull();
  });

  it.each([
    ['Pacific/Auckland', '2026-04-03T11:00:00Z', '2026-04-04T11:00:00Z', '2026-04-04', '2026-04-05'],
    ['America/Los_Angeles', '2026-03-08T08:00:00Z', '2026-03-10T07:00:00Z', '2026-03-08', '2026-03-10'],
    ['Asia/Kathmandu', '2026-05-09T18:15:00Z', '2026-05-10T18:15:00Z', '2026-05-10', '2026-05-11'],
    ['Europe/Lisbon', '2026-03-05T00:00:00Z', '2026-03-06T23:59:59Z', '2026-03-05', '2026-03-07'],
    ['Europe/Lisbon', '2026-03-05T00:00:00Z', '2026-03-05T00:00:00Z', '2026-03-05', '2026-03-06'],
    ['Nowhere/At_All', '2026-03-05T00:00:00Z', undefined, '2026-03-05', '2026-03-06'],
  ])('of whole days in %s has the days themselves', (zone, starts, ends, first, after) => {
    const endsAt = ends === undefined ? undefined : utc(ends);
    const [one] = read(feed(anEvent({ startsAt: utc(starts), endsAt, zone, isAllDay: true })));
    expect([one?.startDate.isDate, one?.startDate.toString(), one?.endDate.toString()]).toEqual([true, first, after]);
  });

  it('lasts two hours when nobody told its end, and as long as it does over the night when clocks change', () => {
    const lasts = (event: Event) => Number(read(feed(event))[0]?.duration.toSeconds()) / 3_600;
    expect(lasts(anEvent({ startsAt: utc('2026-03-05T18:00:00Z'), endsAt: undefined }))).toBe(2);
    // Lisbon, from 22:00 until 08:00 by the clocks.
    expect(lasts(anEvent({ startsAt: utc('2026-03-28T22:00:00Z'), endsAt: utc('2026-03-29T07:00:00Z') }))).toBe(9);
    expect(lasts(anEvent({ startsAt: utc('2026-10-24T21:00:00Z'), endsAt: utc('2026-10-25T08:00:00Z') }))).toBe(11);
  });
});

describe('a feed', () => {
  const anyInstant = fc
    .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
    .map((ms) => DateTime.fromMillis(ms - (ms % 1_000), { zone: 'utc' }));
  /** Whatever people write; control characters come to nobody, as texts are cleaned when they come in. */
  const anyWords = fc
    .string({ unit: 'grapheme', maxLength: 300 })
    .map((text) => `T${text.replace(/[\p{Cc}\p{Cs}]/gu, ' ')}`);
  const anyEvent = fc
    .record({
      title: anyWords,
      description: anyWords.map((text) => text.replaceAll(' ', '\n')),
      startsAt: anyInstant,
      hours: fc.integer({ min: 0, max: 100 }),
      sequence: fc.nat(),
      changedAt: anyInstant,
      place: anyWords,
      isCancelled: fc.boolean(),
    })
    .map(({ hours, place, isCancelled, ...facts }) =>
      anEvent({
        ...facts,
        endsAt: facts.startsAt.plus({ hours }),
        place: { kind: 'offline', name: place, city: undefined, at: undefined },
        state: isCancelled ? 'cancelled' : 'on',
      }),
    );

  it('comes through event for event whatever stands in it, in lines of 75 bytes', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 4 }), (events) => {
        const text = feedOf(events);
        const told = read(text).map((one) => ({
          uid: one.uid,
          title: one.summary,
          description: one.description,
          place: one.location,
          starts: one.startDate.toJSDate(),
          ends: one.endDate.toJSDate(),
          sequence: one.sequence,
          status: one.component.getFirstPropertyValue('status'),
        }));
        expect(told).toEqual(
          events.map((event) => ({
            uid: `${event.id}@rollcall`,
            title: event.title,
            description: `BAISH\n\n${event.description}\n\n${event.url}`,
            place: event.place.kind === 'offline' ? event.place.name : undefined,
            starts: event.startsAt.toJSDate(),
            ends: event.endsAt?.toJSDate(),
            sequence: event.sequence,
            status: event.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
          })),
        );
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['marks that have a meaning', 'a, b; c \\ d \\n e: "f"'],
    ['breaks of every kind', 'one\ntwo\r\nthree\rfour\n\nEND:VEVENT'],
    ['the other direction', '\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627'],
    ['emoji of many parts', '👩‍🔬'.repeat(300)],
    ['4,000 characters', 'é'.repeat(4_000)],
  ])('keeps %s in a title', (_kind, title) => {
    const [one] = read(feed(anEvent({ title })));
    expect(one?.summary).toBe(title.replace(/\r\n?/g, '\n'));
  });

  it('lets no control characters through, which calendars stumble over', () => {
    const [one] = read(feed(anEvent({ title: 'a\u0000b\u0007c\u009fd\te' })));
    expect(one?.summary).toBe('abcd\te');
  });

  it('has a name that may hold anything, and asks to be looked at every hour', () => {
    const name = 'Reading, Lisbon; \\ “x”\nBEGIN:VEVENT';
    const whole = parse(writeIcs({ name, events: [] }));
    expect(whole.getAllSubcomponents('vevent')).toEqual([]);
    // The parser knows neither of the two, so it shows them as they were written.
    for (const property of ['name', 'x-wr-calname']) {
      expect(whole.getFirstPropertyValue(property)).toBe('Reading\\, Lisbon\\; \\\\ “x”\\nBEGIN:VEVENT');
    }
    expect(String(whole.getFirstPropertyValue('refresh-interval'))).toBe('PT1H');
    expect(whole.getFirstPropertyValue('version')).toBe('2.0');
  });

  it('makes the same bytes at every reading', () => {
    const events = [anEvent(), anEvent({ isAllDay: true })];
    expect(feedOf(events)).toBe(feedOf(events));
  });

  it('is written in a moment, however much there is, as everybody else waits meanwhile', () => {
    const events = Array.from({ length: 1_000 }, () => anEvent({ description: 'Nós lemos, juntos. '.repeat(60) }));
    const began = performance.now();
    expect(read(feedOf(events.slice(0, 10)))).toHaveLength(10);
    feedOf(events);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('the feeds on the web', () => {
  let web: RunningWeb;
  let ana: MemberId;
  beforeAll(async () => {
    web = await startWeb({ clock: { now: () => NOW } });
    ana = newMemberId();
    await web.database.inTransaction(({ members }) => members.add(aMember({ id: ana })));
  });
  afterAll(() => web.stop());

  const tokenOf = async (memberId: MemberId) => (await web.services.calendarFeeds.findOrMake(memberId)).token;
  const titles = (text: string) => read(text).map(({ summary }) => summary);
  const join = (orgId: Event['orgId'], status: 'active' | 'left' = 'active') =>
    web.database.inTransaction(({ orgs }) =>
      orgs.saveMembership(
        aMembership({ orgId, memberId: ana, status, leftAt: status === 'left' ? NOW.minus({ days: 1 }) : undefined }),
      ),
    );

  it('give an org’s public events to anyone, and answer 304 while nothing changes', async () => {
    const org = await web.keep({ slug: 'feed-org', name: 'Feed, Org; \\ “x”' });
    await web.keepEvent({ orgId: org.id, title: 'Ahead' });
    await web.keepEvent({ orgId: org.id, title: 'Lately', startsAt: NOW.minus({ days: 80 }) });
    await web.keepEvent({ orgId: org.id, title: 'Long ago', startsAt: NOW.minus({ days: 100 }) });
    await web.keepEvent({ orgId: org.id, title: 'Members', visibility: 'members-only' });
    await web.keepEvent({ orgId: org.id, title: 'Private', visibility: 'private' });
    await web.keepEvent({ orgId: org.id, title: 'Off', state: 'cancelled', changedAt: NOW.minus({ days: 2 }) });
    await web.keepEvent({ orgId: org.id, title: 'Gone', state: 'withdrawn' });
    const { status, headers, text } = await web.get('/o/feed-org/events.ics');
    expect([status, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(titles(text)).toEqual(
      ['Lately', 'Ahead', 'Off'].sort((a, b) => titles(text).indexOf(a) - titles(text).indexOf(b)),
    );
    expect(titles(text)).toHaveLength(3);
    const again = await web.get('/o/feed-org/events.ics', { 'If-None-Match': String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('are not there for an org that was hidden, or never was', async () => {
    await web.keep({ slug: 'hidden-feed', isHidden: true });
    expect((await web.get('/o/hidden-feed/events.ics')).status).toBe(404);
    expect((await web.get('/o/nobody-at-all/events.ics')).status).toBe(404);
  });

  it('give a member the events of their orgs by a private address alone', async () => {
    const mine = await web.keep({ slug: 'mine' });
    const left = await web.keep({ slug: 'left' });
    const other = await web.keep({ slug: 'other' });
    await join(mine.id);
    await join(left.id, 'left');
    await web.keepEvent({ orgId: mine.id, title: 'For members', visibility: 'members-only' });
    await web.keepEvent({ orgId: mine.id, title: 'For admins', visibility: 'private' });
    await web.keepEvent({ orgId: left.id, title: 'Of one I left' });
    const elsewhere = await web.keepEvent({ orgId: other.id, title: 'Elsewhere' });
    await web.database.inTransaction(({ responses }) =>
      responses.save({ eventId: elsewhere.id, memberId: ana, response: 'going', source: 'member', respondedAt: NOW }),
    );
    const token = await tokenOf(ana);
    const { status, headers, text } = await web.get(`/cal/${token}.ics`);
    expect([status, headers['cache-control']]).toEqual([200, 'private, max-age=60']);
    expect(headers['x-robots-tag']).toBe('noindex, nofollow');
    expect(titles(text)).toEqual(['For members']);
    expect(titles((await web.get(`/cal/${token}.ics?only=going`)).text)).toEqual(['Elsewhere']);
    expect(web.logs()).not.toContain(token);
  });

  it('keep a private address until its member makes a new one or turns it off', async () => {
    const { calendarFeeds } = web.services;
    const old = await calendarFeeds.findOrMake(ana);
    expect(await calendarFeeds.findOrMake(ana)).toEqual(old);
    const fresh = await calendarFeeds.renew(ana, old.id);
    expect([
      (await web.get(`/cal/${old.token}.ics`)).status,
      (await web.get(`/cal/${fresh.token}.ics`)).status,
    ]).toEqual([404, 200]);
    await calendarFeeds.turnOff(ana);
    const ended = await web.get(`/cal/${fresh.token}.ics`);
    for (const wrong of ['x', `${'0'.repeat(32)}`, '%00', "'or'1'='1", 'é'.repeat(32), '0'.repeat(9_000)]) {
      const { status, headers, text } = await web.get(`/cal/${encodeURIComponent(wrong)}.ics`);
      expect([status, text]).toEqual([404, ended.text]);
      expect([headers['x-robots-tag'], headers['cache-control']]).toEqual(['noindex, nofollow', 'no-store']);
    }
  });

  it('make one address of two requests at once, and one new one', async () => {
    const { calendarFeeds } = web.services;
    const made = await Promise.all([calendarFeeds.findOrMake(ana), calendarFeeds.findOrMake(ana)]);
    expect(made[0]).toEqual(made[1]);
    const renewed = await Promise.all([calendarFeeds.renew(ana, made[0].id), calendarFeeds.renew(ana, made[0].id)]);
    expect(renewed[0]).toEqual(renewed[1]);
    expect(renewed[0].token).not.toBe(made[0].token);
  });

  it('tell a member for a month that an event was cancelled, and anyone for as long as it would be ahead', async () => {
    const org = await web.keep({ slug: 'calls-off' });
    await join(org.id);
    const cancelled = { orgId: org.id, state: 'cancelled', startsAt: NOW.plus({ days: 40 }) } as const;
    await web.keepEvent({ ...cancelled, title: 'Off lately', changedAt: NOW.minus({ days: 29 }) });
    await web.keepEvent({ ...cancelled, title: 'Off long ago', changedAt: NOW.minus({ days: 31 }) });
    const own = titles((await web.get(`/cal/${await tokenOf(ana)}.ics`)).text);
    expect(own.filter((title) => title.startsWith('Off'))).toEqual(['Off lately']);
    const { text } = await web.get('/o/calls-off/events.ics');
    expect(titles(text).sort()).toEqual(['Off lately', 'Off long ago']);
    expect(text.match(/STATUS:CANCELLED/g)).toHaveLength(2);
  });

  it('hold what began long ago and still goes on', async () => {
    const org = await web.keep({ slug: 'long-course' });
    const startsAt = NOW.minus({ days: 91 });
    await web.keepEvent({ orgId: org.id, title: 'Course', startsAt, endsAt: NOW.plus({ days: 1 }) });
    await web.keepEvent({ orgId: org.id, title: 'Over', startsAt, endsAt: startsAt.plus({ hours: 1 }) });
    expect(titles((await web.get('/o/long-course/events.ics')).text)).toEqual(['Course']);
  });

  it('say nothing new to a program that has it all, until something changes', async () => {
    const org = await web.keep({ slug: 'tagged' });
    await join(org.id);
    const event = await web.keepEvent({ orgId: org.id, title: 'Tagged' });
    const path = `/cal/${await tokenOf(ana)}.ics`;
    const first = await web.get(path);
    const again = () => web.get(path, { 'If-None-Match': String(first.headers.etag) });
    expect([(await again()).status, (await again()).text]).toEqual([304, '']);
    await web.database.inTransaction(({ events }) => events.update({ ...event, title: 'Renamed', sequence: 1 }));
    const changed = await again();
    expect(changed.status).toBe(200);
    expect(titles(changed.text)).toContain('Renamed');
    expect((await web.get(path, {}, 'HEAD')).text).toBe('');
  });

  it('carry the links to lu.ma that a member was shown before, and make none', async () => {
    const org = await web.keep({ slug: 'linked' });
    await join(org.id);
    const shown = await web.keepEvent({ orgId: org.id, title: 'Shown' });
    await web.keepEvent({ orgId: org.id, title: 'Not shown' });
    const link = { token: 'rc-0123456789abcdef', eventId: shown.id, memberId: ana, madeAt: NOW };
    await web.database.inTransaction(({ personalLinks }) => personalLinks.add(link));
    const { text } = await web.get(`/cal/${await tokenOf(ana)}.ics`);
    const urlOf = (title: string) =>
      read(text)
        .find(({ summary }) => summary === title)
        ?.component.getFirstPropertyValue('url');
    expect(urlOf('Shown')).toBe(`${shown.url}?utm_source=rc-0123456789abcdef`);
    expect(urlOf('Not shown')).not.toContain('utm_source');
    expect(await web.database.connection.selectFrom('personal_links').selectAll().execute()).toHaveLength(1);
    expect((await web.get('/o/linked/events.ics')).text).not.toContain('utm_source');
  });

  it('show nothing of an org that was hidden, and nothing once their member is no more', async () => {
    const ben = newMemberId();
    const org = await web.keep({ slug: 'soon-hidden' });
    await web.database.inTransaction(async ({ members, orgs }) => {
      await members.add(aMember({ id: ben, stoppedAt: NOW }));
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: ben }));
    });
    await web.keepEvent({ orgId: org.id, title: 'Soon hidden' });
    const path = `/cal/${await tokenOf(ben)}.ics`;
    // They said “stop”, which is about messages; this they asked for.
    expect(titles((await web.get(path)).text)).toEqual(['Soon hidden']);
    await web.database.inTransaction(({ orgs }) => orgs.update({ ...org, isHidden: true }));
    expect(titles((await web.get(path)).text)).toEqual([]);
    await web.services.members.erase(ben);
    expect((await web.get(path)).status).toBe(404);
  });

  it('keep no token in the clear', async () => {
    const token = await tokenOf(ana);
    const rows = await web.database.connection.selectFrom('calendar_feeds').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('tell whoever looks that they cannot be read, and the log nothing of the address', async () => {
    const broken = await startWeb({ clock: { now: () => NOW } });
    const token = '0'.repeat(32);
    broken.database.sqlite.close();
    const { status, headers, text } = await broken.get(`/cal/${token}.ics`);
    await broken.stop();
    expect([status, headers['cache-control']]).toEqual([503, 'no-store']);
    expect(text).toContain('try again later');
    expect(broken.logs()).toContain('a calendar feed could not be made');
    expect(broken.logs()).not.toContain(token);
  });
});
