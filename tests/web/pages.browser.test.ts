import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../playground/open-page.js';
import { type RunningWeb, startWeb } from './start-web.js';

const EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script> \u202Eabc\u202C مرحبا 🧑‍🔬 ';

let browser: Browser;
let web: RunningWeb;
beforeAll(async () => {
  browser = await openBrowser();
  web = await startWeb();
  await web.keep({ slug: 'evil', name: EVIL + 'W'.repeat(60), description: EVIL + 'long'.repeat(900) });
});
afterAll(async () => {
  await browser.close();
  await web.stop();
});

it.each(['/o/baish', '/o/evil', '/o/nobody'])(
  '%s fits a phone and a desk, can be read in both lights, runs nothing',
  async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [320, 390, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
        const page = await context.newPage();
        const trouble: string[] = [];
        page.on('dialog', (dialog) => trouble.push(`dialog: ${dialog.message()}`));
        page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
        page.on('request', (request) => {
          if (request.url() !== web.url + path && !request.url().startsWith('data:')) trouble.push(request.url());
        });
        await page.addInitScript({ path: fileURLToPath(new URL('../playground/in-page.js', import.meta.url)) });
        await page.goto(web.url + path);
        expect([width, await page.evaluate('inPage.hasSideScroll()')]).toEqual([width, false]);
        expect(await page.evaluate('inPage.pale()')).toEqual([]);
        expect(await page.locator('main img, main script').count()).toBe(0);
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
  expect(await page.locator('code.command').first().textContent()).toBe('/orgs join baish');
  await context.close();
});
