import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Org } from '../../src/domain/orgs/org.js';
import type { Person } from '../fakes/slack/person.js';
import { addApprovalOrg, joinsAs } from './joining-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;
let org: Org;
let tomas: Person;

beforeEach(async () => {
  on = await startOnSlack();
  org = await addApprovalOrg(on.database);
  tomas = on.slack.addUser({ name: 'tomas', realName: 'Tomás' });
  for (const [person, role] of [
    [tomas, 'admin'],
    [on.ana, 'member'],
  ] as const) {
    await on.agrees(person);
    const member = await on.memberOf(person);
    if (member) await joinsAs(role, { database: on.database, org, memberId: member.id });
  }
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await on.stop();
});

it('hands an org over: the new admin is told, the old one gives the role up, and the log has both', async () => {
  const runs = (words: string) => tomas.in(on.general).runs('/manage', words);
  const leaving = await tomas.in(on.general).runs('/orgs', 'leave studio');
  expect(leaving.text).toContain('You are the only admin of');
  expect(leaving.buttons).toContain('Make somebody an admin');

  const card = await runs('admins add @ana org:studio');
  expect(card.text).toContain('Make Ana Souza an admin?');
  expect((await card.press('Confirm')).text).toContain('is an admin of');
  const told = () => on.ana.inbox().findLast(({ text }) => text.includes('You’re an admin of The Studio'));
  await on.slack.waitFor(() => told() !== undefined);

  const mine = await runs('admins remove tomas org:studio');
  expect((await mine.press('Confirm')).text).toContain('You are no longer an admin');
  expect((await runs('admins list studio')).text).toContain('Only admins of');

  const log = await on.ana.in(on.general).runs('/manage', 'audit studio');
  expect(log.text).toMatch(/Tomás\W+took the admin role from\W+Tomás/);
  expect(log.text).toMatch(/Tomás\W+made\W+Ana Souza\W+an admin/);
});
