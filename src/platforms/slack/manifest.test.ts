import { expect, it } from 'vitest';
import { startBot } from '../../../tests/builders/bot.js';
import { command, createRegistry } from '../../bot/registry.js';
import { show } from '../../bot/reply.js';
import { message } from '../../bot/views.js';
import { BOT_SCOPES, slackManifest } from './manifest.js';

/** For one workspace, over sockets. */
const alone = { commandPrefix: '' };

const run = async () => show(message('done'));

it('has one slash command for each first word, with its verbs and the prefix', async () => {
  const { bot, stop } = await startBot();
  const manifest = slackManifest(bot.registry, { ...alone, commandPrefix: 'rc-' });
  const commands = manifest.features.slash_commands;
  const names = new Set(bot.registry.commands.map(({ name }) => `/rc-${name.split(' ')[0]}`));
  expect(new Set(commands.map(({ command: name }) => name))).toEqual(names);
  const orgs = commands.find(({ command: name }) => name === '/rc-orgs');
  const verbs = bot.registry.commands.flatMap(({ name }) => (name.startsWith('orgs ') ? [name.slice(5)] : []));
  expect(orgs?.usage_hint).toBe(`[${verbs.join(' | ')}]`);
  for (const { command: name, description, usage_hint = '', should_escape } of commands) {
    expect(name).toMatch(/^\/[a-z0-9_-]{1,31}$/);
    expect(description.length).toBeGreaterThan(0);
    expect(usage_hint.length).toBeLessThanOrEqual(1000);
    expect(should_escape).toBe(true);
  }
  await stop();
});

it('asks for what is used and no more, over Socket Mode', async () => {
  const { bot, stop } = await startBot();
  const manifest = slackManifest(bot.registry, alone);
  expect(manifest.oauth_config.scopes.bot).toEqual([...BOT_SCOPES]);
  expect(manifest.settings.socket_mode_enabled).toBe(true);
  expect(JSON.stringify(manifest)).not.toContain('"url"');
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  await stop();
});

it('names our addresses where Slack makes requests and people install it by themselves', async () => {
  const { bot, stop } = await startBot();
  const eventsUrl = 'https://rollcall.example.org/slack/events';
  const redirectUrl = 'https://rollcall.example.org/slack/oauth_redirect';
  const { features, oauth_config, settings } = slackManifest(bot.registry, { ...alone, eventsUrl, redirectUrl });
  for (const slashCommand of features.slash_commands) expect(slashCommand).toMatchObject({ url: eventsUrl });
  expect(oauth_config).toMatchObject({ redirect_urls: [redirectUrl] });
  expect(settings).toMatchObject({
    event_subscriptions: { request_url: eventsUrl },
    interactivity: { request_url: eventsUrl, message_menu_options_url: eventsUrl },
    org_deploy_enabled: true,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  });
  const bySockets = slackManifest(bot.registry, { ...alone, redirectUrl });
  expect(bySockets.settings).toMatchObject({ socket_mode_enabled: true, org_deploy_enabled: true });
  expect(JSON.stringify(bySockets)).not.toContain(eventsUrl);
  await stop();
});

it('says what Slack would not take', () => {
  const many = createRegistry([
    { commands: Array.from({ length: 51 }, (_, index) => command({ name: `c${index}`, description: 'x', run })) },
  ]);
  expect(() => slackManifest(many, alone)).toThrow(/takes 50 slash commands/);
  const long = createRegistry([{ commands: [command({ name: 'a'.repeat(28), description: 'x', run })] }]);
  expect(() => slackManifest(long, { ...alone, commandPrefix: 'long-' })).toThrow(/Shorten the prefix/);
});
