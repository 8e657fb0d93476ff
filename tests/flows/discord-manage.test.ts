import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;

beforeEach(async () => {
  on = await startOnDiscord();
});

afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

it('shows an org’s settings to whoever manages its server, there and only there', async () => {
  const { discord, guild, ana } = on;
  expect((await ana.in(guild).runs('/manage show')).text).not.toContain('Seen by admins only');
  ana.joins(guild, { permissions: PermissionFlagsBits.ManageGuild });
  expect((await ana.in(guild).runs('/manage show')).text).toContain('Seen by admins only');
  ana.joins(guild, { permissions: PermissionFlagsBits.Administrator });
  expect((await ana.in(guild).runs('/manage show', { org: 'baish' })).text).toContain('Seen by admins only');
  expect((await ana.in(guild).runs('/manage show', { org: 'lisboa-alinhada' })).text).not.toContain('Seen by admins');
  expect((await ana.inDm().runs('/manage show', { org: 'baish' })).text).not.toContain('Seen by admins only');

  const other = discord.addGuild({ name: 'Elsewhere' });
  ana.joins(other, { permissions: PermissionFlagsBits.ManageGuild });
  expect((await ana.in(other).runs('/manage show', { org: 'baish' })).text).not.toContain('Seen by admins only');
});

it('shows them to an admin in a direct message too', async () => {
  const { guild, ana } = on;
  const consent = await ana.in(guild).runs('/orgs join', { org: 'baish' });
  await (await consent.press('Agree')).press('Confirm');
  expect((await ana.inDm().runs('/manage show', { org: 'baish' })).text).not.toContain('Seen by admins only');
  const member = await on.memberOf(ana);
  await on.database.inTransaction(async ({ orgs }) => {
    const [baish] = await orgs.listByNameOrSlug('baish');
    const membership = baish && member && (await orgs.findMembership(baish.id, member.id));
    if (membership) await orgs.saveMembership({ ...membership, role: 'admin' });
  });
  expect((await ana.inDm().runs('/manage show', { org: 'baish' })).text).toContain('Seen by admins only');
});

it('takes the word of a server that only a person, not the server, installed the app into', async () => {
  const { guild, ana } = on;
  ana.joins(guild, { permissions: PermissionFlagsBits.ManageGuild });
  ana.installsApp();
  guild.removeBot();
  expect((await ana.in(guild).runs('/manage show')).text).toContain('Seen by admins only');
});
