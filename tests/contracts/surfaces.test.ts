import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRollcallRegistry } from '../../src/bot/rollcall-bot.js';
import { openDatabase } from '../../src/db/database.js';
import { createServices } from '../../src/services.js';
import { systemClock } from '../../src/shared/clock.js';
import { discordSurface } from './discord-surface.js';
import { kitchenSink } from './kitchen-sink.js';
import { playgroundSurface } from './playground-surface.js';
import { slackSurface } from './slack-surface.js';
import type { Session } from './surface.js';

const registry = createRollcallRegistry(createServices(openDatabase(':memory:'), systemClock()), [kitchenSink()]);

/** A value for each required option, so that every command can be run. */
const VALUES: Record<string, string> = { org: 'baish', fruit: 'apple' };
const commands = registry.commands.map(({ name, options }) => ({
  name,
  options: Object.fromEntries(
    Object.entries(options)
      .filter(([, { isRequired }]) => isRequired)
      .map(([option, { input }]) => [
        option,
        VALUES[option] ?? ('choices' in input ? (input.choices[0]?.value ?? 'x') : 'x'),
      ]),
  ),
}));

describe.each([discordSurface, slackSurface, playgroundSurface])('$name', (surface) => {
  let session: Session;

  beforeAll(async () => {
    session = await surface.start();
  });
  afterEach(() => {
    expect(session.violations().splice(0)).toEqual([]);
  });
  afterAll(() => session.stop());

  it.each(commands)('carries /$name: what comes back can be read, within every limit', async ({ name, options }) => {
    const seen = await session.runs(name, options);
    if (name === 'sink empty') return;
    expect(seen.form ?? seen.text.trim()).not.toHaveLength(0);
  });

  it('hands every kind of option over as what it was declared', async () => {
    const options = {
      fruit: 'apple',
      text: 'two words',
      count: '3',
      sure: 'yes',
      colour: 'light_green',
      days: 'mon,tue',
      within: '2w',
    };
    const { text } = await session.runs('sink options', options);
    for (const part of ['apple', 'two words', 'mon', 'tue', 'P2W']) expect(text).toContain(part);
    expect(text.replaceAll('\\', '')).toMatch(/"count":3.*"sure":true.*"colour":"light_green"/);
  });

  it('says what is wrong with an option and how it is written right', async () => {
    const { text } = await session.runs('sink options', { fruit: 'apple', within: 'soon' });
    expect(text).toContain('such as 90m, 24h, 7d, 2w or 3mo');
    expect(text).toContain('/sink options');
  });

  it('draws every kind of block', async () => {
    const seen = await session.runs('sink view');
    for (const words of ['Every kind of', 'italic', 'One', 'first', 'With a button', 'Without', 'Small print.']) {
      expect(seen.text).toContain(words);
    }
    for (const label of ['Touch', 'Count', 'Fill in', 'Elsewhere', 'Previous', 'Next']) {
      expect(seen.buttons.join('|')).toContain(label);
    }
    expect(seen.isPrivate).toBe(true);
  });

  it('carries a tap to its action, and the answer back', async () => {
    const seen = await session.runs('sink view');
    expect((await seen.press('Touch')).text).toContain('touched it');
  });

  it('changes the message in place when the action says so, again and again', async () => {
    const once = await (await session.runs('sink view')).press('Count');
    expect(once.text).toContain('count 1');
    expect((await once.press('Count')).text).toContain('count 2');
  });

  it('carries choices to their action', async () => {
    const seen = await session.runs('sink view');
    expect((await seen.choose('Pick some', ['Alpha', 'Gamma'])).text.replaceAll('\\', '')).toContain('chose a+c');
  });

  it('opens forms from commands and taps, filled in, and carries what was typed', async () => {
    const form = await session.runs('sink form');
    expect(form.form).toEqual(['A line', 'A paragraph', 'Colour']);
    const sent = await form.submits({ 'A line': 'typed', Colour: 'Red' });
    expect(sent.text.replaceAll('\\', '')).toMatch(/tests: .*"line":"typed".*"colour":"red"/);
    const other = await (await session.runs('sink view')).press('Fill in');
    expect((await other.submits({ 'A line': 'again' })).text).toContain('a tap');
  });

  it('offers suggestions while one types', async () => {
    const offered = await session.suggestions('sink options', 'fruit', 'an');
    expect(offered[0]).toBe('banana');
    expect(offered).not.toContain('apple');
    expect(await session.suggestions('orgs show', 'org', 'baish')).toEqual(
      expect.arrayContaining([expect.stringMatching(/baish/i)]),
    );
  });

  it('shows text that wants to be more than text as text', async () => {
    const { text, marks } = await session.runs('sink hostile');
    expect(text).toContain('evil.example');
    expect(marks).toEqual([]);
  });

  it('cuts what is too much, and keeps what can be done', async () => {
    const seen = await session.runs('sink huge');
    if (surface.hasLimits) expect(seen.text).toContain('…');
    expect(seen.buttons.join('|')).toMatch(/Next/);
    expect((await seen.press('Next')).text).toContain('count 5');
  });

  it('brings pictures and files', async () => {
    const seen = await session.runs('sink files');
    expect(seen.files.join('|')).toMatch(/dot\.png|One red dot/);
    expect(seen.files.join('|')).toContain('list.csv');
  });

  it('turns the map to the part of the world that is chosen, picture and words', async () => {
    const world = await session.runs('orgs map');
    expect(world.files.join('|')).toMatch(/orgs-world\.png|Worldwide/);
    const africa = await world.choose('Look at another part of the world', ['Africa']);
    expect(africa.text).toContain('In Africa');
    expect(africa.files.join('|')).toMatch(/orgs-africa\.png|In Africa/);
  });

  it('answers in time when the work takes longer, and brings the answer later', async () => {
    expect((await session.runs('sink slow')).text).toContain('slow, but there');
    const seen = await session.runs('sink view');
    expect((await seen.press('Slow')).text).toContain('slow tap done');
  });

  it('lets a form be opened that came too late to open by itself', async () => {
    const late = await session.runs('sink slow-form');
    const form = late.form ? late : await late.press('Open the form');
    expect(form.form).toContain('A line');
    expect((await form.submits({ 'A line': 'in the end' })).text).toContain('in the end');
  });

  it('tells of a fault kindly, with a reference and no word of its cause', async () => {
    const { text } = await session.runs('sink throw');
    expect(text).toMatch(/Sorry[\s\S]*[0-9a-f]{8}/);
    expect(text).not.toContain('secret');
  });
});
