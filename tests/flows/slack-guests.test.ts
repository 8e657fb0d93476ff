import { afterEach, expect, it } from 'vitest';
import type { MemberId } from '../../src/domain/ids.js';
import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import type { Person } from '../fakes/slack/person.js';
import { type GuestStory, startGuestStory, tokenIn } from './guests-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;
let story: GuestStory;
let tomas: Person;

async function start(scopes: readonly string[] = BOT_SCOPES): Promise<void> {
  on = await startOnSlack({ slack: { scopes } });
  story = await startGuestStory(on.database);
  tomas = on.slack.addUser({ name: 'tomas', realName: 'Tomás' });
  await on.agrees(on.ana);
  await on.agrees(tomas);
  await story.joins('member', await idOf(on.ana));
  await story.joins('admin', await idOf(tomas));
}

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await story.close();
  await on.stop();
});

async function idOf(person: Person): Promise<MemberId> {
  const member = await on.memberOf(person);
  if (!member) throw new Error('They have not agreed.');
  return member.id;
}

const shows = (person: Person) => person.in(on.general).runs('/events', 'show "evals night"');
const guestsFor = async (person: Person) => (await shows(person)).press('Guests');

it('knows who registered by their link, and that they came', async () => {
  await start();
  const answer = await (await shows(on.ana)).press('Going');
  const utmSource = tokenIn(answer.message.blocks);
  const guest = story.calendar.registerGuest(story.onLuma, { name: 'Ana on lu.ma', utmSource });
  await story.syncs();
  const list = await guestsFor(tomas);
  expect(list.isEphemeral).toBe(true);
  expect(list.text).toContain('1 of 1 registered are members here.');
  story.calendar.checkIn(story.onLuma, guest);
  await story.syncs();
  expect((await list.press('Refresh')).text).toContain('1 checked in');
});

it('knows who registered by the address that Slack vouches for, as soon as they do anything', async () => {
  await start();
  story.calendar.registerGuest(story.onLuma, { email: on.ana.record.email.toUpperCase() });
  await story.syncs();
  expect(await story.responseOf(await idOf(on.ana))).toBeUndefined();
  await on.ana.in(on.general).runs('/orgs', 'mine');
  expect(await story.responseOf(await idOf(on.ana))).toBe('luma going');
  expect(on.logs()).not.toContain(on.ana.record.email);
});

it('goes without addresses where a workspace does not let it see them', async () => {
  await start(BOT_SCOPES.filter((scope) => scope !== 'users:read.email'));
  story.calendar.registerGuest(story.onLuma, { email: on.ana.record.email });
  await on.ana.in(on.general).runs('/orgs', 'mine');
  await story.syncs();
  expect(await story.responseOf(await idOf(on.ana))).toBeUndefined();
  expect((await guestsFor(tomas)).text).toContain('0 of 1 registered are members here.');
});

it('has an admin say who a walk-in is, and take it back', async () => {
  await start();
  const ana = await idOf(on.ana);
  story.calendar.registerGuest(story.onLuma, { name: 'A. *Souza* <!channel>', email: 'a@example.org' });
  await story.syncs();
  const form = await (await guestsFor(tomas)).press('Assign');
  expect(form.modal).toMatchObject({ title: 'Who is this guest?' });
  expect(await form.typesInto('Member', 'ana')).toContain('Ana Souza');
  const card = await form.submits({ Member: 'Ana Souza' });
  expect(card.text).toContain('Ana Souza?');
  const done = await card.press('Confirm');
  expect(await story.responseOf(ana)).toBe('luma going');
  const again = await done.press('All guests');
  expect(again.text).toMatch(/Assigned to\W+Ana Souza/);
  await again.press('Undo');
  expect(await story.responseOf(ana)).toBeUndefined();
});
