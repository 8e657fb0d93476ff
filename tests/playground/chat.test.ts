import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAction, onAction } from '../../src/bot/actions.js';
import { command } from '../../src/bot/registry.js';
import { replace, show } from '../../src/bot/reply.js';
import { button, buttons, message } from '../../src/bot/views.js';
import type { WireMessage, WireOutcome, WireState } from '../../src/platforms/playground/wire.js';
import { pagePost, rawRequest } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

const count = { presses: 0 };
const slowly = defineAction('test.slowly', z.object({}), 'anyone');
const wave = {
  kind: 'file',
  file: { name: 'wave "1".csv', type: 'text/csv', bytes: new TextEncoder().encode('a,b') },
} as const;
const testModule = {
  groups: { test: 'For tests' },
  commands: [
    command({
      name: 'test button',
      description: 'Shows a button',
      access: 'anyone',
      run: async () => show(message('Press it.', buttons(button('Slowly', slowly.with({}))))),
    }),
    command({
      name: 'test aloud',
      description: 'Says something to everybody',
      access: 'anyone',
      run: async () => ({ kind: 'show', view: message('Hear, hear.', wave), audience: 'everyone' }),
    }),
  ],
  actions: [
    onAction(slowly, async () => {
      count.presses += 1;
      await new Promise((resolve) => setTimeout(resolve, 60));
      return replace(message('Done.'));
    }),
  ],
};

