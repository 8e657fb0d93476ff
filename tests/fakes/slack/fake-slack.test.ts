import type { App, RespondError } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { button, client, fakeWith, input, plain, receiverFor, section, startApp } from './bolt-app.js';

describe('commands', () => {
  it('shows what the acknowledgement carries, only to the person who asked, with ids for names', async () => {
    const slack = await fakeWith();
    const texts: string[] = [];
    await startApp(slack, (app) => {
      app.command('/orgs', async ({ ack, command }) => {
        texts.push(command.text);
        await ack('You joined.');
      });
    });
    const [ana, bo] = [slack.addUser({ name: 'ana' }), slack.addUser({ name: 'bo' })];
    const general = slack.addChannel('general');
    const seen = await ana.in(general).runs('/orgs', 'join A&B <x> @bo #general @nobody');
    expect(seen.text).toBe('You joined.');
    expect(seen.isEphemeral).toBe(true);
    expect(texts).toEqual([`join A&amp;B &lt;x&gt; <@${bo.id}|bo> <#${general.id}|general> @nobody`]);
    expect(general.messagesSeenBy(ana)).toHaveLength(1);
    expect(general.messagesSeenBy(bo)).toHaveLength(0);
    expect(slack.violations).toEqual([]);
  });

  it('waits for the response that follows an empty acknowledgement, and says what was missing when none does', async () => {
    const slack = await fakeWith({ patienceMs: 1_000 });
    await startApp(slack, (app) => {
      app.command('/later', async ({ ack, respond }) => {
        await ack();
        await new Promise((resolve) => setTimeout(resolve, 60));
        await respond({ text: 'Here it is', response_type: 'in_channel' });
      });
      app.command('/silent', async ({ ack }) => ack());
    });
    const ana = slack.addUser({ name: 'ana' });
    const seen = await ana.inDm().runs('/later');
    expect(seen.text).toBe('Here it is');
    expect(seen.isEphemeral).toBe(false);
    await expect(ana.inDm().runs('/silent')).rejects.toThrow(/nothing appeared within 1000 ms/);
  });

  it('shows an error when the acknowledgement is late, and when nobody is connected', async () => {
    const slack = await fakeWith({ ackDeadlineMs: 80 });
    const app = await startApp(slack, (one) => {
      one.command('/slow', async ({ ack }) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await ack('too late');
      });
    });
    const ana = slack.addUser({ name: 'ana' });
    const seen = await ana.inDm().runs('/slow');
    expect(seen.error).toBe('operation_timeout');
    expect(seen.text).not.toContain('too late');
    await slack.waitFor(() => slack.strayAcks.length === 1);
    expect(slack.strayAcks[0]?.why).toBe('late');
    await app.stop();
    await slack.waitFor(() => slack.connections === 0);
    expect((await ana.inDm().runs('/slow')).error).toBe('app_did_not_respond');
  });
});

