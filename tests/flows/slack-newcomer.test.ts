import { afterEach, expect, it } from 'vitest';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await on.stop();
});

it('takes a newcomer from browsing to being a member, says hello once, and lets them leave', async () => {
  on = await startOnSlack();
  const { slack, general, ana } = on;
  const page = await ana.in(general).runs('/orgs', 'browse');
  expect(page.isEphemeral).toBe(true);
  expect(page.text).toMatch(/^Orgs\n\d+ orgs, the largest first\n/);
  expect(page.text).toMatch(/Page 1 of \d+/);
  expect(page.buttons).not.toContain('Previous');

  const second = await page.press('Next');
  expect(second.message.ts).toBe(page.message.ts);
  expect(second.text).toMatch(/Page 2 of \d+/);
  expect(second.buttons).toEqual(expect.arrayContaining(['Previous', 'Next']));

  const org = await second.press('Show', { nth: 0 });
  expect(org.isEphemeral).toBe(true);
  expect(org.buttons).toContain('Join');

  const baish = await ana.in(general).runs('/orgs', 'show baish');
  const consent = await baish.press('Join');
  expect(consent.text).toContain('Before we start');
  expect(await on.memberOf(ana)).toBeUndefined();

  const card = await consent.press('Agree');
  expect(card.text).toMatch(/Join .+\?/);
  // The welcome comes by itself, at its own time; it is waited for so that it is not taken for an answer.
  await slack.waitFor(() => ana.inbox().length === 1);
  expect(ana.inbox()[0]?.text).toContain('Hello, ana');
  const joined = await card.press('Confirm');
  expect(joined.text).toContain('Welcome!');
  expect(joined.message.ts).toBe(consent.message.ts);
  const member = await on.memberOf(ana);
  expect(member?.profile.name).toBe('ana');
  expect(member?.locale).toBe('pt-BR');
  expect(member?.zone).toBe('America/Sao_Paulo');

  const mine = await ana.in(general).runs('/orgs', 'mine');
  expect(mine.text).toContain('Buenos Aires AI Safety Hub');
  const leave = await ana.in(general).runs('/orgs', 'leave baish');
  const left = await leave.press('Confirm');
  expect(left.text).toContain('You’ve left');
  const none = await ana.in(general).runs('/orgs', 'mine');
  expect(none.text).toContain('not in any org yet');
  expect(ana.inbox()).toHaveLength(1);
});
