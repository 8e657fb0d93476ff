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

/** Ana, who has agreed, and runs commands in the server. */
async function ana() {
  await (await on.ana.in(on.guild).runs('/orgs mine')).press('Agree');
  return on.ana.in(on.guild);
}

it('goes from no location to an org near by', async () => {
  const spot = await ana();
  const off = await spot.runs('/orgs nearby');
  expect(off.text).toContain('Location is off');
  expect(off.text).toContain('Open to people everywhere');
  expect(off.text).not.toContain('away');

  const form = await off.press('Turn on location');
  expect(form.modal?.labels).toEqual(['City']);
  const saved = await form.submits({ City: 'almada' });
  expect(saved.text).toContain('Almada, Portugal');
  expect(saved.text).toContain('nobody else does');
  expect(await on.memberOf(on.ana)).toMatchObject({
    city: { name: 'Almada', country: 'PT', zone: 'Europe/Lisbon' },
    privacy: { isLocationDiscoverable: true },
  });

  const nearby = await saved.press('Orgs near me');
  expect(nearby.text).toContain('Within 100 km of **Almada, Portugal**');
  expect(nearby.text).toMatch(/Lisboa Alinhada[\s\S]*5 km away/);
  const card = await nearby.press('Join', { at: 0 });
  const joined = await card.press('Confirm');
  const name = /in \*\*(.+?)\*\*/.exec(joined.text)?.[1] ?? 'none';
  expect((await spot.runs('/orgs nearby')).text).not.toContain(name);
});

it('offers the city’s time zone to somebody whose platform tells none', async () => {
  const spot = await ana();
  const told = await spot.runs('/profile location', { city: 'Lisboa' });
  expect(told.text).toContain('used for nothing and shown to nobody');
  const zoned = await told.press('Use Europe/Lisbon');
  expect(zoned.buttons).not.toContain('Use Europe/Lisbon');
  expect((await on.memberOf(on.ana))?.zone).toBe('Europe/Lisbon');
});

it('asks which city is meant, and stores nothing before', async () => {
  const spot = await ana();
  const asked = await spot.runs('/profile location', { city: 'Cambridge', discoverable: true });
  expect(asked.text).toContain('Which Cambridge do you mean?');
  expect(await on.memberOf(on.ana)).toMatchObject({ city: undefined, privacy: { isLocationDiscoverable: false } });
  const told = await asked.press('Cambridge, Massachusetts, United States');
  expect(told.text).toContain('Saved: Cambridge, United States.');
  expect(await on.memberOf(on.ana)).toMatchObject({
    city: { name: 'Cambridge', region: 'Massachusetts', country: 'US' },
    privacy: { isLocationDiscoverable: true },
  });
});

it('keeps what was typed when no city has that name, and names the nearest', async () => {
  const spot = await ana();
  const form = await (await spot.runs('/profile location')).press('Tell my city');
  const wrong = await form.submits({ City: 'Lisbonn' });
  expect(wrong.text).toContain('Did you mean Lisbon, Portugal');
  const again = await wrong.press('Correct it');
  expect(again.modal?.prefilled).toMatchObject({ City: 'Lisbonn' });

  const typed = await spot.runs('/profile location', { city: 'barcelonna' });
  const told = await typed.press('Barcelona, Spain');
  expect(told.text).toContain('Saved: Barcelona, Spain.');
});

it('turns off, clears, and is the same setting as in /profile privacy', async () => {
  const spot = await ana();
  const told = await spot.runs('/profile location', { city: 'Lisbon', discoverable: true });
  await (await told.press('Turn off')).press('Turn on');
  await (await spot.runs('/profile privacy')).press('Turn off', { at: 0 });
  const off = await spot.runs('/orgs nearby');
  expect(off.text).toContain('your city is used for nothing');
  expect(off.text).not.toContain('away');
  const on_ = await off.press('Turn on location');
  expect(on_.text).toContain('Within 100 km of **Lisbon, Portugal**');

  const cleared = await (await spot.runs('/profile location')).press('Clear');
  expect(cleared.text).toContain('I no longer have your city');
  expect(await on.memberOf(on.ana)).toMatchObject({ city: undefined, privacy: { isLocationDiscoverable: false } });
  expect((await spot.runs('/profile show')).text).toMatch(/City\W+not told yet/);
});

it('serves anyone who names a place, and stores nothing', async () => {
  const spot = on.ana.in(on.guild);
  const around = await spot.runs('/orgs browse', { near: 'Lisboa' });
  expect(around.text).toContain('within 100 km of **Lisbon, Portugal**');
  expect(around.text).toMatch(/under 1 km away|1 km away/);
  expect(await on.memberOf(on.ana)).toBeUndefined();

  const asked = await spot.runs('/orgs browse', { near: 'Cambridge', type: 'university_group' });
  const found = await asked.press('Cambridge, United Kingdom');
  expect(found.text).toContain('Fenland Student Futures');

  const misspelt = await spot.runs('/orgs browse', { query: 'fenland studnet' });
  expect(misspelt.text).toContain('Nothing called “**fenland studnet**”; nearest:');
  expect(misspelt.text).toContain('Fenland Student Futures');
});

it('offers cities with orgs first, then the world’s', async () => {
  const offered = await on.ana.in(on.guild).types('/orgs browse', 'near', 'lis');
  expect(offered[0]).toMatchObject({
    name: expect.stringMatching(/^Lisbon, Portugal · \d orgs$/),
    value: 'Lisbon, PT',
  });
  expect(offered.map(({ name }) => name)).toContain('Lisburn, United Kingdom');
});