describe('messages', () => {
  it('replaces, adds and deletes through the response URL, five times and no more', async () => {
    const slack = await fakeWith();
    const failures: unknown[] = [];
    await startApp(slack, (app) => {
      app.command('/card', async ({ ack }) => {
        const actions = {
          type: 'actions',
          elements: [button('More', 'more'), button('Done', 'done'), button('Many', 'many')],
        } as const;
        await ack({ text: 'A card', blocks: [section('*A card*'), actions] });
      });
      app.action('more', async ({ ack, respond }) => {
        await ack();
        await respond({
          text: 'Changed',
          replace_original: true,
          blocks: [section('Changed'), { type: 'actions', elements: [button('Done', 'done')] }],
        });
      });
      app.action('done', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
      app.action('many', async ({ ack, respond }) => {
        await ack();
        for (let n = 1; n <= 6; n += 1)
          await respond({ text: `no ${n}`, replace_original: false }).catch((error) => failures.push(error));
      });
    });
    const ana = slack.addUser({ name: 'ana' });
    const card = await ana.inDm().runs('/card');
    expect(card.buttons).toEqual(['More', 'Done', 'Many']);
    await expect(card.press('Nope')).rejects.toThrow(/There is: button "More", button "Done"/);
    await card.press('Many');
    await slack.waitFor(() => failures.length === 1);
    const answers = ana.inbox().map(({ text }) => text);
    expect(answers.filter((text) => text.startsWith('no '))).toEqual(['no 1', 'no 2', 'no 3', 'no 4', 'no 5']);
    expect((failures[0] as RespondError).statusCode).toBe(404);
    const changed = await card.press('More');
    expect(changed.text).toBe('Changed');
    expect((await changed.press('Done')).isGone).toBe(true);
    expect(ana.inbox().some(({ text }) => text === 'Changed')).toBe(false);
    expect(slack.violations).toEqual([]);
  });

  it('refuses blocks beyond the limits with a pointer, and writes it down', async () => {
    const slack = await fakeWith();
    const { chat } = client(slack);
    const channel = slack.addChannel('general').id;
    const tooLong = chat.postMessage({ channel, text: 'x', blocks: [section('x'.repeat(3001))] });
    await expect(tooLong).rejects.toMatchObject({ data: { error: 'invalid_blocks' } });
    expect(slack.violations[0]).toContain('must be less than 3001 characters [json-pointer:/blocks/0/text/text]');
    const wrong: [object[], string][] = [
      [Array.from({ length: 51 }, () => ({ type: 'divider' })), '/blocks'],
      [[{ type: 'header', text: plain('h'.repeat(151)) }], '/blocks/0/text/text'],
      [[{ type: 'header', text: { type: 'mrkdwn', text: 'h' } }], '/blocks/0/text/type'],
      [[{ type: 'actions', elements: [button('b'.repeat(76), 'a')] }], '/blocks/0/elements/0/text/text'],
      [[{ type: 'actions', elements: [button('1', 'same'), button('2', 'same')] }], '/blocks/0/elements/1/action_id'],
      [
        [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button('b', `a${n}`)) }],
        '/blocks/0/elements',
      ],
      [
        [
          { ...section('a'), block_id: 'b' },
          { ...section('b'), block_id: 'b' },
        ],
        '/blocks/1/block_id',
      ],
      [[{ type: 'section', fields: Array.from({ length: 11 }, () => plain('f')) }], '/blocks/0/fields'],
      [[section('')], '/blocks/0/text/text'],
      [[{ type: 'image', image_url: 'https://x.example/a.png' }], '/blocks/0/alt_text'],
      [[{ type: 'image', alt_text: 'a', slack_file: { id: 'F404' } }], '/blocks/0/slack_file'],
      [
        [
          {
            ...section('a'),
            accessory: {
              type: 'overflow',
              action_id: 'o',
              options: Array.from({ length: 6 }, (_, n) => ({ text: plain('o'), value: `${n}` })),
            },
          },
        ],
        '/blocks/0/accessory/options',
      ],
      [
        [
          {
            ...section('a'),
            accessory: {
              type: 'static_select',
              action_id: 's',
              options: [{ text: plain('o'.repeat(76)), value: 'v' }],
            },
          },
        ],
        '/blocks/0/accessory/options/0/text/text',
      ],
    ];
    for (const [blocks, pointer] of wrong) {
      const posting = chat.postMessage({ channel, text: 'x', blocks: blocks as never });
      await expect(posting).rejects.toMatchObject({ data: { error: 'invalid_blocks' } });
      expect(slack.violations.at(-1)).toContain(`[json-pointer:${pointer}]`);
    }
    slack.violations.length = 0;
    const emoji = { type: 'header', text: plain('😀'.repeat(150)) } as const;
    const { ts } = await chat.postMessage({ channel, text: 'counts code points', blocks: [emoji] });
    expect(slack.violations).toEqual([]);
    await expect(chat.update({ channel, ts: ts ?? '', text: 'x'.repeat(4001) })).rejects.toMatchObject({
      data: { error: 'msg_too_long' },
    });
    await chat.postMessage({ channel, blocks: [section('no text')] } as never);
    expect(slack.violations.at(-1)).toMatch(/blocks without text/);
  });

  it('keeps ephemeral answers and metadata where they belong', async () => {
    const slack = await fakeWith({ scopes: ['chat:write', 'channels:history'] });
    const [ana, bo] = [slack.addUser({ name: 'ana' }), slack.addUser({ name: 'bo' })];
    const general = slack.addChannel('general');
    const { chat, conversations, users } = client(slack);
    const metadata = { event_type: 'reminder', event_payload: { id: 7 } };
    await chat.postMessage({ channel: general.id, text: 'For all', metadata });
    await chat.postEphemeral({ channel: general.id, user: ana.id, text: 'For Ana' });
    expect(general.messagesSeenBy(bo).map(({ text }) => text)).toEqual(['For all']);
    expect(general.messagesSeenBy(ana).map(({ text }) => text)).toEqual(['For all', 'For Ana']);
    const { messages } = await conversations.history({ channel: general.id, include_all_metadata: true });
    expect(messages).toHaveLength(1);
    expect(messages?.[0]?.metadata).toEqual(metadata);
    await expect(users.info({ user: ana.id })).rejects.toMatchObject({
      data: {
        error: 'missing_scope',
        needed: 'users:read',
        response_metadata: { scopes: ['chat:write', 'channels:history'] },
      },
    });
  });
});

