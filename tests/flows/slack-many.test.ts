import { afterEach, expect, it } from 'vitest';
import { type OnManyOptions, type OnManySlacks, startOnManySlacks } from './slack-many-harness.js';

let on: OnManySlacks;
const start = async (options: OnManyOptions = {}) => {
  on = await startOnManySlacks(options);
  const north = on.slack.addWorkspace({ name: 'North Lab', isInstalled: false });
  const south = on.slack.addWorkspace({ name: 'South Lab', isInstalled: false });
  const [ana, bo] = [
    north.addUser({ name: 'ana', realName: 'Ana Souza' }),
    south.addUser({ name: 'bo', realName: 'Bo Lindqvist' }),
  ];
  return { north, south, ana, bo, general: north.addChannel('general'), lobby: south.addChannel('lobby') };
};

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

/** The tokens of the calls since then. */
const tokensSince = (count: number) => new Set(on.slack.requests.slice(count).flatMap(({ token }) => token || []));

it('is installed in two workspaces by their admins, and serves people in both, each with its own token', async () => {
  const { north, south, ana, bo, general, lobby } = await start();
  expect(await on.slackHealth()).toEqual({
    isUp: true,
    detail: 'not installed anywhere yet; requests are taken at /slack/events',
  });
  const page = await on.installs('North Lab');
  expect(page.status).toBe(200);
  expect(page.text).toMatch(/Rollcall is in North Lab .*Type \/manage setup/);
  expect(page.html).toContain(`https://slack.com/app_redirect?app=${on.slack.appId}&#38;team=${north.id}`);
  await on.installs('South Lab');
  expect((await on.slackHealth()).detail).toMatch(/^2 installations; /);

  for (const [person, channel, workspace] of [
    [ana, general, north],
    [bo, lobby, south],
  ] as const) {
    const before = on.slack.requests.length;
    const consent = await person.in(channel).runs('/orgs', 'join baish');
    const joined = await (await consent.press('Agree')).press('Confirm');
    expect(joined.text).toContain('Welcome!');
    await on.slack.waitFor(() => person.inbox().length === 1);
    expect((await person.opensHome()).text).toContain('Buenos Aires AI Safety Hub');
    expect((await person.dms('stop')).text).toContain('nothing unasked any more');
    expect(tokensSince(before)).toEqual(new Set([workspace.botToken]));
  }
});

it('is offered on the orgs’ pages to workspaces that do not have it yet', async () => {
  await start();
  const org = await on.browser.opens(`${on.origin}/o/baish`);
  expect((await on.browser.follows(org, 'add Rollcall to yours')).text).toContain('Add Rollcall to Slack');
});

it('goes on in one workspace while the other takes it out, and is whole again once installed anew', async () => {
  const { south, ana, bo, general, lobby } = await start();
  await on.installs('North Lab');
  await on.installs('South Lab');
  const consent = await bo.in(lobby).runs('/orgs', 'join baish');
  await (await consent.press('Agree')).press('Confirm');
  await on.slack.waitFor(() => bo.inbox().length === 1);
  const deadToken = south.botToken;

  await south.uninstalls('uninstalled-first');
  expect(await on.slackHealth()).toEqual({
    isUp: true,
    detail: '1 installation, 1 taken back; requests are taken at /slack/events',
  });
  const before = on.slack.requests.length;
  expect((await bo.in(lobby).runs('/orgs', 'mine')).text).toContain('not complete any more');
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
  expect(tokensSince(before)).not.toContain(deadToken);
  expect(on.rows('select name, sealed_bot from slack_installations where revoked_at is not null')).toEqual([
    { name: 'South Lab', sealed_bot: null },
  ]);
  on.rows("update identities set reach = 'closed'");

  const page = await on.installs('South Lab');
  expect(page.text).toContain('Rollcall is in South Lab');
  expect(south.botToken).not.toBe(deadToken);
  expect((await bo.in(lobby).runs('/orgs', 'mine')).text).toContain('Buenos Aires AI Safety Hub');
  expect((await on.slackHealth()).detail).toMatch(/^2 installations; /);
  const reached = on.rows(`select reach from identities where team_id = '${south.id}'`);
  expect(reached).toEqual([{ reach: 'unknown' }]);
});

it('keeps the new installation when the events of the old one come late', async () => {
  const { south, bo, lobby } = await start();
  await on.installs('South Lab');
  south.losesToken();
  await on.installs('South Lab');
  const late = Math.floor(Date.now() / 1000) - 60;
  for (const event of [{ type: 'app_uninstalled' }, { type: 'tokens_revoked', tokens: { bot: [south.botUserId] } }]) {
    const payload = {
      type: 'event_callback',
      team_id: south.id,
      event_id: `Ev-${event.type}`,
      event_time: late,
      event,
    };
    expect(await on.slack.send({ type: 'events_api', payload }).outcome).toMatchObject({ kind: 'acked' });
  }
  expect((await bo.in(lobby).runs('/orgs', 'browse')).text).toContain('Orgs');
  expect((await on.slackHealth()).detail).toMatch(/^1 installation; /);
});

