import { z } from 'zod';
import type { SlackConfig } from '../../config.js';
import { BOT_SCOPES } from '../../platforms/slack/manifest.js';
import { ask, clockFinding, type Finding, fine, wrong } from './finding.js';

const Answer = z.object({ ok: z.boolean(), error: z.string().default(''), team: z.string().default('') });

/** Slack: both tokens, the granted scopes, the clock. */
export async function checkSlack({ botToken, appToken, apiUrl }: SlackConfig): Promise<Finding[]> {
  const call = (method: string, token: string) =>
    ask(`${apiUrl}${method}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const asBot = await call('auth.test', botToken);
  if (typeof asBot === 'string') return [wrong('Slack', asBot)];
  const clock = clockFinding('Slack’s clock', asBot, Date.now());
  const bot = await read(asBot);
  const asApp = await call('apps.connections.open', appToken);
  const app = typeof asApp === 'string' ? undefined : await read(asApp);
  return [
    bot?.ok
      ? fine('Slack bot token', `valid, in “${bot.team}”.`)
      : wrong(
          'Slack bot token',
          `SLACK_BOT_TOKEN is refused (${bot?.error || 'no answer'}). Copy it from api.slack.com/apps → your app → OAuth & Permissions.`,
        ),
    ...(bot?.ok ? [scopesFinding(asBot)] : []),
    app?.ok
      ? fine('Slack app token', 'valid; Socket Mode opens.')
      : wrong(
          'Slack app token',
          `SLACK_APP_TOKEN is refused (${app?.error || 'no answer'}). Make one with connections:write at api.slack.com/apps → your app → Basic Information.`,
        ),
    clock,
  ];
}

function scopesFinding(answer: Response): Finding {
  const about = 'Slack scopes';
  const granted = new Set((answer.headers.get('x-oauth-scopes') ?? '').split(',').map((scope) => scope.trim()));
  const missing = BOT_SCOPES.filter((scope) => !granted.has(scope));
  if (missing.length === 0) return fine(about, 'all granted.');
  return wrong(
    about,
    `${missing.join(', ')} not granted. Paste \`npx rollcall slack manifest\` into the app and reinstall it.`,
  );
}

async function read(answer: Response): Promise<z.infer<typeof Answer> | undefined> {
  const parsed = Answer.safeParse(await answer.json().catch(() => undefined));
  return parsed.success ? parsed.data : undefined;
}