describe('modals', () => {
  const modal = (blocks: unknown[], more: object = {}) =>
    ({ type: 'modal', callback_id: 'form', title: plain('Profile'), submit: plain('Save'), blocks, ...more }) as never;

  it('opens, refuses what Slack refuses, shows errors and stays, then closes with a message', async () => {
    const slack = await fakeWith();
    const values: unknown[] = [];
    await startApp(slack, (app) => {
      app.command('/profile', async ({ ack, client: web, command }) => {
        await ack();
        const number = input('years', 'Years', { type: 'number_input', is_decimal_allowed: false, min_value: '1' });
        const kinds = {
          type: 'checkboxes',
          options: ['Chapter', 'Lab'].map((one) => ({ text: plain(one), value: one.toLowerCase() })),
        };
        const headline = input('headline', 'Headline', { type: 'plain_text_input', max_length: 10 });
        await web.views.open({
          trigger_id: command.trigger_id,
          view: modal([headline, number, input('kinds', 'Kinds', kinds)]),
        });
      });
      app.view('form', async ({ ack, view, body, client: web }) => {
        values.push(view.state.values);
        if (view.state.values.headline?.in?.value === 'bad')
          return ack({ response_action: 'errors', errors: { headline: 'Not this one' } });
        await ack();
        await web.chat.postMessage({ channel: body.user.id, text: 'Saved.' });
      });
    });
    const ana = slack.addUser({ name: 'ana' });
    const open = await ana.inDm().runs('/profile');
    expect(open.modal).toMatchObject({ title: 'Profile', inputs: ['Headline', 'Years', 'Kinds'], depth: 1 });
    const refused = await open.submits({ Headline: 'far too long a headline', Years: 0 });
    expect(Object.keys(refused.errors)).toEqual(['Headline', 'Years', 'Kinds']);
    expect(values).toHaveLength(0);
    const wrong = await refused.submits({ Headline: 'bad', Years: 2, Kinds: ['Lab'] });
    expect(wrong.errors).toEqual({ Headline: 'Not this one' });
    expect(wrong.modal?.title).toBe('Profile');
    await expect(wrong.submits({ Kinds: ['Club'] })).rejects.toThrow(/no option "Club" among: Chapter, Lab/);
    const done = await wrong.submits({ Headline: 'good' });
    expect(done.text).toBe('Saved.');
    expect(ana.modal).toBeUndefined();
    expect(values.at(-1)).toMatchObject({
      headline: { in: { type: 'plain_text_input', value: 'good' } },
      years: { in: { value: '2' } },
      kinds: { in: { selected_options: [{ value: 'lab' }] } },
    });
    expect(slack.violations).toEqual([]);
  });

  it('loads options while typing and sends the chosen one', async () => {
    const slack = await fakeWith();
    const chosen: unknown[] = [];
    await startApp(slack, (app) => {
      app.shortcut('pick', async ({ ack, client: web, body }) => {
        await ack();
        const select = { type: 'external_select', min_query_length: 2, placeholder: plain('Pick one') };
        await web.views.open({ trigger_id: body.trigger_id, view: modal([input('org', 'Org', select)]) });
      });
      app.options('in', async ({ ack, options }) => {
        const names = ['BAISH', 'Bath', 'Cambridge'].filter((one) => one.toLowerCase().startsWith(options.value));
        await ack({ options: names.map((one) => ({ text: plain(one), value: one })) });
      });
      app.view('form', async ({ ack, view }) => {
        chosen.push(view.state.values.org?.in?.selected_option?.value);
        await ack({ response_action: 'update', view: modal([section('Thanks')], { submit: undefined }) });
      });
    });
    const seen = await slack.addUser({ name: 'ana' }).usesShortcut('pick');
    expect(await seen.typesInto('Org', 'b')).toEqual([]);
    expect(await seen.typesInto('Org', 'ba')).toEqual(['BAISH', 'Bath']);
    const thanks = await seen.submits({ Org: 'BAISH' });
    expect(chosen).toEqual(['BAISH']);
    expect(thanks.text).toBe('Profile\nThanks');
    expect((await thanks.closes()).surfaces).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('takes each trigger once and for a short time, guards updates by hash and stacks three', async () => {
    let now = Date.now();
    const slack = await fakeWith({ now: () => now });
    const triggers: string[] = [];
    await startApp(slack, (app) => {
      app.command('/open', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack('ok');
      });
      app.action('deeper', async ({ ack, client: web, body }) => {
        await ack();
        const again = { type: 'actions', elements: [button('Deeper', 'deeper')] };
        await web.views.push({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view: modal([again]) });
      });
    });
    const ana = slack.addUser({ name: 'ana' });
    const { views } = client(slack);
    const view = modal([{ type: 'actions', elements: [button('Deeper', 'deeper')] }]);
    await ana.inDm().runs('/open');
    now += 3001;
    await expect(views.open({ trigger_id: triggers[0] ?? '', view })).rejects.toMatchObject({
      data: { error: 'expired_trigger_id' },
    });
    void ana.inDm().runs('/open');
    await slack.waitFor(() => triggers.length === 2);
    const trigger_id = triggers[1] ?? '';
    const bad = views.open({
      trigger_id,
      view: modal([input('a', 'A', { type: 'plain_text_input' })], { submit: undefined }),
    });
    await expect(bad).rejects.toMatchObject({ data: { error: 'invalid_arguments' } });
    const opened = await views.open({ trigger_id, view });
    await expect(views.open({ trigger_id, view })).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
    const update = views.update({ view_id: opened.view?.id ?? '', hash: 'old', view });
    await expect(update).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
    const third = await (await ana.modal?.press('Deeper'))?.press('Deeper');
    expect(third?.modal?.depth).toBe(3);
    expect((await third?.closes())?.modal?.depth).toBe(2);
    expect(slack.violations.join()).toContain('/view/submit');
  });
});

describe('the Home tab, conversations and files', () => {
  it('publishes Home, answers direct messages and shows files', async () => {
    const slack = await fakeWith();
    await startApp(slack, (app) => {
      app.event('app_home_opened', async ({ event, client: web }) => {
        await web.views.publish({
          user_id: event.user,
          view: {
            type: 'home',
            blocks: [section('Welcome'), { type: 'actions', elements: [button('Refresh', 'refresh')] }],
          },
        });
      });
      app.action('refresh', async ({ ack, body, client: web }) => {
        await ack();
        await web.views.publish({ user_id: body.user.id, view: { type: 'home', blocks: [section('Fresh')] } });
      });
      app.message('export', async ({ message, client: web }) => {
        await web.files.uploadV2({
          channel_id: message.channel,
          file: Buffer.from('name\nÁna\n'),
          filename: 'members.csv',
          initial_comment: 'Your export',
        });
      });
    });
    const ana = slack.addUser({ name: 'ana' });
    const home = await ana.opensHome();
    expect(home.buttons).toEqual(['Refresh']);
    expect((await home.press('Refresh')).text).toBe('Fresh');
    expect(ana.home?.text).toBe('Fresh');
    const answer = await ana.dms('export');
    expect(answer.text).toBe('Your export');
    expect(answer.files[0]).toMatchObject({ name: 'members.csv', mimetype: 'text/csv' });
    expect(answer.files[0]?.bytes?.toString()).toBe('name\nÁna\n');
    expect(ana.inbox()).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it('knows people, and forgets the app when it is removed', async () => {
    const slack = await fakeWith();
    const events: string[] = [];
    await startApp(slack, (app) => {
      app.event('user_change', async ({ event }) => void events.push(`changed ${event.user.deleted}`));
      app.event('app_uninstalled', async () => void events.push('uninstalled'));
      app.event('tokens_revoked', async () => void events.push('revoked'));
    });
    const ana = slack.addUser({ name: 'ana', tz: 'Europe/Lisbon', isAdmin: true, email: 'ana@example.org' });
    const web = client(slack);
    const { user } = await web.users.info({ user: ana.id, include_locale: true });
    expect(user).toMatchObject({
      tz: 'Europe/Lisbon',
      is_admin: true,
      locale: 'en-GB',
      profile: { email: 'ana@example.org' },
    });
    await ana.deactivates();
    await expect(web.chat.postMessage({ channel: ana.id, text: 'hi' })).rejects.toMatchObject({
      data: { error: 'user_disabled' },
    });
    await slack.uninstalls();
    await slack.waitFor(() => events.length === 3);
    expect(events.sort()).toEqual(['changed true', 'revoked', 'uninstalled']);
    await expect(web.auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } });
    await expect(client(slack, 'xoxb-other').auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
    await expect(web.apiCall('no.such')).rejects.toMatchObject({ data: { error: 'unknown_method' } });
  });
});

describe('connections', () => {
  it('uses one of two connections and keeps answering while one is refreshed or all were cut', async () => {
    const slack = await fakeWith();
    const set = (app: App) => app.command('/ping', async ({ ack }) => ack('pong'));
    await startApp(slack, set, [receiverFor(slack), receiverFor(slack)]);
    const ana = slack.addUser({ name: 'ana' });
    expect(slack.connections).toBe(2);
    for (let n = 0; n < 4; n += 1) expect((await ana.inDm().runs('/ping')).text).toBe('pong');
    expect(new Set(slack.deliveries.map(({ connectionId }) => connectionId)).size).toBe(2);
    slack.refreshConnections({ count: 1 });
    expect(slack.connections).toBe(1);
    expect((await ana.inDm().runs('/ping')).text).toBe('pong');
    await slack.waitFor(() => slack.connections === 2);
    slack.failOpens(1, 503);
    slack.dropSockets();
    expect((await ana.inDm().runs('/ping')).error).toBe('app_did_not_respond');
    await slack.waitFor(() => slack.connections === 2);
    expect((await ana.inDm().runs('/ping')).text).toBe('pong');
  });

  it('sends events again with the same id until they are acknowledged, and measures acknowledgements', async () => {
    const slack = await fakeWith();
    const ids: string[] = [];
    await startApp(slack, (app) =>
      app.message(async ({ body, context }) => void ids.push(`${body.event_id} ${context.retryNum}`)),
    );
    const ana = slack.addUser({ name: 'ana' });
    slack.dropSockets();
    await ana.dms('hello', { expectsAnswer: false });
    expect(slack.eventsWaiting).toBe(1);
    await slack.waitFor(() => slack.connections === 1);
    slack.retryEventsNow();
    await slack.waitFor(() => ids.length === 1);
    await slack.redeliver().outcome;
    await slack.waitFor(() => ids.length === 2);
    expect(ids.map((one) => one.split(' ')[0])).toEqual([ids[0]?.split(' ')[0], ids[0]?.split(' ')[0]]);
    const last = slack.deliveries.at(-1);
    expect((last?.ackedAt ?? 0) - (last?.sentAt ?? 0)).toBeGreaterThan(0);
  });

  it('limits rates per channel and makes calls fail as told', async () => {
    const slack = await fakeWith({ postBurst: 2 });
    const { chat } = client(slack);
    const [one, two] = [slack.addChannel('one').id, slack.addChannel('two').id];
    await chat.postMessage({ channel: one, text: '1' });
    await chat.postMessage({ channel: one, text: '2' });
    await expect(chat.postMessage({ channel: one, text: '3' })).rejects.toMatchObject({ retryAfter: 1 });
    await chat.postMessage({ channel: two, text: '1' });
    slack.failNext(1, { error: 'internal_error', method: 'chat.postMessage' });
    await expect(chat.postMessage({ channel: two, text: '2' })).rejects.toMatchObject({
      data: { error: 'internal_error' },
    });
    slack.dropConnectionAfterHandlingNext();
    await expect(chat.postMessage({ channel: two, text: '3' })).rejects.toThrow();
    expect(slack.workspace.record.token).toBe('active');
    expect(slack.calls('chat.postMessage').map(({ status, error }) => error ?? status)).toEqual([
      200,
      200,
      'ratelimited',
      200,
      'internal_error',
      200,
    ]);
  });
});
