import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calledOff, movedBy } from '../builders/announcing.js';
import { withCalendar } from '../flows/announce-story.js';
import { newest, type OpenPage, openBrowser, openPage, send } from './open-page.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

describe.skipIf(process.env.ROLLCALL_NO_BROWSER)('announcements on the page', () => {
  let browser: Browser;
  let rollcall: RunningPlayground;
  let opened: OpenPage;
  let calendar: Awaited<ReturnType<typeof withCalendar>>;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    rollcall = await startPlayground({ hasPage: true });
    calendar = await withCalendar(rollcall.product);
    opened = await openPage(browser, rollcall.url, { hash: '#/tomas-quiroga/baish/general' });
  });
  afterEach(async () => {
    expect(opened.trouble).toEqual([]);
    await opened.close();
    await rollcall.stop();
  });

  it('come into the channel for everybody, change there, and are answered beneath', async () => {
    const { page } = opened;
    await send(page, '/manage announce set channel:reading-group');
    await newest(page).getByText('Announcements go to #reading-group').waitFor();
    const event = calendar.event({ title: 'Reading <b>club</b>' });
    await calendar.finds({ added: [event] });
    await page.goto(`${rollcall.url}/#/noor-haddad/baish/reading-group`);
    const card = page.locator('.message', { hasText: 'Reading <b>club</b>' }).first();
    await card.getByRole('button', { name: 'Interested' }).waitFor();

    const moved = movedBy(event, { days: 1 });
    await calendar.finds({ changed: [moved] });
    const reply = newest(page);
    await reply.getByText('Moved:').waitFor();
    await reply.getByRole('button', { name: 'Answers: Reading <b>club</b>' }).click();
    await page.locator('.message:focus', { hasText: 'Rua Augusta 1' }).waitFor();
    expect(page.url()).toContain('#/noor-haddad/baish/reading-group');

    await calendar.finds({ cancelled: [calledOff(moved.after)] });
    await card.getByText('Cancelled.').waitFor();
    expect(await card.getByRole('button', { name: 'Interested' }).count()).toBe(0);
    expect(await page.locator('.message').count()).toBe(3);
  });

  it('offer the server’s channels while one types', async () => {
    const { page } = opened;
    await page.keyboard.type('/manage announce set');
    await page.keyboard.press('Enter');
    await page.locator('[data-option=channel]').waitFor();
    await page.keyboard.type('read');
    await page.getByRole('option', { name: '#reading-group' }).waitFor();
  });
});
