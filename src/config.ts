import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readAccount } from './domain/members/account.js';
import { readKeys } from './shared/secret-box.js';

/** The environment as the product uses it; product.md section 11. */
export interface Config {
  discord: { token: string; apiUrl: string } | undefined;
  slack: SlackConfig | undefined;
  /** Put before the name of every slash command on Slack, such as `rc-`. */
  slackCommandPrefix: string;
  /** Where lu.ma's API is, and its public feeds. */
  luma: { apiUrl: string; icsUrl: string };
  databaseFile: string;
  /** For secrets in the database; the first seals, all open. Without any, one is made beside the database. */
  encryptionKeys: readonly KeyObject[];
  port: number;
  host: string;
  publicUrl: string | undefined;
  operators: Operator[];
  /** Whether new orgs are in the directory only after an operator's yes (`rollcall orgs verify`). */
  reviewsNewOrgs: boolean;
  logLevel: string;
  /** Whether the playground is served: without any platform's token, or when asked for. */
  isPlayground: boolean;
}

/** How the bot is let into Slack, and how it hears from there; product.md section 11. */
export interface SlackConfig {
  apiUrl: string;
  workspaces: { kind: 'one'; botToken: string } | { kind: 'many'; clientId: string; clientSecret: string };
  transport: { kind: 'sockets'; appToken: string } | { kind: 'requests'; signingSecret: string };
}

/** Somebody who looks after this installation. */
export interface Operator {
  platform: 'discord' | 'slack';
  teamId: string;
  accountId: string;
}

/** A bad environment: one line a variable, with what is wrong and an example. The process ends with exit code 2. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

const url = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be a web address, such as ${example}` })
    .transform((text) => text.replace(/\/+$/, ''));

const Environment = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, 'must be one word, copied from discord.com/developers → your app → Bot, such as MTIz.abc.def')
    .optional(),
  DISCORD_API_URL: url('https://discord.com/api').default('https://discord.com/api'),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must be a bot token, such as xoxb-123-abc').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must be an app-level token, such as xapp-1-A1-abc').optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]+$/, 'must be a client id, such as 1234567890.9876543210')
    .optional(),
  SLACK_CLIENT_SECRET: z
    .string()
    .regex(/^\S+$/, 'must be one word, such as 0123456789abcdef0123456789abcdef')
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^\S+$/, 'must be one word, such as 0123456789abcdef0123456789abcdef')
    .optional(),
  SLACK_API_URL: url('https://slack.com/api/').default('https://slack.com/api'),
  SLACK_COMMAND_PREFIX: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]{0,15}$/,
      'must be up to 16 lower-case letters, digits, hyphens or underscores, such as rc-',
    )
    .optional(),
  LUMA_API_URL: url('https://public-api.luma.com').default('https://public-api.luma.com'),
  LUMA_ICS_URL: url('https://api.lu.ma/ics/get').default('https://api.lu.ma/ics/get'),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, 'must name a file, such as file:data/rollcall.db')
    .default('file:data/rollcall.db'),
  ENCRYPTION_KEY: z
    .string()
    .transform((text, context) => {
      const keys = readKeys(text);
      if (keys) return keys;
      context.addIssue(
        'must be 32 bytes in base64, several with commas between and the new one first, such as what this prints: openssl rand -base64 32',
      );
      return z.NEVER;
    })
    .default([]),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535, such as 3000')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port from 0 to 65535, such as 3000')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/, 'must be an address to listen on, such as 127.0.0.1')
    .default('127.0.0.1'),
  PUBLIC_URL: url('https://rollcall.example.org').optional(),
  OPERATORS: z.string().default(''),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent, such as info',
    })
    .default('info'),
  ORG_REVIEW: z.stringbool({ error: 'must be true or false, such as true' }).default(false),
  DEMO: z.stringbool({ error: 'must be true or false, such as true' }).default(false),
});

/**
 * Reads the environment once. Empty variables count as absent, as compose files set them so.
 *
 * @throws ConfigProblem that lists every bad variable.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  const operators = readOperators(given.OPERATORS ?? '', problems);
  problems.push(...slackProblems(given));
  if (!parsed.success || problems.length > 0) throw new ConfigProblem([...new Set(problems)].join('\n'));
  const env = parsed.data;
  const discord = env.DISCORD_TOKEN ? { token: env.DISCORD_TOKEN, apiUrl: env.DISCORD_API_URL } : undefined;
  const slack = readSlack(env);
  return {
    discord,
    slack,
    slackCommandPrefix: env.SLACK_COMMAND_PREFIX ?? '',
    luma: { apiUrl: env.LUMA_API_URL, icsUrl: env.LUMA_ICS_URL },
    databaseFile: env.DATABASE_URL.replace(/^file:(\/\/)?/, ''),
    encryptionKeys: env.ENCRYPTION_KEY,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    operators,
    logLevel: env.LOG_LEVEL,
    reviewsNewOrgs: env.ORG_REVIEW,
    isPlayground: env.DEMO || (!discord && !slack),
  };
}

/** What goes together on Slack: a bot token with an app token, or an app's id and secret with one of two more. */
function slackProblems(given: Record<string, string | undefined>): string[] {
  const missing = (name: keyof typeof SLACK_EXAMPLES, beside: string, why: string) =>
    given[name] ? [] : [`${name} is missing beside ${beside}; ${why}, such as ${SLACK_EXAMPLES[name]}`];
  const ofApp = APP_VARIABLES.filter((name) => given[name]);
  const [first] = ofApp;
  if (given.SLACK_BOT_TOKEN && first) {
    return [
      `SLACK_BOT_TOKEN is for one workspace and ${first} for many; set the one or the other, such as SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET`,
    ];
  }
  if (given.SLACK_BOT_TOKEN) return missing('SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', 'Socket Mode needs both');
  if (first) {
    const why = 'many workspaces need it';
    return [
      ...missing('SLACK_CLIENT_ID', first, why),
      ...missing('SLACK_CLIENT_SECRET', first, why),
      // Socket Mode is signed by its connection.
      ...(given.SLACK_APP_TOKEN ? [] : missing('SLACK_SIGNING_SECRET', first, why)),
    ];
  }
  return given.SLACK_APP_TOKEN ? missing('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'Socket Mode needs both') : [];
}

const APP_VARIABLES = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_SIGNING_SECRET'] as const;

const SLACK_EXAMPLES = {
  SLACK_BOT_TOKEN: 'xoxb-123-abc',
  SLACK_APP_TOKEN: 'xapp-1-A1-abc',
  SLACK_CLIENT_ID: '1234567890.9876543210',
  SLACK_CLIENT_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
} as const;

/** Slack's part of a sound environment. */
function readSlack(env: z.output<typeof Environment>): SlackConfig | undefined {
  const apiUrl = `${env.SLACK_API_URL}/`;
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = env;
  const sockets = appToken ? { kind: 'sockets' as const, appToken } : undefined;
  if (botToken && sockets) return { apiUrl, workspaces: { kind: 'one', botToken }, transport: sockets };
  const transport = sockets ?? (signingSecret ? { kind: 'requests' as const, signingSecret } : undefined);
  if (!clientId || !clientSecret || !transport) return undefined;
  return { apiUrl, workspaces: { kind: 'many', clientId, clientSecret }, transport };
}

function readOperators(text: string, problems: string[]): Operator[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return entries.flatMap((entry): Operator[] => {
    const account = readAccount(entry);
    if (account && account.platform !== 'playground') return [{ ...account, platform: account.platform }];
    problems.push(`OPERATORS must list accounts, such as discord:123456789012345678,slack:T012AB/U345CD`);
    return [];
  });
}
