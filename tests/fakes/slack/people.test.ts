import { expect, it } from 'vitest';
import { button, client, fakeWith, input, plain, section, startApp } from './bolt-app.js';

const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

it('tells equal buttons apart, asks before pressing, opens menus and sends what was chosen', async () => {
  const slack = await fakeWith();
  const got: unknown[] = [];
  await startApp(slack, (app) => {
    app.command('/list', async ({ ack }) => {
      const confirm = {
        title: plain('Sure?'),
        text: plain('You will join.'),
        confirm: plain('Join'),
        deny: plain('No'),
      };
      const row = (name: string) => ({ ...section(name), accessory: { ...button('Join', 'join', name), confirm } });
      const kind = {
        type: 'static_select',
        action_id: 'kind',
        placeholder: plain('Kind'),
        options: ['Lab', 'Club'].map(option),
      };
      const more = { type: 'overflow', action_id: 'more', options: [option('Leave')] };
      const link = { ...button('Site', 'site'), url: 'https://example.org' };
      const blocks = [row('BAISH'), row('Bath'), { type: 'actions', elements: [kind, more, link] }];
      await ack({ text: 'Orgs', blocks: blocks as never });
    });
    app.action(/.*/, async ({ ack, action, respond, body }) => {
      await ack();
      got.push(action);
      if (action.type === 'overflow') await respond(`left, state ${JSON.stringify(body.type)}`);
      if ('value' in action && action.value !== '1') await respond(`joined ${action.value}`);
    });
  });
  const ana = slack.addUser({ name: 'ana' });
  const seen = await ana.inDm().runs('/list');
  await expect(seen.press('Join')).rejects.toThrow(/2 things called "Join"/);
  expect(seen.confirmOf('Site')).toBeUndefined();
  expect(seen.confirmOf('Join', { nth: 0 })).toBe('Sure?\nYou will join.\nJoin\nNo');
  expect((await seen.press('Join', { near: 'Bath' })).text).toBe('joined Bath');
  expect((await seen.press('Leave')).text).toContain('left');
  expect(seen.optionsOf('Kind')).toEqual(['Lab', 'Club']);
  const chosen = await seen.choose('Kind', 'Club');
  expect(chosen.valueOf('Kind')).toMatchObject({ selected_option: { value: 'club' } });
  expect((await seen.press('Site')).text).toBe(seen.text);
  expect(got.map((one) => (one as { action_id: string }).action_id)).toEqual(['join', 'more', 'kind', 'site']);
  expect(slack.violations).toEqual([]);
});

it('waits beyond "Loading…", and keeps what was typed when a modal is updated', async () => {
  const slack = await fakeWith();
  const closed: unknown[] = [];
  const modal = (blocks: unknown[]) =>
    ({
      type: 'modal',
      callback_id: 'm',
      notify_on_close: true,
      title: plain('Form'),
      submit: plain('OK'),
      blocks,
    }) as never;
  const name = input('name', 'Name', { type: 'plain_text_input' });
  await startApp(slack, (app) => {
    app.command('/form', async ({ ack, client: web, command }) => {
      await ack();
      const { view } = await web.views.open({ trigger_id: command.trigger_id, view: modal([section('Loading…')]) });
      await new Promise((resolve) => setTimeout(resolve, 80));
      const more = { type: 'actions', elements: [button('More', 'more')] };
      await web.views.update({ view_id: view?.id ?? '', view: modal([name, more]) });
    });
    app.action('more', async ({ ack, body, client: web }) => {
      await ack();
      if (!('view' in body) || !body.view) return;
      const when = input('when', 'When', { type: 'datepicker' });
      await web.views.update({ view_id: body.view.id, hash: body.view.hash, view: modal([name, when]) });
    });
    app.view({ callback_id: 'm', type: 'view_closed' }, async ({ ack, view }) => {
      await ack();
      closed.push(view.state.values.name?.in?.value);
    });
  });
  const seen = await slack.addUser({ name: 'ana' }).inDm().runs('/form');
  expect(seen.modal?.inputs).toEqual(['Name']);
  const more = await (await seen.choose('Name', 'Ana')).press('More');
  expect(more.modal?.inputs).toEqual(['Name', 'When']);
  expect(more.valueOf('Name')).toMatchObject({ value: 'Ana' });
  await expect(more.choose('When', '1 March')).rejects.toThrow(/cannot be picked/);
  await more.closes();
  expect(closed).toEqual(['Ana']);
  expect(slack.violations).toEqual([]);
});

it('keeps workspaces apart and installs the app again with a code', async () => {
  const slack = await fakeWith();
  const other = slack.addWorkspace({ name: 'Other', scopes: ['users:read'] });
  const bo = other.addUser({ name: 'bo' });
  await expect(client(slack).users.info({ user: bo.id })).rejects.toMatchObject({ data: { error: 'user_not_found' } });
  const web = client(slack, other.botToken);
  expect((await web.users.info({ user: bo.id })).user?.profile?.email).toBeUndefined();
  expect((await web.users.list({ limit: 1 })).response_metadata?.next_cursor).not.toBe('');
  await web.auth.revoke();
  await expect(web.auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } });
  const app = { client_id: slack.app.clientId, client_secret: slack.app.clientSecret };
  const code = other.oauthCode;
  const access = await web.oauth.v2.access({ ...app, code });
  expect(access).toMatchObject({ access_token: other.botToken, team: { id: other.id } });
  expect((await client(slack, access.access_token).auth.test()).team_id).toBe(other.id);
  await expect(web.auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
  for (const [wrong, error] of [
    [{ ...app, code }, 'code_already_used'],
    [{ ...app, code: 'x' }, 'invalid_code'],
    [{ ...app, client_secret: 'x', code }, 'bad_client_secret'],
    [{ ...app, client_id: 'x', code }, 'invalid_client_id'],
  ] as const) {
    await expect(web.oauth.v2.access(wrong)).rejects.toMatchObject({ data: { error } });
  }
});

it('records what an acknowledgement does wrong', async () => {
  const slack = await fakeWith();
  await startApp(slack, (app) => {
    app.command('/bad', async ({ ack }) => ack({ text: 'x', blocks: [section('x'.repeat(3001))] }));
  });
  const seen = await slack.addUser({ name: 'ana' }).inDm().runs('/bad');
  expect(seen.error).toBe('invalid_blocks');
  expect(slack.violations[0]).toMatch(/^command ack: invalid_blocks .*3001 characters/);
});
