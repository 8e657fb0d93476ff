import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineAction, onAction } from '../../src/bot/actions.js';
import { type BotModule, command } from '../../src/bot/registry.js';
import { replace } from '../../src/bot/reply.js';
import { button, buttons, message } from '../../src/bot/views.js';
import { kitchenSink } from '../contracts/kitchen-sink.js';
import { type OnDiscord, type OnDiscordOptions, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;

afterEach(async () => {
  vi.useRealTimers();
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

/** Patience of 100 ms and work of 300 ms, so that what is slow is deferred. */
async function startSlow(options: OnDiscordOptions = {}) {
  on = await startOnDiscord({
    more: [kitchenSink({ slowMs: 300 }), publicThings()],
    times: { answerWithinMs: 100 },
    ...options,
  });
}

const startQuick = (options: OnDiscordOptions = {}) =>
  startSlow({ more: [kitchenSink({ slowMs: 50 }), publicThings()], times: {}, ...options });

const inPublic = defineAction('public.in-place', z.object({}), 'anyone');

function publicThings(): BotModule {
  const card = (words: string) => message(words, buttons(button('Change it', inPublic.with({}))));
  return {
    groups: { public: 'For everyone' },
    commands: [
      command({
        name: 'public card',
        description: 'Shows everyone in the channel a card',
        access: 'anyone',
        run: async () => ({ kind: 'show', view: card('for everyone'), audience: 'everyone' }),
      }),
      command({
        name: 'public slowly',
        description: 'The same, slowly',
        access: 'anyone',
        run: async () => {
          await new Promise((resolve) => setTimeout(resolve, 300));
          return { kind: 'show', view: card('for everyone, late'), audience: 'everyone' };
        },
      }),
    ],
    actions: [onAction(inPublic, async () => replace(message('changed')))],
  };
}

const runs = (line: string) => on.ana.in(on.guild).runs(line);
const callbacksOf = (id: string | undefined) =>
  on.discord.requests.filter(({ endpoint, route }) => endpoint?.endsWith('/callback') && route.includes(String(id)));

describe('work that takes its time', () => {
  it('is deferred in time, then the answer comes, for the same eyes only', async () => {
    await startSlow();
    const seen = await runs('/sink slow');
    expect(seen.text).toBe('slow, but there');
    expect(seen.interaction).toMatchObject({ isDeferred: true, callbackType: 5 });
    expect(seen.isEphemeral).toBe(true);
  });

  it('turns the tapped message into the answer when that was asked for', async () => {
    await startSlow();
    const view = await runs('/sink view');
    const seen = await view.press('Slow');
    expect(seen.text).toBe('slow tap done');
    expect(seen.interaction).toMatchObject({ callbackType: 6 });
    expect(seen.message?.id).toBe(view.message?.id);
  });

  it('puts a form behind a button, as it is too late to open it', async () => {
    await startSlow();
    const ready = await runs('/sink slow-form');
    expect(ready.text).toContain('is ready');
    const form = await ready.press('Open the form');
    expect(form.modal?.title).toBe('Everything a form can have');
    expect((await form.submits({ 'A line': 'hello' })).text).toContain('late:');
  });

  it('shows everyone what is for everyone', async () => {
    await startSlow();
    const seen = await runs('/public slowly');
    expect(seen.isEphemeral).toBe(true);
    await on.discord.waitFor(() => seen.followUps().length === 1);
    expect(seen.followUps()[0]).toMatchObject({ text: 'for everyone, late', isEphemeral: false });
  });

  it('in a direct message leaves an answer that stays', async () => {
    await startSlow();
    const seen = await on.ana.inDm().runs('/sink slow');
    expect(seen).toMatchObject({ text: 'slow, but there', isEphemeral: false });
  });
});

describe('answers', () => {
  it('never change for everyone what one person tapped', async () => {
    await startQuick();
    const ben = on.discord.addUser({ username: 'ben' });
    ben.joins(on.guild);
    const card = await runs('/public card');
    expect(card.isEphemeral).toBe(false);
    const [asBen] = on.guild.messagesSeenBy(ben);
    const changed = await asBen?.press('Change it');
    expect(changed).toMatchObject({ text: 'changed', isEphemeral: true });
    expect(card.now().text).toBe('for everyone');
  });

  it('open a form at once, with what stands in it, also from a tap', async () => {
    await startQuick();
    const form = await runs('/sink form');
    expect(form.modal).toEqual({
      title: 'Everything a form can have',
      labels: ['A line', 'A paragraph', 'Colour'],
      prefilled: { 'A line': 'before' },
    });
    expect((await form.submits({ 'A paragraph': 'p' })).text).toContain('tests:');
    const fromTap = await (await runs('/sink view')).press('Fill in');
    expect((await fromTap.submits({ 'A line': 'x', Colour: ['Red'] })).text).toContain('"colour":"red"');
  });

  it('arrive as what was typed and picked', async () => {
    await startQuick();
    const seen = await on.ana.in(on.guild).runs('/sink options', {
      fruit: 'Ünïcødé pear',
      text: 'hello',
      count: 3,
      sure: true,
      colour: 'Light green',
      days: 'mon, Tuesday',
      within: '2w',
    });
    const values = JSON.parse(seen.text.replace(/\\(.)/g, '$1'));
    expect(values).toEqual({
      fruit: 'Ünïcødé pear',
      text: 'hello',
      count: 3,
      sure: true,
      colour: 'light_green',
      days: ['mon', 'tue'],
      within: 'P2W',
    });
  });

  it('suggest while somebody types', async () => {
    await startQuick();
    const spot = on.ana.in(on.guild);
    expect(await spot.types('/sink options', 'fruit', 'an')).toEqual([{ name: 'banana', value: 'banana' }]);
    const orgs = await spot.types('/orgs show', 'org', 'bai');
    expect(orgs[0]).toEqual({ name: expect.stringMatching(/ · Buenos Aires/), value: 'baish' });
    expect((await spot.types('/orgs show', 'org', '')).length).toBe(25);
    expect(await spot.types('/orgs browse', 'city', 'no such city')).toEqual([]);
  });

  it('say sorry with a reference when a command fails, and tell the log nothing more', async () => {
    await startQuick();
    const seen = await runs('/sink throw');
    const [, reference] = /reference \*\*([0-9a-f]{8})\*\*/.exec(seen.text) ?? [];
    expect(reference).toBeDefined();
    expect(on.logs()).toContain(reference);
    expect(on.logs()).not.toContain('a secret that no log');
  });

  it('know the nearest org when a name is misspelt', async () => {
    await startQuick();
    const seen = await on.ana.in(on.guild).runs('/orgs show', { org: 'baihs' });
    expect(seen.text).toContain('BAISH');
  });
});

describe('taps that are old, foreign or come in crowds', () => {
  it.each([
    'nonsense',
    '1:no.such-action:{}',
    '1:orgs.show:{"org":5}',
    'k:nevermadethiskey',
    '2:orgs.show:{}',
    'end:page',
    '1:sink.touch:{"what":',
  ])('get a kind answer: %s', async (customId) => {
    await startQuick();
    const draft = on.ana.in(on.guild).prepares('/sink view');
    const view = await runs('/sink view');
    const interaction = on.discord.send({
      ...draft,
      type: 3,
      sourceMessageId: view.message?.id,
      payload: {
        ...draft.payload,
        data: { component_type: 2, custom_id: customId },
        message: { id: view.message?.id, channel_id: draft.channelId, flags: 64 },
      },
    });
    const outcome = await interaction.settled;
    expect(JSON.stringify(outcome)).toMatch(/older version|no longer|out of date|fresh|again/i);
  });

  it('act once when Discord delivers them twice', async () => {
    await startQuick();
    await (await on.ana.in(on.guild).runs('/orgs join', { org: 'baish' })).press('Agree');
    const card = await on.ana.in(on.guild).runs('/orgs join', { org: 'baish' });
    on.discord.deliverTwice(true);
    const joined = await card.press('Confirm');
    on.discord.deliverTwice(false);
    on.discord.replayLastInteraction();
    await runs('/orgs mine');
    expect(joined.text).toContain('Welcome!');
    expect(callbacksOf(joined.interaction?.id)).toHaveLength(1);
    const member = await on.memberOf(on.ana);
    const rows = await on.database.connection.selectFrom('memberships').select('member_id').execute();
    expect(rows.filter(({ member_id }) => member_id === member?.id)).toHaveLength(1);
  });

  it('join once when tapped twice, and by two people at a time', async () => {
    await startQuick();
    const ben = on.discord.addUser({ username: 'ben' });
    ben.joins(on.guild);
    const join = async (person: typeof ben) => {
      const consent = await person.in(on.guild).runs('/orgs join', { org: 'baish' });
      const [card, again] = await Promise.all([consent.press('Agree'), consent.press('Agree')]);
      expect(again.text).toContain('Join');
      return Promise.all([card.press('Confirm'), card.press('Confirm')]);
    };
    const seen = await Promise.all([join(on.ana), join(ben)]);
    expect(seen.flat().map(({ text }) => /Welcome|already in/.test(text))).toEqual([true, true, true, true]);
    const ids = await Promise.all([on.ana, ben].map(async (person) => (await on.memberOf(person))?.id));
    const rows = await on.database.connection.selectFrom('memberships').select('member_id').execute();
    expect(rows.filter(({ member_id }) => ids.includes(member_id as never))).toHaveLength(2);
    await on.discord.waitFor(() => on.ana.inbox().length + ben.inbox().length >= 2);
    expect([on.ana.inbox().length, ben.inbox().length]).toEqual([1, 1]);
  });

  it('lead back to what they stand for even when that does not fit into an id', async () => {
    await startQuick();
    const query = 'reading '.repeat(12).trim();
    const seen = await on.ana.in(on.guild).runs('/orgs join', { org: query.slice(0, 99) });
    const agree = await seen.press('Agree');
    expect(agree.text).toContain(query.slice(0, 30));
    const ids = JSON.stringify(seen.message?.components);
    expect(ids).toMatch(/"custom_id":"k:[\w-]{22}"/);
  });
});

describe('when Discord or the network falters', () => {
  it('answers on the second try after a failure', async () => {
    await startQuick();
    on.discord.failNext(1, { status: 502, route: '/callback' });
    expect((await runs('/sink deep down')).text).toBe('deep down');
  });

  it('takes it for an answer when only the word of it was lost', async () => {
    await startQuick();
    on.discord.dropConnectionNext(1, { isHandled: true, route: '/callback' });
    const seen = await runs('/sink deep down');
    expect(seen.text).toBe('deep down');
    const codes = () => callbacksOf(seen.interaction?.id).map(({ code }) => code);
    await on.discord.waitFor(() => codes()[1] !== undefined, { what: 'the second try' });
    expect(codes()).toEqual([undefined, 40060]);
    expect(on.logs()).not.toContain('came too late');
  });

  it('goes on when nothing got through', async () => {
    await startQuick();
    on.discord.failNext(2, { status: 500, route: '/callback' });
    await expect(runs('/sink deep down')).rejects.toThrow('did not respond');
    expect((await runs('/sink deep down')).text).toBe('deep down');
  });

  it('says sorry when Discord refuses what an answer holds', async () => {
    await startQuick();
    on.discord.failNext(1, { status: 400, route: '/callback' });
    expect((await runs('/sink deep down')).text).toContain('Sorry, that went wrong on my side');
  });

  it('says sorry later, too', async () => {
    await startSlow();
    on.discord.failNext(1, { status: 400, route: '@original' });
    expect((await runs('/sink slow')).text).toContain('Sorry, that went wrong on my side');
  });

  it('says sorry when the database does not answer', async () => {
    await startQuick();
    const consent = await on.ana.in(on.guild).runs('/orgs join', { org: 'x'.repeat(100) });
    on.database.sqlite.exec('drop table kept_payloads');
    expect((await consent.press('Agree')).text).toContain('Sorry, that went wrong on my side');
    expect((await on.ana.in(on.guild).runs('/orgs join', { org: 'y'.repeat(100) })).text).toContain('Sorry');
    expect((await runs('/sink deep down')).text).toBe('deep down');
  });

  it('delivers a late answer through failures in between', async () => {
    await startSlow();
    on.discord.failNext(2, { status: 503, route: '@original' });
    expect((await runs('/sink slow')).text).toBe('slow, but there');
  });

  it('logs a late answer that finds its token gone, and nothing of what it held', async () => {
    await startSlow();
    const gone = runs('/sink slow');
    setTimeout(() => on.discord.expireTokens(), 200);
    await expect(gone).rejects.toThrow();
    expect(on.logs()).toContain('50027');
    expect(on.logs()).not.toContain('slow, but there');
  });
});

describe('interactions that come late', () => {
  it('are deferred before anything is done', async () => {
    await startQuick({ times: { answerWithinMs: -1 } });
    const seen = await runs('/sink deep down');
    expect(seen.interaction).toMatchObject({ isDeferred: true });
    expect(seen.text).toBe('deep down');
  });

  it('do nothing at all when Discord has given up on them', async () => {
    await startQuick({ times: { answerWithinMs: -1 }, discord: { ackDeadlineMs: 0 } });
    await expect(runs('/sink throw')).rejects.toThrow('did not respond');
    await on.discord.waitFor(() => on.logs().includes('10062'), { what: 'the refusal' });
    expect(on.logs()).not.toContain('a request failed');
  });
});

it('logs neither tokens nor names nor what was typed', async () => {
  await startQuick();
  const { ana, guild, discord } = on;
  await (await ana.in(guild).runs('/orgs join', { org: 'baish' })).press('Agree');
  await ana.in(guild).runs('/orgs browse', { query: 'something very private' });
  await ana.asks('another private sentence');
  discord.failNext(4, { status: 500, route: '/messages' });
  discord.expireTokens();
  await runs('/sink throw');
  const tokens = discord.requests.flatMap(({ route }) => /\/interactions\/\d+\/([\w-]{20,})/.exec(route)?.[1] ?? []);
  expect(tokens.length).toBeGreaterThan(3);
  for (const secret of [...tokens, discord.token, 'Ana Souza', 'private', ana.username]) {
    expect(on.logs()).not.toContain(secret);
  }
});
