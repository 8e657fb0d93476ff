import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Org } from '../../src/domain/orgs/org.js';
import type { Person } from '../fakes/discord/people.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { addApprovalOrg, codeIn, makeAdmin } from './joining-story.js';

let on: OnDiscord;
let org: Org;
let tomas: Person;
let priya: Person;

beforeEach(async () => {
  on = await startOnDiscord();
  org = await addApprovalOrg(on.database);
  [tomas, priya] = [newPerson('tomas', 'Tomás'), newPerson('priya', 'Priya')];
  for (const admin of [tomas, priya]) {
    await agrees(admin);
    const member = await on.memberOf(admin);
    if (member) await makeAdmin(on.database, org, member.id);
  }
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

function newPerson(username: string, globalName: string): Person {
  const person = on.discord.addUser({ username, globalName });
  person.joins(on.guild);
  return person;
}

async function agrees(person: Person) {
  await (await person.in(on.guild).runs('/orgs mine')).press('Agree');
  await on.discord.waitFor(() => person.inbox().length === 1, { what: 'the welcome' });
}

/** The newest direct message with these words, once it is there. */
async function dmTo(person: Person, words: string) {
  const find = () => person.inbox().findLast(({ text }) => text.includes(words));
  await on.discord.waitFor(() => find() !== undefined, { what: words });
  const found = find();
  if (!found) throw new Error(words);
  return found;
}

const join = (person: Person, text: string) => person.in(on.guild).runs('/orgs join', { org: text });

it('brings a request to the admins, one answer back, and shows the other admin whose it was', async () => {
  const consent = await join(on.ana, 'studio');
  const card = await consent.press('Agree');
  expect(card.text).toContain('Ask to join The Studio?');
  expect((await card.press('Confirm')).text).toContain('with its organisers');

  const alert = await dmTo(tomas, 'Ana Souza asks to join The Studio');
  expect(alert.buttons).toEqual(['Approve', 'Decline']);
  const other = await dmTo(priya, 'Ana Souza asks to join The Studio');
  expect((await alert.press('Approve')).text).toContain('Approved by **Tomás**');
  await dmTo(on.ana, 'You’re in The Studio');
  expect((await other.press('Approve')).text).toContain('Approved by **Tomás**');
  expect(on.ana.inbox().filter(({ text }) => text.includes('You’re in The Studio'))).toHaveLength(1);
  expect((await on.ana.in(on.guild).runs('/orgs mine')).text).toContain('The Studio');
});

it('answers from the list of requests, with one question before a decline', async () => {
  await agrees(on.ana);
  await (await join(on.ana, 'studio')).press('Confirm');
  await dmTo(tomas, 'Ana Souza asks to join The Studio');
  const list = await tomas.in(on.guild).runs('/manage requests', { org: 'studio' });
  expect(list.text).toContain('1 person asks to join');
  const question = await list.press('Decline');
  const after = await question.press('Confirm');
  expect(after.text).toContain('Declined by **Tomás**');
  expect(after.text).toContain('Nobody is waiting');
  await dmTo(on.ana, 'can’t take you in at the moment');
  expect((await join(on.ana, 'studio')).text).toContain('You may ask again from');
});

it('lets people in by invite, until its last use, and makes guessers wait', async () => {
  await agrees(on.ana);
  const made = await tomas.in(on.guild).runs('/manage invite create', { org: 'studio', uses: 1, expires: '7d' });
  const code = codeIn(made.text);
  const card = await join(on.ana, code.toLowerCase());
  expect(card.text).toContain('Your invite lets you in at once');
  expect((await card.press('Confirm')).text).toContain('You’re in **The Studio**');
  expect((await join(on.ana, code)).text).toContain('You’re already in **The Studio**');

  const ben = newPerson('ben', 'Ben');
  await agrees(ben);
  expect((await join(ben, code)).text).toContain('has let in all it could');
  for (let tries = 0; tries < 10; tries += 1) await join(ben, '22222-22222');
  expect((await join(ben, code)).text).toContain('please wait until');
  const listed = await tomas.in(on.guild).runs('/manage invite list', { org: 'studio' });
  expect(listed.text).toContain('Used up · 1 person came');
});
