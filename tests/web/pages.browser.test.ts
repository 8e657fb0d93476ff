import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSource } from '../builders/sync.js';
import { openBrowser } from '../playground/open-page.js';
import { type RunningWeb, startWeb } from './start-web.js';

const EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script> \u202Eabc\u202C مرحبا 🧑‍🔬 ';

/** The day before the clocks change in Europe. */
const NOW = DateTime.fromISO('2026-03-28T12:00:00Z', { zone: 'utc' }) as DateTime<true>;

let browser: Browser;
let web: RunningWeb;
beforeAll(async () => {
  browser = await openBrowser();
  web = await startWeb({ clock: { now: () => NOW } });
  await keepBusyOrg();
  await web.keep({ slug: 'evil', name: EVIL + 'W'.repeat(60), description: EVIL + 'long'.repeat(900) });
});
afterAll(async () => {
  await browser.close();
  await web.stop();
});

/** An org with events of every kind, and a calendar on lu.ma. */
async function keepBusyOrg(): Promise<void> {
  const org = await web.keep({ slug: 'busy' });
  const lisbon = { orgId: org.id, zone: 'Europe/Lisbon' };
  await web.keepEvent({ ...lisbon, title: 'Tomorrow', startsAt: NOW.plus({ hours: 30 }) });
  await web.keepEvent({ ...lisbon, title: `${EVIL}${'W'.repeat(80)}`, startsAt: NOW.plus({ days: 3 }) });
  await web.keepEvent({ ...lisbon, title: 'Off', state: 'cancelled', startsAt: NOW.plus({ days: 9 }) });
  await web.keepEvent({
    ...lisbon,
    title: 'Whole day',
    isAllDay: true,
    startsAt: NOW.plus({ days: 9 }).startOf('day'),
  });
  await web.keepEvent({ ...lisbon, title: 'Once', startsAt: NOW.minus({ days: 9 }) });
  await web.database.inTransaction(({ sources }) => sources.add(aSource(org.id, { calendarId: 'cal-busy' })));
}

it.each(['/o/baish', '/o/busy', '/o/evil', '/o/nobody'])(
  '%s fits a phone and a desk, can be read in both lights, runs nothing',
  async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [320, 390, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
        const page = await context.newPage();
        const trouble: string[] = [];
        page.on('dialog', (dialog) => trouble.push(`dialog: ${dialog.message()}`));
        page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
        page.on('console', (entry) => {
          if (entry.text().startsWith('policy')) trouble.push(entry.text());
        });
        page.on('request', (request) => {
          if (request.url() !== web.url + path && !request.url().startsWith('data:')) trouble.push(request.url());
        });
        await page.addInitScript({ path: fileURLToPath(new URL('../playground/in-page.js', import.meta.url)) });
        await page.goto(web.url + path);
        await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
        expect([width, await page.evaluate('inPage.hasSideScroll()')]).toEqual([width, false]);
        expect(await page.evaluate('inPage.pale()')).toEqual([]);
        expect(await page.locator('main img').count()).toBe(0);
        expect(trouble).toEqual([]);
        await context.close();
      }
    }
  },
);

it('hands the command over whole at one tap, also without script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${web.url}/o/baish`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Buenos Aires AI Safety Hub (BAISH)');
  expect(await page.locator('.way code.command').first().textContent()).toBe('/orgs join baish');
  await context.close();
});

async function openBusy(options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  const asked: string[] = [];
  await context.route('https://luma.com/**', async (route) => {
    asked.push(`${route.request().url()} from ${route.request().headers().referer ?? 'nowhere'}`);
    await route.fulfill({ contentType: 'text/html', body: '<p>The calendar as lu.ma shows it</p>' });
  });
  const page = await context.newPage();
  await page.goto(`${web.url}/o/busy`);
  return { page, asked, close: () => context.close() };
}

it('tells each visitor what their own clock will show, where that is something else', async () => {
  const zoneIn = async (timezoneId: string) => {
    const { page, close } = await openBusy({ timezoneId });
    const texts = await page.locator('.zone').allTextContents();
    await close();
    return texts;
  };
  expect((await zoneIn('Europe/Lisbon')).slice(0, 2)).toEqual(['Lisbon time, UTC+1', 'Lisbon time, UTC+1']);
  // 19:00 in Lisbon on the day on which the clocks changed: Kathmandu's never do.
  expect((await zoneIn('Asia/Kathmandu'))[0]).toBe('Lisbon time, UTC+1 (Sun 23:45 for you)');
  expect((await zoneIn('Pacific/Auckland'))[0]).toBe('Lisbon time, UTC+1 (Mon 07:00 for you)');
});

it.each([true, false])('asks luma.com for nothing until somebody taps its button (script: %s)', async (isScripted) => {
  const { page, asked, close } = await openBusy({ javaScriptEnabled: isScripted });
  await page.getByText('See the calendar as lu.ma shows it').click();
  await page.getByText('which then sees that you looked').waitFor();
  expect(await page.locator('iframe').isVisible()).toBe(!isScripted);
  expect(asked).toEqual([]);
  await page.getByRole('link', { name: 'Load it from luma.com' }).click();
  await page.frameLocator('iframe[name=luma]').getByText('The calendar as lu.ma shows it').waitFor();
  expect(await page.locator('iframe').isVisible()).toBe(true);
  expect(asked).toEqual(['https://luma.com/embed/calendar/cal-busy/events from nowhere']);
  expect(page.url()).toBe(`${web.url}/o/busy`);
  await close();
});

it('has all that is on without script', async () => {
  const { page, close } = await openBusy({ javaScriptEnabled: false });
  expect(await page.getByRole('heading', { level: 4, name: 'Tomorrow' }).isVisible()).toBe(true);
  expect(await page.locator('li', { hasText: 'Off' }).textContent()).toContain('Cancelled');
  await page.getByText('Past events').click();
  expect(await page.getByRole('heading', { level: 4, name: 'Once' }).isVisible()).toBe(true);
  expect(await page.getByText('https://rollcall.example.org/o/busy/events.ics').isVisible()).toBe(true);
  await close();
});
