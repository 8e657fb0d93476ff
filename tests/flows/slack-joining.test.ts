import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Org } from '../../src/domain/orgs/org.js';
import type { Person } from '../fakes/slack/person.js';
import { addApprovalOrg, codeIn, makeAdmin } from './joining-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;
let org: Org;
let tomas: Person;
let priya: Person;

beforeEach(async () => {
  on = await startOnSlack();
  org = await addApprovalOrg(on.database);
  tomas = on.slack.addUser({ name: 'tomas', realName: 'Tomás' });
  priya = on.slack.addUser({ name: 'priya', realName: 'Priya' });
  for (const person of [tomas, priya, on.ana]) await on.agrees(person);
  for (const admin of [tomas, priya]) {
    const member = await on.memberOf(admin);
    if (member) await makeAdmin(on.database, org, member.id);
  }
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await on.stop();
});

/** The newest direct message with these words, once it is there. */
async function dmTo(person: Person, words: string) {
  const find = () => person.inbox().findLast(({ text }) => text.includes(words));
  await on.slack.waitFor(() => find() !== undefined);
  const found = find();
  if (!found) throw new Error(words);
  return found;
}

const join = (person: Person, text: string) => person.in(on.general).runs('/orgs', `join ${text}`);

it('brings a request to the admins, one answer back, and shows the other admin whose it was', async () => {
  const card = await join(on.ana, 'studio');
  expect(card.text).toContain('Ask to join The Studio?');
  expect((await card.press('Confirm')).text).toContain('with its organisers');

  const alert = await dmTo(tomas, 'Ana Souza asks to join The Studio');
  expect(alert.buttons).toEqual(['Approve', 'Decline']);
  const other = await dmTo(priya, 'Ana Souza asks to join The Studio');
  const answers = await Promise.all([alert.press('Approve'), other.press('Approve')]);
  const [decider] = /Approved by \S+/.exec(answers[0].text) ?? [];
  expect(decider).toMatch(/Tomás|Priya/);
  expect(answers[1].text).toContain(decider);
  await dmTo(on.ana, 'You’re in The Studio');
  expect(on.ana.inbox()).toHaveLength(1);
  expect((await on.ana.in(on.general).runs('/orgs', 'mine')).text).toContain('The Studio');
});

it('answers from the list of requests, with one question before a decline', async () => {
  await (await join(on.ana, 'studio')).press('Confirm');
  await dmTo(tomas, 'Ana Souza asks to join The Studio');
  const list = await tomas.in(on.general).runs('/manage', 'requests studio');
  expect(list.text).toContain('1 person asks to join');
  const question = await list.press('Decline');
  const after = await question.press('Confirm');
  expect(after.text).toContain('Nobody is waiting');
  await dmTo(on.ana, 'can’t take you in at the moment');
  expect((await join(on.ana, 'studio')).text).toContain('You may ask again from');
});

it('lets people in by invite, until its last use, and makes guessers wait', async () => {
  const made = await tomas.in(on.general).runs('/manage', 'invite create org:studio uses:1 expires:7d');
  const code = codeIn(made.text);
  const card = await join(on.ana, code.toLowerCase());
  expect(card.text).toContain('Your invite lets you in at once');
  expect((await card.press('Confirm')).text).toContain('The Studio');
  expect((await join(on.ana, code)).text).toContain('already in');

  const ben = on.slack.addUser({ name: 'ben', realName: 'Ben' });
  await on.agrees(ben);
  expect((await join(ben, code)).text).toContain('has let in all it could');
  for (let tries = 0; tries < 10; tries += 1) await join(ben, '22222-22222');
  expect((await join(ben, code)).text).toContain('please wait until');
  const listed = await tomas.in(on.general).runs('/manage', 'invite list studio');
  expect(listed.text).toContain('Used up');
});
