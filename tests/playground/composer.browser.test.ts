import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newest, type OpenPage, openBrowser, openPage, send } from './open-page.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

describe('writing in the playground', () => {
  let browser: Browser;
  let rollcall: RunningPlayground;
  let open: OpenPage;
  beforeAll(async () => {
    browser = await openBrowser();
    rollcall = await startPlayground({ hasPage: true });
  });
  afterAll(async () => {
    await browser.close();
    await rollcall.stop();
  });
  beforeEach(async () => {
    open = await openPage(browser, rollcall.url, { hash: '#/ana-ferreira/dm' });
  });
  afterEach(async () => {
    const { trouble } = open;
    await open.close();
    expect(trouble).toEqual([]);
  });

  it('finds a command by some of its letters, and fills its options in with help', async () => {
    const { page } = open;
    await page.keyboard.type('/brow');
    await page.getByRole('option', { name: /\/orgs browse/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('city:bue');
    await page.getByRole('option', { name: 'Buenos Aires, Argentina' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await newest(page).getByText('in Buenos Aires').first().waitFor();
    expect(await newest(page).locator('.message-command').textContent()).toContain(
      '/orgs browse city:"Buenos Aires, AR"',
    );
  });

  it('offers a closed list by its labels', async () => {
    const { page } = open;
    await page.keyboard.type('/orgs browse');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: /^Add type/ }).click();
    await page.keyboard.type('research');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await newest(page).getByText('research hub', { exact: true }).waitFor();
  });

  it('says kindly that something required is missing, and runs nothing', async () => {
    const { page } = open;
    await page.keyboard.type('/orgs show');
    await page.keyboard.press('Enter');
    await page.locator('[data-option=org]').waitFor();
    const before = await page.locator('.message').count();
    await page.keyboard.press('Enter');
    await page.getByText('“org” is needed').waitFor();
    expect(await page.locator('.message').count()).toBe(before);
    await page.keyboard.type('baish');
    await page.getByRole('option', { name: /BAISH/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await newest(page).getByRole('heading', { name: 'Buenos Aires AI Safety Hub (BAISH)' }).waitFor();
  });

  it('takes a command that is typed in full, quotes and all', async () => {
    const { page } = open;
    await send(page, '/orgs browse query:“reading group” city:Berlin');
    const line = newest(page).locator('.message-command', { hasText: 'query:"reading group" city:Berlin' });
    await line.waitFor();
    await send(page, '/orgs browse colour:red');
    await newest(page).getByText('This command has no such option').waitFor();
  });

  it('recalls what was run before with the arrow up', async () => {
    const { page } = open;
    await send(page, '/orgs browse query:chess');
    await newest(page).locator('.message-command').waitFor();
    await page.locator('#composer').press('ArrowUp');
    expect(await page.locator('#composer').inputValue()).toBe('/orgs browse query:chess');
  });

  it('gives a command up with Esc, step by step', async () => {
    const { page } = open;
    await page.keyboard.type('/orgs sh');
    await page.keyboard.press('Tab');
    await page.locator('[data-option=org]').waitFor();
    await page.keyboard.press('Backspace');
    await page.locator('#composer').waitFor();
    expect(await page.locator('#composer').inputValue()).toBe('/orgs show');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
  });

  it('puts a command that is named in an answer into the writing place', async () => {
    const { page } = open;
    await send(page, '/help');
    await newest(page).getByRole('button', { name: '/orgs join' }).click();
    await page.locator('[data-option=org]').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('#composer').waitFor();
  });

  it('says so when no command is called that', async () => {
    const { page } = open;
    await page.keyboard.type('/zzzz');
    await page.getByText('No command is called that').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('#composer').inputValue()).toBe('/zzzz');
  });
});
