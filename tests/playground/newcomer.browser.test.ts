import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newest, type OpenPage, openBrowser, openPage, send } from './open-page.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

describe('a newcomer in the playground', () => {
  let browser: Browser;
  let rollcall: RunningPlayground;
  let open: OpenPage;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    rollcall = await startPlayground({ hasPage: true });
    open = await openPage(browser, rollcall.url);
  });
  afterEach(async () => {
    const { trouble } = open;
    await open.close();
    await rollcall.stop();
    expect(trouble).toEqual([]);
  });

  it('joins an org with the keyboard alone, and finds the welcome in the direct messages', async () => {
    const { page } = open;
    const { keyboard } = page;
    /** Goes back from the writing place to a button, as one would with Shift+Tab. */
    const backTo = async (name: RegExp) => {
      for (let step = 0; step < 40; step += 1) {
        await keyboard.press('Shift+Tab');
        const label = await page.evaluate<string>('inPage.focused()');
        if (name.test(label)) return;
      }
      throw new Error(`No ${name} on the way back.`);
    };
    /** Goes on to a button, from wherever the focus is. */
    const onTo = async (name: string) => {
      for (let step = 0; step < 12; step += 1) {
        await keyboard.press('Tab');
        if ((await page.evaluate<string>('document.activeElement.textContent')) === name) return;
      }
      throw new Error(`No "${name}" ahead.`);
    };

    await keyboard.type('/orgs bro');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByText('Page 1 of').waitFor();
    await backTo(/^Next$/);
    await keyboard.press('Enter');
    await page.getByText('Page 2 of').waitFor();
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Next');
    await backTo(/^Previous$/);
    await keyboard.press('Enter');
    await page.getByText('Page 1 of').waitFor();
    await backTo(/^Show: Buenos Aires AI Safety Hub/);
    await keyboard.press('Enter');
    await page.getByText('Open to everyone').waitFor();
    await onTo('Join');
    await keyboard.press('Enter');
    await page.getByText('Before we start').waitFor();
    await onTo('Agree');
    await keyboard.press('Enter');
    await page.getByText('Join Buenos Aires AI Safety Hub (BAISH)?').waitFor();
    await onTo('Confirm');
    await keyboard.press('Enter');
    await page.getByText('Welcome!').waitFor();

    await page.getByRole('button', { name: 'Direct messages, 1 unread' }).focus();
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hello, Noor Haddad' }).waitFor();
    await page.getByRole('button', { name: 'Direct messages', exact: true }).waitFor();
  });

  it('is told what this is, once', async () => {
    const { page } = open;
    await page.getByText('nothing leaves this computer').first().waitFor();
    await page.getByRole('button', { name: 'Got it, hide this' }).click();
    await page.reload();
    await page.locator('#composer').waitFor();
    expect(await page.getByRole('button', { name: 'Got it, hide this' }).count()).toBe(0);
  });

  it('starts from what is offered in an empty channel', async () => {
    const { page } = open;
    await page.getByRole('button', { name: /Browse the orgs/ }).click();
    await page.getByText('the largest first').waitFor();
    expect(await page.getByText('Good things to try').count()).toBe(0);
  });

  it('is told that channels are not read, and only once', async () => {
    const { page } = open;
    await send(page, 'hello everybody');
    await page.getByText('Rollcall never reads channels').waitFor();
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await send(page, 'anybody there?');
    await page.getByText('anybody there?').waitFor();
    expect(await page.getByText('Rollcall never reads channels').count()).toBe(0);
  });

  it('can write “stop” to Rollcall, and ask it in words', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Direct messages' }).click();
    await send(page, 'stop');
    await page.getByText('Nothing is being sent to you').waitFor();
    await send(page, 'how do I join an org?');
    await newest(page).getByText('Perhaps one of these').waitFor();
    await newest(page).getByRole('button', { name: '/orgs join' }).first().click();
    await page.locator('[data-option=org]').waitFor();
  });
});
