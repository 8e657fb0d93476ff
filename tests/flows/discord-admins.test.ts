import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Org } from '../../src/domain/orgs/org.js';
import type { Person } from '../fakes/discord/people.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { addApprovalOrg, joinsAs } from './joining-story.js';

let on: OnDiscord;
let org: Org;
let tomas: Person;

beforeEach(async () => {
  on = await startOnDiscord();
  org = await addApprovalOrg(on.database);
  tomas = on.discord.addUser({ username: 'tomas', globalName: 'Tomás' });
  tomas.joins(on.guild);
  for (const [person, role] of [
    [tomas, 'admin'],
    [on.ana, 'member'],
  ] as const) {
    await (await person.in(on.guild).runs('/orgs mine')).press('Agree');
    await on.discord.waitFor(() => person.inbox().length === 1, { what: 'the welcome' });
    const member = await on.memberOf(person);
    if (member) await joinsAs(role, { database: on.database, org, memberId: member.id });
  }
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

it('hands an org over: the new admin is told, the old one gives the role up, and the log has both', async () => {
  const here = () => tomas.in(on.guild);
  const leaving = await here().runs('/orgs leave', { org: 'studio' });
  expect(leaving.text).toContain('You are the only admin of');
  expect(leaving.buttons).toContain('Make somebody an admin');

  const card = await here().runs('/manage admins add', { member: 'ana', org: 'studio' });
  expect(card.text).toContain('Make Ana Souza an admin?');
  expect((await card.press('Confirm')).text).toContain('**Ana Souza** is an admin of');
  const told = () => on.ana.inbox().findLast(({ text }) => text.includes('You’re an admin of The Studio'));
  await on.discord.waitFor(() => told() !== undefined, { what: 'the news' });

  const mine = await here().runs('/manage admins remove', { member: 'tomas', org: 'studio' });
  expect((await mine.press('Confirm')).text).toContain('You are no longer an admin');
  expect((await here().runs('/manage admins list', { org: 'studio' })).text).toContain('Only admins of');

  expect((await on.ana.in(on.guild).runs('/manage admins list', { org: 'studio' })).text).toContain('1 admin');
  const log = await on.ana.in(on.guild).runs('/manage audit', { org: 'studio' });
  expect(log.text).toContain('Tomás took the admin role from Tomás');
  expect(log.text).toContain('Tomás made Ana Souza an admin');
});

it('offers the org’s own people while an admin types', async () => {
  const offered = await tomas.in(on.guild).types('/manage admins add', 'member', 'so');
  expect(offered.map(({ name }) => name)).toEqual(['Ana Souza']);
});
