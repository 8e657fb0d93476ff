import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { StartProblem } from '../../src/platforms/platform.js';
import { type OnDiscord, type OnDiscordOptions, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;

afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

const start = async (options: OnDiscordOptions = {}) => {
  on = await startOnDiscord(options);
};
const isUp = () => on.platform.health().isUp;
const becomesUp = (timeoutMs = 8_000) => on.discord.waitFor(isUp, { timeoutMs, what: 'being up' });
const works = async () => expect((await on.ana.in(on.guild).runs('/orgs browse')).text).toContain('Orgs');

describe('starting', () => {
  it('is up once people are answered', async () => {
    await start();
    expect(on.platform.health()).toEqual({ isUp: true, detail: 'connected as rollcall' });
    await works();
  });

  it('knows where people add the bot, once it is connected', async () => {
    await start({ isStarted: false });
    expect(on.platform.addUrl?.()).toBeUndefined();
    await on.platform.start();
    await becomesUp();
    const { applicationId } = on.discord;
    expect(on.platform.addUrl?.()).toBe(`https://discord.com/oauth2/authorize?client_id=${applicationId}`);
  });

  it('with a wrong token says where to get the right one, and does not try again', async () => {
    await start({ isStarted: false, token: 'a-wrong-token' });
    await expect(on.platform.start()).rejects.toThrow(StartProblem);
    await expect(on.platform.start()).rejects.toThrow(/DISCORD_TOKEN.*discord\.com\/developers/);
    expect(on.discord.gatewayCounts.identifies).toBe(0);
    expect(on.logs()).not.toContain('a-wrong-token');
  });

  it('goes on trying when Discord cannot be reached', async () => {
    await start({
      before: (discord) => discord.refuseConnections(true),
      times: { faultPauseMs: { first: 50, most: 100 } },
    });
    expect(on.platform.health()).toEqual({ isUp: false, detail: expect.stringContaining('cannot be reached') });
    on.discord.refuseConnections(false);
    await becomesUp();
    // Commands are registered beside the connection, so they may come a moment later.
    await on.discord.waitFor(() => on.discord.commands().length > 0);
    await works();
  });

  it('does not wait for ever when Discord is slow', async () => {
    await start({
      before: (discord) => discord.delayNext(600, { route: '/gateway/bot' }),
      times: { startWithinMs: 100 },
    });
    expect(on.platform.health()).toEqual({ isUp: false, detail: 'connecting to Discord' });
    await becomesUp();
  });
});

describe('a lost connection', () => {
  it('is resumed after a cut, and nothing is missed', async () => {
    await start();
    on.discord.dropSockets();
    const pending = works();
    await on.discord.waitFor(() => !isUp(), { what: 'red' });
    await pending;
    await becomesUp();
    expect(on.discord.gatewayCounts).toEqual({ identifies: 1, resumes: 1 });
  });

  it('is resumed when Discord asks for it, and begun anew when the session is over', async () => {
    await start();
    on.discord.requestReconnect();
    await on.discord.waitFor(() => on.discord.gatewayCounts.resumes === 1);
    await becomesUp();
    await works();
    on.discord.invalidateSession();
    await on.discord.waitFor(() => on.discord.gatewayCounts.identifies === 2);
    await becomesUp();
    await works();
  });

  it('that nobody hears from any more shows', async () => {
    await start({ times: { probeEveryMs: 50, lostAfterMs: 200 } });
    await wait(400);
    expect(isUp()).toBe(true);
    on.discord.answerHeartbeats(false);
    await on.discord.waitFor(() => !isUp(), { what: 'red' });
    expect(on.platform.health().detail).toContain('nothing heard from Discord');
    on.discord.answerHeartbeats(true);
    await becomesUp();
  });

  it('closed for good shows why, and is tried again at a slow pace', async () => {
    await start({ times: { refusalPauseMs: { first: 300, most: 300 } } });
    on.discord.closeAll(4014);
    await on.discord.waitFor(() => !isUp(), { what: 'red' });
    expect(on.platform.health().detail).toContain('intents');
    await becomesUp();
    await works();
    expect(on.discord.gatewayCounts.identifies).toBe(2);
    const deliver = await on.platform.sendDirect(
      { account: { platform: 'discord', teamId: '', accountId: on.ana.id }, directChannelId: undefined },
      { blocks: [] },
      'n-1',
    );
    expect(deliver.kind).toBe('sent');
  });

  it('is kept from using up the day’s logins, over restarts too', async () => {
    await start();
    const left = async () => JSON.parse((await on.facts.find('discord.identifies')) ?? '{}').left;
    const before = await left();
    await on.restart();
    await on.restart();
    expect(before - (await left())).toBeGreaterThan(1.9);
    await on.facts.save('discord.identifies', JSON.stringify({ left: 0, atMs: Date.now() - 99_000 }));
    const startedMs = performance.now();
    await on.restart();
    expect(performance.now() - startedMs).toBeGreaterThan(700);
    expect(isUp()).toBe(true);
  });
});

describe('stopping', () => {
  it('lets what runs finish, and takes nothing more in', async () => {
    await start();
    const seen = on.ana.in(on.guild).runs('/orgs browse');
    await on.discord.waitFor(() => on.discord.requests.some(({ route }) => route.includes('/callback')));
    await on.platform.stop();
    expect((await seen).text).toContain('Orgs');
    expect(on.discord.connectedCount()).toBe(0);
    expect(on.platform.health()).toEqual({ isUp: false, detail: 'stopped' });
  });
});