it('learns from a refused call that it was taken out while nobody listened', async () => {
  const { south, bo, lobby } = await start();
  await on.installs('South Lab');
  south.losesToken();
  await bo.in(lobby).runs('/orgs', 'browse');
  await expect.poll(async () => (await on.slackHealth()).detail).toMatch(/^not installed anywhere yet, 1 taken back/);
  expect((await bo.in(lobby).runs('/orgs', 'browse')).text).toContain('not complete any more');
});

it('knows its installations after a restart, and lets no token stand in a log or a file', async () => {
  const { north, ana, general } = await start();
  await on.installs('North Lab');
  await on.restart();
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
  expect(on.isInFiles('North Lab')).toBe(true);
  for (const secret of [north.botToken, on.slack.app.clientSecret, on.slack.app.signingSecret]) {
    expect(on.logs()).not.toContain(secret);
    expect(on.isInFiles(secret)).toBe(false);
  }
});

it('serves nobody from a workspace that did not install it, whatever shared channel or modal they come by', async () => {
  const { north } = await start();
  await on.installs('North Lab');
  const view = {
    id: 'V1',
    type: 'modal',
    app_installed_team_id: north.id,
    private_metadata: '',
    state: { values: {} },
  };
  const stranger = {
    user: { id: 'U9', team_id: 'T9' },
    team: { id: 'T9' },
    trigger_id: '1.2',
    is_enterprise_install: false,
  };
  const before = on.slack.requests.length;
  const payload = { type: 'view_submission', ...stranger, view };
  const outcome = await on.slack.send({ type: 'interactive', payload }).outcome;
  expect(JSON.stringify(outcome)).toContain('I only know the people of this workspace');
  expect(on.slack.requests.slice(before).filter(({ method }) => method === 'users.info')).toEqual([]);
});

it('answers what people wrote while it was down, once Slack brings it again', async () => {
  const { ana } = await start();
  await on.installs('North Lab');
  await on.restart(() => ana.dms('which orgs are there?', { expectsAnswer: false }));
  expect(ana.inbox()).toEqual([]);
  on.slack.retryEventsNow();
  await on.slack.waitFor(() => ana.inbox().length === 1);
  expect(on.slack.deliveries.at(-1)?.envelope.retryAttempt).toBe(1);
});

it('is installed for a whole enterprise at once, and speaks in each of its workspaces', async () => {
  await start();
  const enterprise = on.slack.addEnterprise('Big Org');
  const [east, west] = [enterprise.addWorkspace({ name: 'East' }), enterprise.addWorkspace({ name: 'West' })];
  const [eva, wim] = [east.addUser({ name: 'eva' }), west.addUser({ name: 'wim' })];
  const [hall, yard] = [east.addChannel('hall'), west.addChannel('yard')];
  const page = await on.installs('Big Org');
  expect(page.text).toMatch(/Rollcall may work in Big Org .*Slack adds it to none by itself/);
  expect(page.html).toContain(`/manage/${enterprise.id}/integrations/profile/${on.slack.appId}/workspaces/add`);

  for (const [person, channel] of [
    [eva, hall],
    [wim, yard],
  ] as const) {
    const consent = await person.in(channel).runs('/orgs', 'join baish');
    expect((await (await consent.press('Agree')).press('Confirm')).text).toContain('Welcome!');
    await on.slack.waitFor(() => person.inbox().length === 1);
    expect((await person.opensHome()).text).toContain('Buenos Aires AI Safety Hub');
  }
  expect((await on.slackHealth()).detail).toMatch(/^1 installation; /);

  await on.restart();
  expect((await wim.in(yard).runs('/orgs', 'mine')).text).toContain('Buenos Aires');
  await enterprise.uninstalls();
  expect((await on.slackHealth()).detail).toMatch(/^not installed anywhere yet, 1 taken back/);
  expect((await eva.in(hall).runs('/orgs', 'mine')).text).toContain('not complete any more');
});

it('takes Socket Mode beside OAuth, with no requests from Slack', async () => {
  const { ana, general } = await start({ bySockets: true });
  await on.installs('North Lab');
  await on.slack.waitFor(() => on.slack.connections > 0);
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
  expect((await on.slackHealth()).detail).toMatch(/^1 installation; \d of 2 connections open$/);
  expect((await fetch(`${on.origin}/slack/events`, { method: 'POST' })).status).toBe(404);
});
