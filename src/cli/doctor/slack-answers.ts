import { z } from 'zod';
import { BOT_SCOPES, DISPENSABLE_SCOPES } from '../../platforms/slack/manifest.js';
import { ask, type Finding, fine, look, wrong } from './finding.js';

const Answer = z.object({ ok: z.boolean(), error: z.string().default(''), team: z.string().default('') });

/** One call of the Web API; in words when there was no answer. */
export function callSlack(
  apiUrl: string,
  method: string,
  { token, args = {} }: { token?: string; args?: Record<string, string> },
): Promise<Response | string> {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return ask(`${apiUrl}${method}`, { method: 'POST', headers, body: new URLSearchParams(args) });
}

/** What it says, if that was an answer of Slack's. */
export async function readAnswer(answer: Response | string): Promise<z.infer<typeof Answer> | undefined> {
  if (typeof answer === 'string') return undefined;
  const parsed = Answer.safeParse(await answer.json().catch(() => undefined));
  return parsed.success ? parsed.data : undefined;
}

/** Whether everything was granted that this version asks for. */
export function scopesFinding(about: string, answer: Response | string): Finding {
  const header = typeof answer === 'string' ? '' : (answer.headers.get('x-oauth-scopes') ?? '');
  const granted = new Set(header.split(',').map((scope) => scope.trim()));
  const missing = BOT_SCOPES.filter((scope) => !granted.has(scope));
  if (missing.length === 0) return fine(about, 'all granted.');
  if (missing.every((scope) => DISPENSABLE_SCOPES.includes(scope))) {
    return look(
      about,
      `all that is needed is granted. With ${missing.join(', ')} as well, guests on lu.ma are known by their address, too; without it by their personal link alone.`,
    );
  }
  return wrong(
    about,
    `${missing.join(', ')} not granted. Paste \`npx rollcall slack manifest\` into the app and reinstall it.`,
  );
}
