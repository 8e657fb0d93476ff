import { PermissionFlagsBits } from 'discord.js';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { movableClock } from '../../src/shared/clock.js';
import { type Product, startProduct } from '../builders/product.js';
import type { FakeCalendar } from '../fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../fakes/luma/fake-luma.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let luma: FakeLuma;
let calendar: FakeCalendar;
let product: Product;
let on: OnDiscord;

const noon = DateTime.utc().startOf('day').set({ hour: 12 });
const clock = movableClock({ now: () => noon });
const inDays = (days: number) => noon.plus({ days, hours: 6 }).toISO();

beforeEach(async () => {
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar({ name: 'BAISH events' });
  product = await startProduct({ clock, luma });
  on = await startOnDiscord({ product });
  on.ana.joins(on.guild, { permissions: PermissionFlagsBits.ManageGuild });
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
  await product.stop();
  await luma.close();
});

const posts = () => on.guild.messagesSeenBy(on.ana).filter(({ isEphemeral }) => !isEphemeral);
const syncs = async () => {
  clock.moveTo(clock.now().plus({ minutes: 15 }));
  await on.ana.in(on.guild).runs('/manage luma sync');
  await product.drain();
};

it('brings a calendar from lu.ma into the channel: the first time when asked, from then on by itself', async () => {
  const first = calendar.addEvent({ name: 'Known before', startAt: inDays(2) });
  const consent = await on.ana.in(on.guild).runs('/manage announce set', { channel: on.guild.general });
  expect((await consent.press('Agree')).text).toContain('Announcements go to #general');
  const form = await on.ana.in(on.guild).runs('/manage luma connect');
  const [keyField = ''] = form.modal?.labels ?? [];
  const found = await form.submits({ [keyField]: calendar.apiKey ?? '' });
  const connected = await found.press('This is ours – connect');
  expect(connected.text).toContain('Nothing was announced.');
  await product.drain();
  expect(posts()).toEqual([]);

  const asked = await connected.press('Announce the next three');
  expect(asked.text).toContain('1 event will be in **#general** in a moment');
  await product.drain();
  expect(posts().map(({ text }) => text.includes('Known before'))).toEqual([true]);

  calendar.addEvent({ name: 'Brand new', startAt: inDays(5) });
  await syncs();
  expect(posts()).toHaveLength(2);
  expect(posts()[1]?.text).toContain('Brand new');

  calendar.rename(first, 'Known by another name');
  await syncs();
  expect(posts()).toHaveLength(3);
  expect(posts()[0]?.text).toContain('Known by another name');
  expect(posts()[2]?.text).toContain('Renamed:');
  expect(posts()[2]?.message?.answersId).toBe(posts()[0]?.message?.id);
});