describe('the playground’s chat', () => {
  let rollcall: RunningPlayground;
  beforeEach(async () => {
    count.presses = 0;
    rollcall = await startPlayground({ more: [testModule] });
  });
  afterEach(() => rollcall.stop());

  const post = async <Answer = WireOutcome>(path: string, body: unknown): Promise<Answer> =>
    JSON.parse((await pagePost(rollcall.port, `/playground/${path}`, body)).text);
  const stateOf = async (as: string): Promise<WireState> =>
    JSON.parse((await rawRequest(rollcall.port, `/playground/state?as=${as}`)).text);
  const run = async (as: string, where: string, name: string, options = {}): Promise<WireMessage> => {
    const outcome = await post('command', { as, where, name, options });
    if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} came instead of a message`);
    return outcome.message;
  };
  const idOf = ({ body }: WireMessage, label: string): string => {
    const blocks = body.kind === 'view' ? body.view.blocks : [];
    const found = blocks
      .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      .find((one) => one.label === label);
    if (found?.kind !== 'action') throw new Error(`there is no button "${label}"`);
    return found.id;
  };

  it('shows a command’s answer in a server to its asker alone', async () => {
    const answer = await run('noor-haddad', 'baish/general', 'orgs browse', { query: 'two words' });
    expect(answer).toMatchObject({
      isPrivate: true,
      command: { text: '/orgs browse query:"two words"', by: 'Noor Haddad' },
    });
    expect((await stateOf('noor-haddad')).messages).toHaveLength(1);
    expect((await stateOf('tomas-quiroga')).messages).toHaveLength(0);
    await post('dismiss', { as: 'noor-haddad', where: 'baish/general', message: answer.id });
    expect((await stateOf('noor-haddad')).messages).toHaveLength(0);
  });

  it('shows what is meant for everyone to everyone in the channel, with a file to download', async () => {
    const said = await run('noor-haddad', 'baish/general', 'test aloud');
    const seen = (await stateOf('tomas-quiroga')).messages;
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ id: said.id, isPrivate: false });
    expect((await stateOf('tomas-quiroga')).unread.mine).toEqual({ 'baish/general': 1 });
    await post('dismiss', { as: 'tomas-quiroga', where: 'baish/general', message: said.id });
    expect((await stateOf('noor-haddad')).messages).toHaveLength(1);
    const file = said.body.kind === 'view' ? said.body.view.blocks.find((block) => block.kind === 'file') : undefined;
    const download = await rawRequest(rollcall.port, file?.kind === 'file' ? file.url : '');
    expect(download.text).toBe('a,b');
    expect(download.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''wave%20%221%22.csv`);
  });

  it('lets everybody read a person’s words in a channel, and Rollcall only those in its own conversation', async () => {
    await post('say', { as: 'noor-haddad', where: 'baish/general', text: 'stop' });
    expect((await stateOf('tomas-quiroga')).messages).toMatchObject([
      { author: { name: 'Noor Haddad' }, isPrivate: false },
    ]);
    await post('say', { as: 'noor-haddad', where: 'dm', text: 'stop' });
    const direct = (await stateOf('noor-haddad')).messages.filter(({ where }) => where === 'dm');
    expect(direct.map(({ author }) => author.kind)).toEqual(['person', 'bot']);
    expect((await stateOf('tomas-quiroga')).messages.filter(({ where }) => where === 'dm')).toHaveLength(0);
  });

  it('acts once when a button is pressed twice while the first is under way, and changes the message in its place', async () => {
    const shown = await run('noor-haddad', 'baish/general', 'test button');
    const press = () =>
      post('press', {
        as: 'noor-haddad',
        where: 'baish/general',
        message: shown.id,
        id: idOf(shown, 'Slowly'),
        values: [],
      });
    const both = await Promise.all([press(), press()]);
    expect(count.presses).toBe(1);
    expect(both[0]).toEqual(both[1]);
    expect((await stateOf('noor-haddad')).messages).toMatchObject([{ id: shown.id }]);
  });

  it('answers a button whose message is gone with a message of its own', async () => {
    const shown = await run('noor-haddad', 'baish/general', 'test button');
    const gone = { as: 'noor-haddad', where: 'baish/general', message: 999, id: idOf(shown, 'Slowly'), values: [] };
    expect(await post('press', gone)).toMatchObject({ kind: 'message', message: { isPrivate: true } });
    expect((await stateOf('noor-haddad')).messages).toHaveLength(2);
  });

  it('tells a kind answer to a button of foreign make', async () => {
    for (const id of ['x', '1:no.such:{}', '9:orgs.show:{}', '1:orgs.show:{"org":7}']) {
      const outcome = await post('press', { as: 'ana-ferreira', where: 'dm', message: 1, id, values: [] });
      expect(outcome).toMatchObject({ kind: 'message' });
    }
  });

  it('asks for a required option with a form, and keeps what was typed when it is wrong', async () => {
    const asked = await post('command', { as: 'ana-ferreira', where: 'dm', name: 'orgs show', options: {} });
    expect(asked).toMatchObject({ kind: 'form', form: { fields: [{ name: 'org', isRequired: true }] } });
    const edit = await post('command', { as: 'ana-ferreira', where: 'dm', name: 'profile edit', options: {} });
    if (edit.kind !== 'form') throw new Error('no form came');
    const fields = { name: '', headline: 'Still here' };
    const wrong = await post('submit', { as: 'ana-ferreira', where: 'dm', id: edit.form.id, fields });
    expect(wrong).toMatchObject({ kind: 'correct', problems: { name: expect.any(String) } });
    if (wrong.kind !== 'correct') throw new Error('it was taken');
    expect(wrong.form.fields.find(({ name }) => name === 'headline')?.initial).toBe('Still here');
  });

  it('sends a direct message once for each nonce, and says so twice', async () => {
    const account = { platform: 'playground', teamId: '', accountId: 'ana-ferreira' } as const;
    const to = { account, directChannelId: 'ana-ferreira' };
    const first = await rollcall.playground.sendDirect(to, message('Hello'), 'n1');
    const second = await rollcall.playground.sendDirect(to, message('Hello'), 'n1');
    expect(first).toMatchObject({ kind: 'sent', channelId: 'ana-ferreira' });
    expect(second).toEqual(first);
    const state = await stateOf('ana-ferreira');
    expect(state.messages).toHaveLength(1);
    expect(state.unread.mine).toEqual({ dm: 1 });
    expect((await stateOf('noor-haddad')).unread.others['ana-ferreira']).toBe(1);
    await post('read', { as: 'ana-ferreira', where: 'dm' });
    expect((await stateOf('ana-ferreira')).unread.mine).toEqual({});
  });

  it('refuses another platform’s account, and waits while it is closed', async () => {
    const elsewhere = { platform: 'discord', teamId: '', accountId: '1' } as const;
    const sent = await rollcall.playground.sendDirect(
      { account: elsewhere, directChannelId: undefined },
      message('x'),
      'n',
    );
    expect(sent.kind).toBe('rejected');
    await rollcall.playground.stop();
    const account = { platform: 'playground', teamId: '', accountId: 'ana-ferreira' } as const;
    const late = await rollcall.playground.sendDirect({ account, directChannelId: undefined }, message('x'), 'n');
    expect(late).toEqual({ kind: 'retry-later' });
    const refused = await pagePost(rollcall.port, '/playground/say', { as: 'ana-ferreira', where: 'dm', text: 'hi' });
    expect(refused.status).toBe(503);
  });

  it('moves the clock ahead in the person’s own zone, and never back', async () => {
    const moved = await post<{ clock: { now: string } }>('clock', { as: 'ana-ferreira', to: { step: 'morning' } });
    expect(moved.clock.now).toMatch(/^2026-05-05T08:00/);
    const typed = await post<{ clock: { now: string } }>('clock', {
      as: 'kenji-watanabe',
      to: { local: '2026-05-06T09:30' },
    });
    expect(typed.clock.now).toMatch(/^2026-05-06T00:30/);
    for (const local of ['2026-05-01T09:00', '2026-13-40T99:00', '2036-01-01T00:00']) {
      const answer = await pagePost(rollcall.port, '/playground/clock', { as: 'ana-ferreira', to: { local } });
      expect([local, answer.status]).toEqual([local, 409]);
    }
  });

  it('offers choices for options while somebody types', async () => {
    const asked = { as: 'noor-haddad', where: 'dm', text: 'bai', of: { command: 'orgs show', option: 'org' } };
    const { choices } = await post<{ choices: { value: string }[] }>('suggest', asked);
    expect(choices.map(({ value }) => value)).toContain('baish');
  });
});
