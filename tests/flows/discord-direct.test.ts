import { afterEach, describe, expect, it } from 'vitest';
import { message } from '../../src/bot/views.js';
import type { Delivered } from '../../src/platforms/platform.js';
import type { Person } from '../fakes/discord/people.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;

afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

const send = (person: Person, nonce = 'n-1', directChannelId?: string): Promise<Delivered> =>
  on.platform.sendDirect(
    { account: { platform: 'discord', teamId: '', accountId: person.id }, directChannelId },
    message('Hello @everyone'),
    nonce,
  );

async function agree(person: Person) {
  const consent = await person.in(on.guild).runs('/orgs join', { org: 'baish' });
  await consent.press('Agree');
}

const identityOf = async ({ id }: Person) =>
  (await on.services.members.find({ platform: 'discord', teamId: '', accountId: id }))?.identity;

describe('writing to the bot', () => {
  it('“stop” works for members, and can be taken back', async () => {
    on = await startOnDiscord();
    await agree(on.ana);
    const stopped = await on.ana.asks('Stop!');
    await on.discord.waitFor(() => on.ana.inbox().some(({ text }) => text.includes('nothing unasked any more')));
    expect((await on.memberOf(on.ana))?.stoppedAt).toBeDefined();
    const answer = on.ana.inbox().find(({ text }) => text.includes('nothing unasked any more')) ?? stopped;
    await answer.press('Turn messages on again');
    expect((await on.memberOf(on.ana))?.stoppedAt).toBeUndefined();
    expect(answer.now().text).toContain('Messages are on again');
  });

  it('“stop” works for strangers, about whom nothing is stored', async () => {
    on = await startOnDiscord();
    const seen = await on.ana.asks('stop');
    expect(seen.text).toContain('nothing is stored about you');
    expect(await on.memberOf(on.ana)).toBeUndefined();
  });

  it('is answered once with the nearest commands, and the conversation becomes the member’s', async () => {
    on = await startOnDiscord();
    const seen = await on.ana.asks('how do I browse orgs');
    expect(seen.text).toContain('orgs browse');
    expect(on.ana.inbox()).toHaveLength(1);
    const consent = await on.ana.inDm().runs('/orgs mine');
    expect(consent.isEphemeral).toBe(false);
    const mine = await consent.press('Agree');
    expect(mine.message?.id).toBe(consent.message?.id);
    expect((await identityOf(on.ana))?.directChannelId).toBe(consent.message?.channelId);
  });

  it('is answered after an outage, once', async () => {
    on = await startOnDiscord();
    on.discord.failNext(4, { status: 500, route: 'POST /channels' });
    await on.ana.dms('stop');
    await on.discord.waitFor(() => on.ana.inbox().length === 1, { timeoutMs: 8_000 });
  });
});

describe('being written to', () => {
  it('opens the conversation, notifies by nothing in it, and is not sent twice for one nonce', async () => {
    on = await startOnDiscord();
    const first = await send(on.ana);
    const again = await send(on.ana, 'n-1', first.kind === 'sent' ? first.channelId : undefined);
    expect(first).toEqual(again);
    expect(first).toMatchObject({ kind: 'sent', messageId: expect.stringMatching(/^\d+$/) });
    expect(on.ana.inbox()).toHaveLength(1);
    expect(on.ana.inbox()[0]?.pings).toEqual([]);
    expect((await send(on.ana, 'a nonce that is longer than Discord takes')).kind).toBe('sent');
  });

  it('is not repeated when only the word of it was lost', async () => {
    on = await startOnDiscord();
    on.discord.dropConnectionNext(1, { isHandled: true, isReset: true, route: '/messages' });
    expect((await send(on.ana)).kind).toBe('sent');
    expect(on.ana.inbox()).toHaveLength(1);
  });

  it('with closed messages is noted, and breaks nothing', async () => {
    on = await startOnDiscord();
    on.ana.closesDms();
    await agree(on.ana);
    await on.discord.waitFor(() => on.discord.requests.some(({ code }) => code === 50007));
    await on.ana.in(on.guild).runs('/orgs mine');
    expect((await identityOf(on.ana))?.reach).toBe('closed');
    expect(await send(on.ana)).toEqual({ kind: 'unreachable' });
  });

  it('without a server in common cannot be', async () => {
    on = await startOnDiscord();
    const first = await send(on.ana);
    on.ana.leaves(on.guild);
    expect(await send(on.ana, 'n-2', first.kind === 'sent' ? first.channelId : undefined)).toEqual({
      kind: 'unreachable',
    });
  });

  it('waits when Discord says so', async () => {
    on = await startOnDiscord();
    on.discord.rateLimitNext(1, { retryAfterMs: 30, route: '/messages' });
    expect((await send(on.ana)).kind).toBe('sent');
    on.discord.rateLimitNext(1, { retryAfterMs: 60_000, route: '/messages' });
    expect(await send(on.ana, 'n-2')).toEqual({ kind: 'retry-after', retryAfterMs: expect.any(Number) });
  });

  it('waits long when conversations are opened too fast, or the bot is taken for a spammer', async () => {
    on = await startOnDiscord();
    on.discord.limitDmOpenings(0);
    expect(await send(on.ana)).toEqual({ kind: 'retry-after', retryAfterMs: 3_600_000, holds: 'openings' });
    on.discord.quarantine(true);
    expect(await send(on.ana)).toEqual({ kind: 'retry-after', retryAfterMs: 12 * 3_600_000, holds: 'openings' });
    expect(on.logs()).toContain('flagged the bot as a spammer');
  });

  it('is tried later when Discord is down, and not for people who are not there', async () => {
    on = await startOnDiscord();
    on.discord.failNext(4, { status: 503, route: '/messages' });
    expect(await send(on.ana)).toEqual({ kind: 'retry-later' });
    on.discord.refuseConnections(true);
    expect(await send(on.ana)).toEqual({ kind: 'retry-later' });
    on.discord.refuseConnections(false);
    const nobody = { ...on.ana, id: '700000000000000999' };
    expect(await send(nobody)).toEqual({ kind: 'unreachable' });
  });

  it('opens the conversation anew when its stored id is stale', async () => {
    on = await startOnDiscord();
    expect((await send(on.ana, 'n-1', '400000000000000999')).kind).toBe('sent');
  });
});
