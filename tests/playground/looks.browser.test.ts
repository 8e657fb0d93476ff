import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../src/bot/actions.js';
import { command } from '../../src/bot/registry.js';
import { show } from '../../src/bot/reply.js';
import { code, link, rich } from '../../src/bot/text.js';
import { button, buttons, fields, linkButton, list, note, paragraph, type View } from '../../src/bot/views.js';
import { newest, type OpenPage, openBrowser, openPage, send } from './open-page.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

const EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script> {{7*7}} \u202Eabc\u202C';
const LONG = 'Wonderful'.repeat(450);

const hostileView = (text: string): View => ({
  title: text,
  blocks: [
    paragraph(rich`${text} ${link(text, 'javascript:alert(3)')} ${code(text)} שלום 🧑‍🔬`),
    note(text),
    fields({ label: text, value: text }, { label: 'Other', value: text }),
    list([{ title: text, lines: [text, text], button: button(text.slice(0, 80), runs('help')) }]),
    buttons(linkButton('Bad link', 'javascript:alert(4)'), linkButton('Good link', 'https://example.org/')),
    {
      kind: 'select',
      placeholder: text.slice(0, 100),
      action: runs('help'),
      options: [
        { value: 'a', label: text.slice(0, 100), description: text.slice(0, 100) },
        { value: 'b', label: 'b', isChosen: true },
      ],
    },
    { kind: 'file', file: { name: `${text.slice(0, 200)}.csv`, type: 'text/csv', bytes: new Uint8Array(3) } },
  ],
});
const hostile = {
  groups: { test: 'For tests' },
  commands: [
    command({
      name: 'test evil',
      description: EVIL.slice(0, 100),
      access: 'anyone',
      run: async () => show(hostileView(EVIL)),
    }),
    command({
      name: 'test long',
      description: 'Long words',
      access: 'anyone',
      run: async () => show(hostileView(LONG)),
    }),
  ],
};

describe('how the playground looks and holds up', () => {
  let browser: Browser;
  let rollcall: RunningPlayground;
  let open: OpenPage | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
    rollcall = await startPlayground({ hasPage: true, more: [hostile] });
  });
  afterAll(async () => {
    await browser.close();
    await rollcall.stop();
  });
  afterEach(async () => {
    const trouble = open?.trouble;
    await open?.close();
    open = undefined;
    expect(trouble).toEqual([]);
  });
  const at = async (settings: Parameters<typeof openPage>[2] = {}): Promise<Page> => {
    open = await openPage(browser, rollcall.url, settings);
    return open.page;
  };
  const hasSideScroll = (page: Page) => page.evaluate<boolean>('inPage.hasSideScroll()');
  const nameless = (page: Page) => page.evaluate<string[]>('inPage.nameless()');
  const pale = (page: Page) => page.evaluate<string[]>('inPage.pale()');

  it('shows mark-up in people’s names and texts as text, and runs none of it', async () => {
    const page = await at();
    await page.keyboard.type('/test');
    await page.getByRole('option', { name: /test evil/ }).waitFor();
    await page.keyboard.press('Escape');
    await send(page, '/test evil');
    const card = newest(page).locator('.card');
    await card.waitFor();
    expect(await card.locator('.card-title').textContent()).toBe(EVIL);
    expect(await card.locator('script, img').count()).toBe(0);
    expect(await card.locator('a').evaluateAll((links) => links.map((one) => one.getAttribute('href')))).toEqual([
      'https://example.org/',
      expect.stringMatching(/^\/playground\/files\//),
    ]);
    await send(page, EVIL);
    expect(await newest(page).locator('.message-text').textContent()).toBe(EVIL);
    await page.waitForTimeout(200);
  });

  it('wraps or cuts what is far too long, in wide and in narrow windows', async () => {
    for (const width of [1280, 390, 320]) {
      const page = await at({ width });
      await send(page, '/test long');
      await newest(page).locator('.card').waitFor();
      expect([width, await hasSideScroll(page)]).toEqual([width, false]);
      if (width > 320) await open?.close();
    }
  });

  it('has no sideways scrolling on a phone, and keeps its lists in a drawer', async () => {
    const page = await at({ width: 390, height: 844 });
    expect(await page.getByRole('button', { name: 'reading-group' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Servers and channels' }).click();
    await page.getByRole('button', { name: 'reading-group' }).click();
    await page.getByRole('heading', { name: 'Welcome to #reading-group' }).waitFor();
    await send(page, '/orgs browse');
    await newest(page).getByText('Page 1 of').waitFor();
    expect(await hasSideScroll(page)).toBe(false);
    await page.getByRole('button', { name: 'Rollcall’s clock' }).click();
    await page.getByRole('button', { name: '+1 week' }).waitFor();
    expect(await hasSideScroll(page)).toBe(false);
  });

  it('is readable in both lights, and every control has a name', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await at({ colorScheme });
      await send(page, '/orgs browse');
      await newest(page).getByText('Page 1 of').waitFor();
      await send(page, '/help');
      await newest(page).getByRole('heading', { name: 'Help', exact: true }).waitFor();
      await page.keyboard.type('/');
      await page.getByRole('option').first().waitFor();
      expect(await pale(page)).toEqual([]);
      expect(await nameless(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /acting as/ }).click();
      await page.getByRole('radio', { name: /Tomás/ }).waitFor();
      expect(await pale(page)).toEqual([]);
      expect(await nameless(page)).toEqual([]);
      if (colorScheme === 'light') await open?.close();
    }
  });

  it('keeps the chosen light over a reload', async () => {
    const page = await at({ colorScheme: 'light' });
    const ground = () => page.evaluate<string>('inPage.ground()');
    const light = await ground();
    await page.getByRole('button', { name: /Appearance/ }).click();
    await page.getByRole('button', { name: /Appearance: light/ }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.locator('#composer').waitFor();
    expect(await ground()).toBe(dark);
  });
});
