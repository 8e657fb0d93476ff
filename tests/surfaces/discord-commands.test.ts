import { REST } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createRollcallRegistry } from '../../src/bot/rollcall-bot.js';
import { commandCharacters, discordCommands } from '../../src/platforms/discord/commands-json.js';
import { registerCommands } from '../../src/platforms/discord/registration.js';
import { kitchenSink } from '../contracts/kitchen-sink.js';
import { type OnDiscord, startOnDiscord } from '../flows/discord-harness.js';

let on: OnDiscord | undefined;

afterEach(async () => {
  if (!on) return;
  expect(on.discord.violations).toEqual([]);
  await on.stop();
  on = undefined;
});

// Definitions need no services until they run.
const registry = (more: Parameters<typeof createRollcallRegistry>[1] = []) => createRollcallRegistry({} as never, more);

describe('the commands', () => {
  it('nest by their words, with typed options, for servers and for the bot’s own conversation', () => {
    const sink = discordCommands(registry([kitchenSink()])).find(({ name }) => name === 'sink');
    expect(sink).toMatchObject({ type: 1, integration_types: [0, 1], contexts: [0, 1] });
    expect(sink).not.toHaveProperty('default_member_permissions');
    expect(sink?.options?.find(({ name }) => name === 'options')).toMatchObject({
      type: 1,
      options: [
        { name: 'fruit', type: 3, required: true, autocomplete: true, max_length: 100 },
        { name: 'text', type: 3, required: false, max_length: 100 },
        { name: 'count', type: 4, min_value: 1, max_value: 9 },
        { name: 'sure', type: 5 },
        {
          name: 'colour',
          type: 3,
          choices: [
            { name: 'Red', value: 'red' },
            { name: 'Light green', value: 'light_green' },
          ],
        },
        { name: 'days', type: 3 },
        { name: 'within', type: 3 },
        { name: 'since', type: 3 },
      ],
    });
    expect(sink?.options?.find(({ name }) => name === 'deep')).toMatchObject({
      type: 2,
      options: [{ type: 1, name: 'down' }],
    });
  });

  it('have Discord offer the channels itself, where one is asked for', () => {
    const manage = discordCommands(registry()).find(({ name }) => name === 'manage');
    const announce = manage?.options?.find(({ name }) => name === 'announce');
    expect(announce).toMatchObject({
      type: 2,
      options: [
        {
          name: 'set',
          options: [{ name: 'channel', type: 7, required: true, channel_types: [0, 5, 10, 11, 12] }, {}, {}],
        },
        { name: 'off' },
        { name: 'show' },
      ],
    });
  });

  it('fit into what Discord takes for each', () => {
    const commands = discordCommands(registry());
    expect(commands.length).toBeLessThanOrEqual(100);
    for (const one of commands) {
      expect(commandCharacters(one), one.name).toBeLessThanOrEqual(8_000);
      expect(one.options?.length ?? 0).toBeLessThanOrEqual(25);
    }
  });
});

describe('registration', () => {
  it('happens once for the same definitions, over restarts', async () => {
    on = await startOnDiscord();
    expect(on.discord.commandRegistrations()).toBe(1);
    await on.restart();
    expect(on.discord.commandRegistrations()).toBe(1);
    expect((await on.ana.in(on.guild).runs('/help')).text).toMatch(/<\/orgs browse:\d+>/);
  });

  it('happens again when they change, or by force', async () => {
    on = await startOnDiscord();
    const { discord, facts } = on;
    const rest = new REST({ version: '10', api: discord.apiUrl }).setToken(discord.token);
    const parts = { rest, applicationId: discord.applicationId, facts };
    expect(await registerCommands({ ...parts, registry: registry() })).toBe('unchanged');
    expect(await registerCommands({ ...parts, registry: registry(), force: true })).toBe('registered');
    expect(await registerCommands({ ...parts, registry: registry([kitchenSink()]) })).toBe('registered');
    expect(discord.commands().map(({ name }) => name)).toContain('sink');
  });

  it('that fails does not stop the bot, and is tried again', async () => {
    on = await startOnDiscord({
      before: (discord) => discord.failNext(4, { status: 500, route: 'PUT /applications' }),
      times: { registerPauseMs: { first: 50, most: 50 } },
    });
    const { discord, platform } = on;
    expect(platform.health().isUp).toBe(true);
    await discord.waitFor(() => discord.commandRegistrations() === 1, { what: 'the second try' });
  });
});
