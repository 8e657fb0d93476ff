import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Org } from '../../src/domain/orgs/org.js';
import { aSource } from '../builders/sync.js';
import { type RunningWeb, startWeb } from './start-web.js';

const NOW = DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' }) as DateTime<true>;
const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const EVIL = '</script><script>alert(1)</script><!--<img src=x onerror=alert(2)> \u2028 "';

describe('the events on an org’s page', () => {
  let web: RunningWeb;
  let count = 0;
  beforeAll(async () => {
    web = await startWeb({ clock: { now: () => NOW } });
  });
  afterAll(() => web.stop());

  const anotherOrg = (org: Partial<Org> = {}) => {
    count += 1;
    return web.keep({ slug: `events-${count}`, ...org });
  };
  const pageOf = async ({ slug }: Org) => (await web.get(`/o/${slug}`)).text;
  const addCalendar = (org: Org, id: string | undefined, name: string) =>
    web.database.inTransaction(({ sources }) => sources.add(aSource(org.id, { calendarId: id, name })));

  /** What search engines read in it. */
  function dataIn(text: string) {
    const json = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(text)?.[1];
    return json === undefined ? undefined : JSON.parse(json)['@graph'];
  }

  it('are what is on and what was, by the clocks there, month by month, and what was cancelled struck out', async () => {
    const org = await anotherOrg();
    const zone = 'America/Argentina/Buenos_Aires';
    await web.keepEvent({ orgId: org.id, title: 'Evening <b>talk</b>', zone });
    await web.keepEvent({ orgId: org.id, title: 'Called off', state: 'cancelled', startsAt: NOW.plus({ days: 9 }) });
    await web.keepEvent({ orgId: org.id, title: 'Already April', zone, startsAt: utc('2026-04-01T03:30:00Z') });
    await web.keepEvent({ orgId: org.id, title: 'Still March', zone, startsAt: utc('2026-04-01T02:30:00Z') });
    await web.keepEvent({ orgId: org.id, title: 'Last month', startsAt: NOW.minus({ days: 30 }) });
    await web.keepEvent({ orgId: org.id, title: 'Secret', visibility: 'private' });
    await web.keepEvent({ orgId: org.id, title: 'Members', visibility: 'members-only' });
    const text = await pageOf(org);
    expect(text).toContain('Evening &lt;b&gt;talk&lt;/b&gt;');
    expect(text).toContain('>Thu 5 March, 15:30–17:30</time>');
    expect(text).toContain('>Buenos Aires time, UTC-3</span>');
    expect(text).toMatch(/<s>.*Called off.*<\/s> <strong>Cancelled<\/strong>/);
    const inOrder = ['March 2026', 'Evening', 'Called off', 'Still March', 'April 2026', 'Already April'];
    const places = inOrder.map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(text.indexOf('Last month')).toBeGreaterThan(text.indexOf('Past events'));
    expect(text).toContain('>Fri 30 January 2026, 12:00–14:00</time>');
    expect(text).not.toMatch(/Secret|Members(?!<\/dt>)/);
  });

  it('have days for whole days, both days of those that take several, and no zone where there is none', async () => {
    const org = await anotherOrg();
    const lisbon = { orgId: org.id, zone: 'Europe/Lisbon' };
    const days = { ...lisbon, isAllDay: true, startsAt: utc('2026-03-06T00:00:00Z') };
    await web.keepEvent({ ...days, title: 'One day', endsAt: utc('2026-03-07T00:00:00Z') });
    await web.keepEvent({ ...days, title: 'Three days', endsAt: utc('2026-03-09T00:00:00Z') });
    const [startsAt, endsAt] = [utc('2026-03-28T18:00:00Z'), utc('2026-03-29T17:00:00Z')];
    await web.keepEvent({ ...lisbon, title: 'Over the change of clocks', startsAt, endsAt });
    await web.keepEvent({ ...lisbon, title: 'Open end', startsAt, endsAt: undefined, zone: 'Etc/UTC' });
    const text = await pageOf(org);
    expect(text).toContain('<time datetime="2026-03-06">Fri 6 March, all day</time>');
    expect(text).toContain('>Fri 6 March – Sun 8 March</time>');
    expect(text).toContain('>Sat 28 March, 18:00 – Sun 29 March, 18:00</time>');
    expect(text).toMatch(/>Sat 28 March, 18:00<\/time> <span class="zone"[^>]*>UTC<\/span>/);
  });

  it('are at most twenty ahead and ten past, and the page says how many more there are', async () => {
    const org = await anotherOrg();
    for (let days = 1; days <= 23; days += 1) {
      await web.keepEvent({ orgId: org.id, title: `Ahead ${days}.`, startsAt: NOW.plus({ days }) });
      await web.keepEvent({ orgId: org.id, title: `Past ${days}.`, startsAt: NOW.minus({ days }) });
    }
    const text = await pageOf(org);
    const shown = (kind: string) => [...text.matchAll(new RegExp(`<bdi>${kind} (\\d+)`, 'g'))].map(([, day]) => day);
    expect([shown('Ahead').length, shown('Ahead').at(-1)]).toEqual([20, '20']);
    expect([shown('Past').length, shown('Past').at(-1)]).toEqual([10, '10']);
    expect(text).toContain('And 3 more events later');
  });

  it('can be added to calendars, by this device, by others on the web, and by hand', async () => {
    const org = await anotherOrg({ slug: 'adds', name: 'A & B' });
    const text = await pageOf(org);
    expect(text).toContain('href="webcal://rollcall.example.org/o/adds/events.ics"');
    expect(text).toContain(
      'href="https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Frollcall.example.org%2Fo%2Fadds%2Fevents.ics"',
    );
    expect(text).toContain('outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Frollcall.example.org');
    expect(text).toContain('<code class="command">https://rollcall.example.org/o/adds/events.ics</code>');
  });

  it('say kindly that nothing is planned', async () => {
    const text = await pageOf(await anotherOrg());
    expect(text).toContain('Nothing is planned right now.');
    expect(text).toContain('Add to your calendar');
    expect(text).not.toMatch(/<script|<iframe|Past events/);
  });

  it('lead to their pages, and nowhere that is none', async () => {
    const org = await anotherOrg();
    await web.keepEvent({ orgId: org.id, title: 'Linked', url: 'https://luma.com/abc' });
    await web.keepEvent({ orgId: org.id, title: 'Evil', url: 'javascript:alert(1)' });
    const text = await pageOf(org);
    expect(text).toContain('<a href="https://luma.com/abc" rel="noopener nofollow"><bdi>Linked</bdi></a>');
    expect(text).toContain('<h4><bdi>Evil</bdi></h4>');
    expect(text).not.toContain('javascript:');
  });

  it('show mark-up and scripts in their texts as text, also to search engines', async () => {
    const org = await anotherOrg({ name: EVIL });
    const place = { kind: 'offline', name: EVIL, city: undefined, at: undefined } as const;
    const event = await web.keepEvent({ orgId: org.id, title: EVIL, description: EVIL, place, zone: 'Europe/Lisbon' });
    await addCalendar(org, 'cal-"><script>', EVIL);
    await addCalendar(org, 'cal-b', 'B');
    const { text, headers } = await web.get(`/o/${org.slug}`);
    const [data] = dataIn(text);
    expect([data.name, data.location.name, data.organizer.name]).toEqual([event.title, EVIL, EVIL]);
    const scripts = [...text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts).toEqual(['<script type="application/ld+json">', '<script>']);
    expect(text).not.toMatch(/<img|<!--/);
    const [, ours = ''] = /<script>([^<]*)<\/script>/.exec(text) ?? [];
    const hash = createHash('sha256').update(ours).digest('base64');
    expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}';`);
  });

  it('are told to search engines with what is sure of them, unless the org is unlisted', async () => {
    const org = await anotherOrg();
    await web.keepEvent({ orgId: org.id, title: 'There', description: 'One. Two.', zone: 'Europe/Madrid' });
    const offAt = NOW.plus({ days: 9 });
    await web.keepEvent({
      orgId: org.id,
      title: 'Off',
      state: 'cancelled',
      place: { kind: 'online' },
      startsAt: offAt,
    });
    expect(dataIn(await pageOf(org))).toEqual([
      expect.objectContaining({
        '@type': 'Event',
        name: 'There',
        startDate: '2026-03-05T19:30:00+01:00',
        endDate: '2026-03-05T21:30:00+01:00',
        eventStatus: 'https://schema.org/EventScheduled',
        description: 'One.',
        location: expect.objectContaining({ '@type': 'Place', name: 'Rua Augusta 1, Lisbon' }),
      }),
      expect.objectContaining({
        eventStatus: 'https://schema.org/EventCancelled',
        eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      }),
    ]);
    const quiet = await anotherOrg({ isListed: false });
    await web.keepEvent({ orgId: quiet.id });
    expect(dataIn(await pageOf(quiet))).toBeUndefined();
  });

  it('offer lu.ma’s own view of each calendar whose id is known, and load none of it', async () => {
    const org = await anotherOrg();
    await addCalendar(org, undefined, 'A feed from elsewhere');
    expect(await pageOf(org)).not.toContain('luma.com/embed');
    await addCalendar(org, 'cal-one', 'One');
    const one = await pageOf(org);
    expect(one).toContain('href="https://luma.com/embed/calendar/cal-one/events">Load it from luma.com</a>');
    expect(one).toMatch(/<iframe name="luma"(?![^>]* src)[^>]*>/);
    await addCalendar(org, 'cal-two', 'Two & more');
    expect(await pageOf(org)).toContain('Load “<bdi>Two &amp; more</bdi>” from luma.com');
  });
});

it('say where a calendar’s address is found while the product knows none of its own', async () => {
  const web = await startWeb({ publicUrl: undefined });
  const { text } = await web.get('/o/baish');
  await web.stop();
  expect(text).toContain('href="baish/events.ics"');
  expect(text).not.toMatch(/webcal:|calendar\.google/);
});
