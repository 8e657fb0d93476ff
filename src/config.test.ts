import { describe, expect, it } from 'vitest';
import { ConfigProblem, readConfig } from './config.js';
import { keyId, makeKey, writeKey } from './shared/secret-box.js';

const problemsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return error.message.split('\n');
  }
};

describe('the environment', () => {
  it('needs nothing: the playground on loopback, with a file beside the checkout', () => {
    expect(readConfig({})).toEqual({
      discord: undefined,
      slack: undefined,
      slackCommandPrefix: '',
      luma: { apiUrl: 'https://public-api.luma.com', icsUrl: 'https://api.lu.ma/ics/get' },
      databaseFile: 'data/rollcall.db',
      encryptionKeys: [],
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      operators: [],
      reviewsNewOrgs: false,
      logLevel: 'info',
      isPlayground: true,
    });
  });

  it('takes empty variables as absent, as compose files set them', () => {
    expect(readConfig({ DISCORD_TOKEN: '', PORT: ' ', DEMO: '' })).toMatchObject({ discord: undefined, port: 3000 });
  });

  it('drops the playground beside a platform, unless it is asked for', () => {
    const token = 'x'.repeat(60);
    expect(readConfig({ DISCORD_TOKEN: token })).toMatchObject({
      isPlayground: false,
      discord: { token, apiUrl: 'https://discord.com/api' },
    });
    expect(readConfig({ DISCORD_TOKEN: token, DEMO: 'true' }).isPlayground).toBe(true);
    expect(readConfig({ ORG_REVIEW: 'true' }).reviewsNewOrgs).toBe(true);
    expect(readConfig({}).reviewsNewOrgs).toBe(false);
  });

  it('lists every bad variable at once, each with what is wrong and an example', () => {
    const problems = problemsOf({
      DISCORD_TOKEN: 'two words',
      DISCORD_API_URL: 'ftp://x',
      LUMA_API_URL: 'luma',
      LUMA_ICS_URL: 'file:///etc/passwd',
      SLACK_BOT_TOKEN: 'xapp-1',
      SLACK_APP_TOKEN: 'xoxb-1',
      PORT: '70000',
      HOST: 'local host',
      LOG_LEVEL: 'loud',
      DEMO: 'perhaps',
      ORG_REVIEW: 'sometimes',
      DATABASE_URL: 'postgres://x',
      ENCRYPTION_KEY: 'a password',
      PUBLIC_URL: 'rollcall.example.org',
      OPERATORS: 'ana',
      SLACK_COMMAND_PREFIX: 'RC ',
    });
    const named = problems.map((line) => line.split(' ')[0]).sort();
    expect(named).toEqual([
      'DATABASE_URL',
      'DEMO',
      'DISCORD_API_URL',
      'DISCORD_TOKEN',
      'ENCRYPTION_KEY',
      'HOST',
      'LOG_LEVEL',
      'LUMA_API_URL',
      'LUMA_ICS_URL',
      'OPERATORS',
      'ORG_REVIEW',
      'PORT',
      'PUBLIC_URL',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
      'SLACK_COMMAND_PREFIX',
    ]);
    for (const line of problems) expect(line).toMatch(/such as \S+/);
  });

  it('never repeats a token or key that it refuses', () => {
    for (const name of ['SLACK_BOT_TOKEN', 'ENCRYPTION_KEY']) {
      expect(problemsOf({ [name]: 'secret-token-value' }).join('\n')).not.toContain('secret-token-value');
    }
  });

  it('takes several keys, the first of which seals', () => {
    const keys = [makeKey(), makeKey()];
    const { encryptionKeys } = readConfig({ ENCRYPTION_KEY: keys.map(writeKey).join(',') });
    expect(encryptionKeys.map(keyId)).toEqual(keys.map(keyId));
  });

  it('wants both Slack tokens or none', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
      'SLACK_APP_TOKEN is missing beside SLACK_BOT_TOKEN; Socket Mode needs both, such as xapp-1-A1-abc',
    ]);
  });

  const app = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'client-secret' };

  it('takes an app that many workspaces install, by signed requests or by Socket Mode', () => {
    const many = { kind: 'many', clientId: '1.2', clientSecret: 'client-secret' };
    expect(readConfig({ ...app, SLACK_SIGNING_SECRET: 'signing' })).toMatchObject({
      isPlayground: false,
      slack: { workspaces: many, transport: { kind: 'requests', signingSecret: 'signing' } },
    });
    for (const more of [{}, { SLACK_SIGNING_SECRET: 'signing' }]) {
      expect(readConfig({ ...app, ...more, SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({
        slack: { workspaces: many, transport: { kind: 'sockets', appToken: 'xapp-1' } },
      });
    }
  });

  it('wants all that an app needs, and one way of connecting to Slack', () => {
    expect(problemsOf({ SLACK_SIGNING_SECRET: 'x' })).toEqual([
      expect.stringMatching(/^SLACK_CLIENT_ID is missing beside SLACK_SIGNING_SECRET; .*such as \S+/),
      expect.stringMatching(/^SLACK_CLIENT_SECRET is missing beside SLACK_SIGNING_SECRET; .*such as \S+/),
    ]);
    expect(problemsOf(app)).toEqual([expect.stringMatching(/^SLACK_SIGNING_SECRET is missing beside SLACK_CLIENT_ID/)]);
    expect(problemsOf({ ...app, SLACK_SIGNING_SECRET: 'x', SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many; .*such as \S+/),
    ]);
    expect(problemsOf({ ...app, SLACK_SIGNING_SECRET: 'two words' })[0]).toMatch(
      /^SLACK_SIGNING_SECRET must be one word/,
    );
  });

  it('reads operators of both platforms', () => {
    const { operators } = readConfig({ OPERATORS: 'discord:123456789012345678, slack:T01/U02' });
    expect(operators).toEqual([
      { platform: 'discord', teamId: '', accountId: '123456789012345678' },
      { platform: 'slack', teamId: 'T01', accountId: 'U02' },
    ]);
  });
});
