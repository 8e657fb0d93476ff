import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { movableClock, systemClock } from '../../src/shared/clock.js';
import { type Product, startProduct } from '../builders/product.js';
import type { FakeCalendar } from '../fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../fakes/luma/fake-luma.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

const clock = movableClock(systemClock());

let luma: FakeLuma;
let calendar: FakeCalendar;
let product: Product;
let discord: OnDiscord;
let slack: OnSlack;
/** A workspace admin on Slack. */
let bea: ReturnType<OnSlack['slack']['addUser']>;

beforeEach(async () => {
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar({ name: 'Readers of @everyone' });
  product = await startProduct({ luma, clock });
  discord = await startOnDiscord({ product });
  slack = await startOnSlack({ product });
  discord.ana.joins(discord.guild, { permissions: PermissionFlagsBits.ManageGuild });
  bea = slack.slack.addUser({ name: 'bea', realName: 'Bea Lima', isAdmin: true });
  await slack.agrees(bea);
});
afterEach(async () => {
  expect(discord.discord.violations).toEqual([]);
  expect(slack.slack.violations).toEqual([]);
  expect(slack.slack.strayAcks).toEqual([]);
  await discord.stop();
  await slack.stop();
  await product.stop();
  await luma.close();
});

const onDiscord = (command: string) => discord.ana.in(discord.guild).runs(command);
const onSlack = (text: string) => bea.in(slack.general).runs('/manage', text);
const inDays = (days: number) => clock.now().plus({ days }).startOf('hour');
const events = () =>
  product.database.connection.selectFrom('events').select(['title', 'state', 'sequence']).orderBy('title').execute();

it('connects a calendar by its key on Discord, sees an event move and another called off, and disconnects', async () => {
  const reading = calendar.addEvent({ name: 'Reading **loud**', startAt: inDays(3) });
  const social = calendar.addEvent({ name: 'Social', startAt: inDays(5) });
  calendar.addEvent({ name: 'Long ago', startAt: inDays(-400) });

  const empty = await onDiscord('/manage luma status');
  expect(empty.text).toContain('has no calendar yet');
  const form = await empty.press('Connect a calendar');
  expect(form.modal?.labels).toEqual(['API key', 'Or: calendar id or iCal link']);
  const wrong = await form.submits({ 'API key': 'secret-but-wrong' });
  expect(wrong.text).toContain('does not accept the API key');
  const found = await (await wrong.press('Try again')).submits({ 'API key': calendar.apiKey ?? '' });
  expect(found.text).toMatch(/Readers of[\s\S]*Reading[\s\S]*Social/);
  expect(found.pings).toEqual([]);
  expect(found.isEphemeral).toBe(true);
  const connected = await found.press('This is ours – connect');
  expect(connected.text).toContain('2 upcoming events, 1 past');

  expect((await onDiscord('/manage luma status')).text).toMatch(/2 upcoming events, 1 past[\s\S]*all well/);
  calendar.move(reading, inDays(4));
  expect((await onDiscord('/manage luma sync')).text).toContain('Synced just now: 1 changed.');
  calendar.cancel(social);
  const status = await onDiscord('/manage luma status');
  expect((await status.press('Sync now')).text).toContain('Synced just now: 1 cancelled.');
  expect(await events()).toEqual([
    { title: 'Long ago', state: 'on', sequence: 0 },
    { title: 'Reading **loud**', state: 'on', sequence: 1 },
    { title: 'Social', state: 'cancelled', sequence: 1 },
  ]);

  const question = await onDiscord('/manage luma disconnect');
  expect(question.text).toContain('Its 1 upcoming event will no longer be shown');
  expect((await question.press('Confirm')).text).toContain('is disconnected');
  expect((await events()).map(({ state }) => state)).toEqual(['on', 'withdrawn', 'cancelled']);
  expect(product.logs()).not.toContain(calendar.apiKey);
});

it('connects the feed on Slack, changes to the key, and finds the same events', async () => {
  const reading = calendar.addEvent({ name: 'Reading <!channel>', startAt: inDays(3) });
  calendar.addEvent({ name: 'Social', startAt: inDays(5) });
  const form = await onSlack('luma connect');
  const page = await form.submits({ 'Or: calendar id or iCal link': 'https://luma.com/readers' });
  expect(page.text).toContain('Add iCal Subscription');
  const again = await onSlack('luma connect');
  const found = await again.submits({ 'Or: calendar id or iCal link': luma.feedUrlOf(calendar) });
  expect(found.text).toMatch(/public feed[\s\S]*Reading[\s\S]*Social/);
  const connected = await found.press('This is ours – connect');
  expect(connected.text).toContain('2 upcoming events, 0 past');

  const before = await product.database.connection.selectFrom('events').select('id').orderBy('id').execute();
  const byKey = await (await onSlack('luma connect')).submits({ 'API key': calendar.apiKey ?? '' });
  expect(byKey.text).toContain('in the place of its feed');
  await byKey.press('This is ours – connect');
  expect(await product.database.connection.selectFrom('events').select('id').orderBy('id').execute()).toEqual(before);

  calendar.rename(reading, 'Writing');
  expect((await onSlack('luma sync')).text).toContain('1 changed');
  luma.faults.plan('events/list', { kind: 'html' }, { times: 99 });
  expect((await onSlack('luma sync')).text).toContain('nothing was changed');
  const status = await onSlack('luma status');
  expect(status.text).toMatch(/no list of events[\s\S]*failed 1 time in a row/);
});
