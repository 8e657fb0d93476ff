import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Seen } from '../fakes/discord/seen.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;

beforeEach(async () => {
  on = await startOnDiscord();
});

afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

/** Opens the form as somebody who agrees on the way. */
async function openForm(): Promise<Seen> {
  const seen = await on.ana.in(on.guild).runs('/profile edit');
  return seen.press('Agree');
}

it('opens with what is known, and saves what is changed', async () => {
  const form = await openForm();
  expect(form.modal?.prefilled).toMatchObject({ Name: 'Ana Souza' });
  const saved = await form.submits({ Headline: 'Reads **everything**', 'Career stage': ['Student'] });
  expect(saved.isEphemeral).toBe(true);
  expect(saved.text).toContain('Saved.');
  expect((await on.memberOf(on.ana))?.profile).toMatchObject({
    headline: 'Reads **everything**',
    careerStage: 'student',
  });
  const again = await saved.press('Edit profile');
  expect(again.modal?.prefilled).toMatchObject({ Name: 'Ana Souza', Headline: 'Reads **everything**' });
});

it('loses nothing when something is wrong', async () => {
  const form = await openForm();
  const skills = Array.from({ length: 40 }, (_, index) => `s${index}`).join(', ');
  const wrong = await form.submits({ Headline: 'kept', Skills: skills });
  expect(wrong.text).toContain('What you typed is kept');
  const corrected = await wrong.press('Correct it');
  expect(corrected.modal?.prefilled).toMatchObject({ Headline: 'kept', Skills: skills });
  const saved = await corrected.submits({ Skills: 'reading, writing' });
  expect(saved.text).toContain('Saved.');
  expect((await on.memberOf(on.ana))?.profile).toMatchObject({ headline: 'kept', skills: ['reading', 'writing'] });
});

it('shows names of every kind as they were typed, and pings nobody', async () => {
  const names = [
    '**x** _y_ `z`',
    '@everyone <@700000000000000001>',
    '# a\n- b',
    'שלום עולם',
    '👩‍🔬'.repeat(9),
    '[a](https://b.example)',
  ];
  for (const name of names) {
    const form = await (await on.ana.in(on.guild).runs('/profile edit')).press('Agree').catch(() => undefined);
    const open = form ?? (await on.ana.in(on.guild).runs('/profile edit'));
    const saved = await open.submits({ Name: name.replace('\n', ' ') });
    expect(saved.pings).toEqual([]);
    const shown = saved.text.replace(/\\([^0-9A-Za-z\s])/g, '$1').replace(/[\u2068\u2069]/g, '');
    expect(shown).toContain(name.replace('\n', ' '));
  }
});
