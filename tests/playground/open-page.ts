import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from './chromium.js';

/** A browser for the tests. @throws Error when this machine has none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found. Set CHROMIUM_PATH, or ROLLCALL_NO_BROWSER=1.');
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

/** A page of the playground, with everything noted that should never happen in it. */
export interface OpenPage {
  page: Page;
  /** Errors and warnings in the console, uncaught errors, refusals by the policy, dialogs, requests to elsewhere. */
  trouble: string[];
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  url: string,
  {
    hash = '',
    width = 1280,
    height = 800,
    colorScheme = 'light',
  }: { hash?: string; width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  const trouble: string[] = [];
  page.on('console', (entry) => {
    if (['error', 'warning'].includes(entry.type())) trouble.push(`console: ${entry.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) trouble.push(`request: ${request.url()}`);
  });
  await page.addInitScript({ path: fileURLToPath(new URL('./in-page.js', import.meta.url)) });
  await page.goto(`${url}/${hash}`);
  await page.locator('#composer').waitFor();
  return { page, trouble, close: () => context.close() };
}

/** Types a line into the composer and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  await page.locator('#composer').fill(text);
  await page.locator('#composer').press('Enter');
}

/** The newest message on show. */
export const newest = (page: Page) => page.locator('.message').last();
