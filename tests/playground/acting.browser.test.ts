import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAction, onAction } from '../../src/bot/actions.js';
import { command } from '../../src/bot/registry.js';
import { replace, show } from '../../src/bot/reply.js';
import { button, buttons, message } from '../../src/bot/views.js';
import { newest, type OpenPage, openBrowser, openPage, send } from './open-page.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

const count = { presses: 0 };
const counted = defineAction('test.counted', z.object({ round: z.number() }), 'anyone');
const roundView = (round: number) =>
  message(`Round ${round}`, buttons(button('Again', counted.with({ round: round + 1 }))));
const testModule = {
  groups: { test: 'For tests' },
  commands: [
    command({
      name: 'test rounds',
      description: 'Counts presses',
      access: 'anyone',
      run: async () => show(roundView(0)),
    }),
  ],
  actions: [
    onAction(counted, async (_actor, { round }) => {
      count.presses += 1;
      return replace(roundView(round));
    }),
  ],
};

describe('acting in the playground', () => {
  let browser: Browser;
  let rollcall: RunningPlayground;
  let open: OpenPage;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    count.presses = 0;
    rollcall = await startPlayground({ hasPage: true, more: [testModule] });
    open = await openPage(browser, rollcall.url, { hash: '#/ana-ferreira/dm' });
  });
  afterEach(async () => {
    await open.close();
    await rollcall.stop();
  });

  it('counts a double click once, even when the answer brings another button to the same place', async () => {
    const { page, trouble } = open;
    await send(page, '/test rounds');
    await newest(page).getByRole('button', { name: 'Again' }).dblclick();
    await newest(page).getByText('Round 1').waitFor();
    await page.waitForTimeout(150);
    expect(count.presses).toBe(1);
    expect(trouble).toEqual([]);
  });

  it('keeps a form open with what is wrong beside the field, and saves once it is right', async () => {
    const { page, trouble } = open;
    await send(page, '/profile edit');
    const dialog = page.getByRole('dialog', { name: 'Your profile' });
    await dialog.waitFor();
    await dialog.getByLabel('Name').fill('');
    await dialog.getByLabel('Headline').fill('Reads on ferries');
    await dialog.getByLabel('Headline').press('Enter');
    await dialog.getByText('Name cannot be empty.').waitFor();
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('field-name');
    expect(await dialog.getByLabel('Headline').inputValue()).toBe('Reads on ferries');
    await page.keyboard.type('Ana F.');
    await page.keyboard.press('Enter');
    await newest(page).getByText('Saved.').waitFor();
    await newest(page).getByText('Reads on ferries').waitFor();
    expect(await dialog.count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('keeps what was typed when a form is closed with Esc, and gives the focus back', async () => {
    const { page, trouble } = open;
    await send(page, '/profile edit');
    await page.getByLabel('Headline').fill('Half a thought');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('composer');
    await send(page, '/profile edit');
    expect(await page.getByLabel('Headline').inputValue()).toBe('Half a thought');
    expect(trouble).toEqual([]);
  });

  it('changes person, and everything with it', async () => {
    const { page, trouble } = open;
    await page.getByRole('button', { name: /acting as Ana/ }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /acting as Tomás/ }).waitFor();
    await page.getByText('You manage this server').waitFor();
    await send(page, '/manage show');
    await newest(page).getByText('Seen by admins only.').waitFor();
    expect(trouble).toEqual([]);
  });

  it('shows a message from Rollcall as it arrives, with a count, on every open page', async () => {
    const { page, trouble } = open;
    await page.getByRole('button', { name: 'Lisboa' }).first().click();
    const account = { platform: 'playground', teamId: '', accountId: 'ana-ferreira' } as const;
    await rollcall.playground.sendDirect({ account, directChannelId: undefined }, message('Psst'), 'n1');
    await page.getByText('Rollcall sent you a direct message.').waitFor();
    await page.waitForFunction('document.title === "(1) Rollcall playground"');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('Psst').waitFor();
    await page.waitForFunction('document.title === "Rollcall playground"');
    expect(trouble).toEqual([]);
  });

  it('moves the clock, and says what came of it', async () => {
    const { page, trouble } = open;
    await page.getByRole('button', { name: 'Rollcall’s clock' }).click();
    await page.getByRole('button', { name: 'Next 09:00' }).click();
    await page.getByText(/It is now Tue, 5 May 2026,? (at )?09:00\. No direct messages were due\./).waitFor();
    await page.getByText('+17h').waitFor();
    expect(trouble).toEqual([]);
  });

  it('says quietly that the server went away, and goes on when it is back', async () => {
    const { page } = open;
    await send(page, '/orgs mine');
    await newest(page).locator('.card').waitFor();
    const { port } = rollcall;
    await rollcall.stop();
    await page.getByText('The connection to Rollcall was lost').waitFor();
    rollcall = await startPlayground({ hasPage: true, port });
    await page.getByText('Rollcall was restarted').waitFor({ timeout: 15_000 });
    await send(page, '/orgs mine');
    await newest(page).locator('.card').waitFor();
  });
});
