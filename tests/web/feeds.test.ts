import fc from 'fast-check';
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/events/event.js';
import { type MemberId, newMemberId } from '../../src/domain/ids.js';
import { LOOK_EVERY_S, writeIcs } from '../../src/web/feeds/ics.js';
import { anEvent } from '../builders/events.js';
import { aMember } from '../builders/members.js';
import { aMembership } from '../builders/orgs.js';
import { type RunningWeb, startWeb } from './start-web.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const NOW = utc('2026-03-01T12:00:00Z') as DateTime<true>;

/** The events in a feed, as a calendar program that is not ours reads them. */
function read(text: string) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((part) => new ICAL.Event(part));
}

const feed = (event: Event, more: { isGoing?: boolean; linkToken?: string } = {}) =>
  writeIcs({
    name: 'BAISH',
    events: [{ event, orgName: 'BAISH', isGoing: more.isGoing ?? false, linkToken: more.linkToken }],
  });

describe('an event in a feed', () => {
  it('has its moments in UTC, its version and its page', () => {
    const event = anEvent({ startsAt: utc('2026-03-29T00:30:00Z'), sequence: 3 });
    const text = feed(event);
    const [one] = read(text);
    expect(one?.startDate.toJSDate()).toEqual(event.startsAt.toJSDate());
    expect(one?.endDate.toJSDate()).toEqual(event.endsAt?.toJSDate());
    expect([one?.uid, one?.summary, one?.sequence]).toEqual([`${event.id}@rollcall`, event.title, 3]);
    expect(one?.location).toBe('Rua Augusta 1, Lisbon');
    expect(text).toContain(`URL;VALUE=URI:${event.url}`);
    expect(text).toContain('STATUS:CONFIRMED');
    expect(text).toContain('TRANSP:TRANSPARENT');
    expect(LOOK_EVERY_S).toBe(3_600);
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
  });

  it('is told to be cancelled, so that calendars drop it', () => {
    expect(feed(anEvent({ state: 'cancelled' }))).toContain('STATUS:CANCELLED');
  });

  it('takes up the time of whoever goes, and carries their own link', () => {
    const event = anEvent({ url: 'https://luma.com/abc' });
    const text = feed(event, { isGoing: true, linkToken: 'rc-0123456789abcdef' });
    expect(text).toContain('TRANSP:OPAQUE');
    expect(text).toContain('URL;VALUE=URI:https://luma.com/abc?utm_source=rc-0123456789abcdef');
  });

  it.each([
    ['Pacific/Auckland', '2026-04-03T11:00:00Z', '2026-04-04T11:00:00Z', '2026-04-04', '2026-04-05'],
    ['America/Los_Angeles', '2026-03-08T08:00:00Z', '2026-03-10T07:00:00Z', '2026-03-08', '2026-03-10'],
    ['Asia/Kathmandu', '2026-05-09T18:15:00Z', '2026-05-10T18:15:00Z', '2026-05-10', '2026-05-11'],
  ])('of whole days in %s has the days themselves', (zone, starts, ends, first, after) => {
    const text = feed(anEvent({ startsAt: utc(starts), endsAt: utc(ends), zone, isAllDay: true }));
    const [one] = read(text);
    expect([one?.startDate.isDate, one?.startDate.toString(), one?.endDate.toString()]).toEqual([true, first, after]);
  });

  it('lasts two hours when nobody told its end', () => {
    const [one] = read(feed(anEvent({ startsAt: utc('2026-03-05T18:00:00Z'), endsAt: undefined })));
    expect(one?.endDate.toJSDate()).toEqual(new Date('2026-03-05T20:00:00Z'));
  });

  it('comes through whatever its words are, in lines of 75 bytes', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 300 })
      .map((text) => `T${text.replace(/[\p{Cc}\p{Cs}]/gu, ' ')}`);
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 99 }), (title, description, sequence) => {
        const event = anEvent({ title, description, sequence });
        const text = feed(event);
        const [one] = read(text);
        expect(one?.summary).toBe(title);
        expect(one?.description).toBe(`BAISH\n\n${description}\n\n${event.url}`);
        expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('makes the same bytes at every reading', () => {
    const event = anEvent();
    expect(feed(event)).toBe(feed(event));
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
    const token = await web.services.calendarFeeds.tokenOf(ana);
    const { status, headers, text } = await web.get(`/cal/${token}.ics`);
    expect([status, headers['cache-control']]).toEqual([200, 'private, max-age=300']);
    expect(headers['x-robots-tag']).toBe('noindex, nofollow');
    expect(titles(text)).toEqual(['For members']);
    expect(titles((await web.get(`/cal/${token}.ics?only=going`)).text)).toEqual(['Elsewhere']);
    expect(web.logs()).not.toContain(token);
  });

  it('keep a private address until its member makes a new one or turns it off', async () => {
    const { calendarFeeds } = web.services;
    const old = await calendarFeeds.tokenOf(ana);
    expect(await calendarFeeds.tokenOf(ana)).toBe(old);
    const fresh = await calendarFeeds.renew(ana);
    expect([(await web.get(`/cal/${old}.ics`)).status, (await web.get(`/cal/${fresh}.ics`)).status]).toEqual([
      404, 200,
    ]);
    await calendarFeeds.turnOff(ana);
    expect((await web.get(`/cal/${fresh}.ics`)).status).toBe(404);
    for (const wrong of ['x', `${'0'.repeat(32)}`, '%00', "'or'1'='1", 'é'.repeat(32)]) {
      expect((await web.get(`/cal/${encodeURIComponent(wrong)}.ics`)).status).toBe(404);
    }
  });

  it('keep no token in the clear', async () => {
    const token = await web.services.calendarFeeds.tokenOf(ana);
    const rows = await web.database.connection.selectFrom('calendar_feeds').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('an org’s page', () => {
  let web: RunningWeb;
  beforeAll(async () => {
    web = await startWeb({ clock: { now: () => NOW } });
  });
  afterAll(() => web.stop());

  it('lists what is on and what was, by the clocks there, and strikes out what was cancelled', async () => {
    const org = await web.keep({ slug: 'page-org' });
    await web.keepEvent({ orgId: org.id, title: 'Evening <b>talk</b>', zone: 'America/Argentina/Buenos_Aires' });
    await web.keepEvent({ orgId: org.id, title: 'Called off', state: 'cancelled', startsAt: NOW.plus({ days: 9 }) });
    await web.keepEvent({ orgId: org.id, title: 'Last month', startsAt: NOW.minus({ days: 30 }) });
    await web.keepEvent({ orgId: org.id, title: 'Secret', visibility: 'private' });
    const { text } = await web.get('/o/page-org');
    expect(text).toContain('Evening &lt;b&gt;talk&lt;/b&gt;');
    expect(text).toContain('Thu 5 March 2026, 15:30–17:30 (Buenos Aires time, UTC-3)');
    expect(text).toMatch(/<s>.*Called off.*<\/s> <strong>Cancelled<\/strong>/);
    expect(text.indexOf('Last month')).toBeGreaterThan(text.indexOf('Past events'));
    expect(text).not.toContain('Secret');
    expect(text).toContain('href="page-org/events.ics"');
    expect(text).not.toContain('luma.com/embed');
  });

  it('says kindly that nothing is planned', async () => {
    await web.keep({ slug: 'quiet-org' });
    expect((await web.get('/o/quiet-org')).text).toContain('Nothing is planned right now.');
  });
});
