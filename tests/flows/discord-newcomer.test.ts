import { afterEach, expect, it } from 'vitest';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;

afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

it('takes a newcomer from browsing to being a member, says hello once, and lets them leave', async () => {
  on = await startOnDiscord();
  const { discord, guild, ana } = on;
  const page = await ana.in(guild).runs('/orgs browse');
  expect(page.isEphemeral).toBe(true);
  expect(page.text).toMatch(/^## Orgs\n\d+ orgs, the largest first\n/);
  expect(page.buttonDetails.find(({ label }) => label === 'Previous')?.isDisabled).toBe(true);

  const second = await page.press('Next');
  expect(second.message?.id).toBe(page.message?.id);
  expect(second.buttons.slice(-3)).toEqual(['Previous', expect.stringMatching(/^2 \/ \d+$/), 'Next']);

  const org = await second.press('Show', { at: 0 });
  expect(org.isEphemeral).toBe(true);
  expect(org.buttons).toContain('Join');

  const baish = await ana.in(guild).runs('/orgs show', { org: 'baish' });
  const consent = await baish.press('Join');
  expect(consent.text).toContain('Before we start');
  expect(await on.memberOf(ana)).toBeUndefined();

  const card = await consent.press('Agree');
  expect(card.text).toMatch(/## Join .+\?/);
  const joined = await card.press('Confirm');
  expect(joined.text).toContain('Welcome!');
  const member = await on.memberOf(ana);
  expect(member?.profile.name).toBe('Ana Souza');
  expect(member?.locale).toBe('pt-BR');

  await discord.waitFor(() => ana.inbox().length === 1, { what: 'the welcome' });
  expect(ana.inbox()[0]?.text).toContain('Hello, Ana Souza');

  const mine = await ana.in(guild).runs('/orgs mine');
  expect(mine.text).toContain('Your orgs');
  const leave = await ana.in(guild).runs('/orgs leave', { org: 'baish' });
  const left = await leave.press('Confirm');
  expect(left.text).toContain('You’ve left');
  expect((await ana.in(guild).runs('/orgs mine')).text).toContain('not in any org yet');
  expect(ana.inbox()).toHaveLength(1);
});
