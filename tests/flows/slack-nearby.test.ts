import { afterEach, expect, it } from 'vitest';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

it('goes from no location to an org near by, and loses nothing but the distances when it is refused', async () => {
  on = await startOnSlack();
  await on.agrees(on.ana);
  const spot = on.ana.in(on.general);
  const off = await spot.runs('/orgs', 'nearby');
  expect(off.text).toContain('Location is off');
  expect(off.buttons).toContain('Join');

  const form = await off.press('Turn on location');
  expect(await form.typesInto('City', 'almad')).toEqual(expect.arrayContaining(['Almada, Portugal']));
  const saved = await form.submits({ City: 'Almada, Portugal' });
  expect(saved.text).toContain('Almada, Portugal');
  const nearby = await saved.press('Orgs near me');
  expect(nearby.text).toMatch(/Lisboa Alinhada[\s\S]*5 km away/);
  const card = await nearby.press('Join', { nth: 0 });
  expect((await card.press('Confirm')).text).toMatch(/Welcome!|request to join/);
  expect(await on.memberOf(on.ana)).toMatchObject({
    city: { name: 'Almada' },
    privacy: { isLocationDiscoverable: true },
  });
});

it('asks which city is meant, and tells the nearest for one that it does not know', async () => {
  on = await startOnSlack();
  await on.agrees(on.ana);
  const spot = on.ana.in(on.general);
  const asked = await spot.runs('/profile', 'location city:Birmingham');
  expect(asked.text).toContain('Which Birmingham do you mean?');
  const told = await asked.press('Birmingham, United Kingdom');
  expect(told.text).toContain('Saved: Birmingham, United Kingdom.');
  expect(told.text).toContain('used for nothing and shown to nobody');

  const wrong = await spot.runs('/profile', 'location city:"san fransisco"');
  expect(wrong.text).toContain('I don’t know a city called “san fransisco”');
  expect((await wrong.press('San Francisco, United States')).text).toContain('Saved: San Francisco');
  expect((await on.memberOf(on.ana))?.city).toMatchObject({ region: 'California' });
});

it('reads miles in the United States', async () => {
  on = await startOnSlack();
  const bo = on.slack.addUser({ name: 'bo', realName: 'Bo', tz: 'America/New_York', locale: 'en-US' });
  const found = await bo.in(on.general).runs('/orgs', 'browse near:Berkeley');
  expect(found.text).toContain('within 60 miles of *Berkeley, United States*');
  expect(found.text).toMatch(/\d miles away/);
});
