import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MemberId } from '../../src/domain/ids.js';
import type { Person } from '../fakes/discord/people.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { type GuestStory, startGuestStory, tokenIn } from './guests-story.js';

let on: OnDiscord;
let story: GuestStory;
let tomas: Person;

beforeEach(async () => {
  on = await startOnDiscord();
  story = await startGuestStory(on.database);
  tomas = on.discord.addUser({ username: 'tomas', globalName: 'Tomás' });
  tomas.joins(on.guild);
  await story.joins('member', await agrees(on.ana));
  await story.joins('admin', await agrees(tomas));
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await story.close();
  await on.stop();
});

async function agrees(person: Person): Promise<MemberId> {
  await (await person.in(on.guild).runs('/orgs mine')).press('Agree');
  await on.discord.waitFor(() => person.inbox().length === 1, { what: 'the welcome' });
  return idOf(person);
}

async function idOf(person: Person): Promise<MemberId> {
  const member = await on.memberOf(person);
  if (!member) throw new Error('They have not agreed.');
  return member.id;
}

const shows = (person: Person) => person.in(on.guild).runs('/events show', { event: 'evals night' });
const guestsFor = async (person: Person) => (await shows(person)).press('Guests');

it('knows who registered by their link, and that they came', async () => {
  const answer = await (await shows(on.ana)).press('Going');
  const guest = story.calendar.registerGuest(story.onLuma, {
    name: 'Ana on lu.ma',
    email: 'ana@example.org',
    utmSource: tokenIn(answer.buttonDetails),
  });
  expect(await story.syncs()).toEqual({ events: 1, guests: 1, checkedIn: 0 });
  const list = await guestsFor(tomas);
  expect(list.isEphemeral).toBe(true);
  expect(list.text).toContain('1 registered');
  expect(list.text).toContain('1 of 1 registered are members here.');
  expect(list.text).not.toContain('Ana on lu.ma');

  story.calendar.checkIn(story.onLuma, guest);
  expect(await story.syncs()).toMatchObject({ checkedIn: 1 });
  expect((await list.press('Refresh')).text).toContain('1 checked in');

  story.calendar.cancelGuest(story.onLuma, guest);
  await story.syncs();
  expect((await shows(on.ana)).text.toLowerCase()).toContain('not going');
  expect(on.logs()).not.toContain('ana@example.org');
});

it('has an admin say who a walk-in is, and take it back', async () => {
  const ana = await idOf(on.ana);
  story.calendar.registerGuest(story.onLuma, { name: 'A. *Souza* @everyone', email: 'a@example.org' });
  await story.syncs();
  const list = await guestsFor(tomas);
  expect(list.text).toContain('Souza');
  expect(list.pings).toEqual([]);

  const form = await list.press('Assign');
  expect(form.modal).toMatchObject({ title: 'Who is this guest?', labels: ['Member'] });
  const wrong = await form.submits({ Member: 'Nobody' });
  expect(wrong.text).toContain('Nobody in The Studio goes by');
  const card = await (await wrong.press('Correct it')).submits({ Member: 'ana' });
  expect(card.text).toContain('Ana Souza?');
  expect(await story.responseOf(ana)).toBeUndefined();
  const done = await card.press('Confirm');
  expect(done.text).toContain('is **Ana Souza**');
  expect(await story.responseOf(ana)).toBe('luma going');

  await story.syncs();
  const again = await done.press('All guests');
  expect(again.text).toContain('Assigned to **Ana Souza**');
  const undone = await again.press('Undo');
  expect(undone.text).toContain('I know no member for again');
  expect(await story.responseOf(ana)).toBeUndefined();
  const log = await tomas.in(on.guild).runs('/manage audit', { org: 'studio' });
  expect(log.text).toContain('took back that a lu.ma guest of “Evals night” is');
});

it('shows its guests to no member who is not an admin', async () => {
  await story.syncs();
  expect((await shows(on.ana)).buttons).not.toContain('Guests');
});
