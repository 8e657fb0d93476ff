import type { Where, WireCatalogue, WireChoice, WireMoved, WireOutcome, WireState } from '../wire.js';

/** Why something did not work, in words for the person at the page. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
}

/** Who acts, and where. */
export interface Standing {
  as: string;
  where: Where;
}

export const api = {
  catalogue: () => get<WireCatalogue>('catalogue'),
  state: (as: string) => get<WireState>(`state?as=${encodeURIComponent(as)}`),
  command: (standing: Standing, name: string, options: Record<string, string>) =>
    post<WireOutcome>('command', { ...standing, name, options }),
  press: (standing: Standing, message: number, id: string, values: string[]) =>
    post<WireOutcome>('press', { ...standing, message, id, values }),
  submit: (
    standing: Standing,
    asked: { message?: number | undefined; id: string; fields: Record<string, string | string[]> },
  ) => post<WireOutcome>('submit', { ...standing, ...asked }),
  say: (standing: Standing, text: string) => post<WireOutcome>('say', { ...standing, text }),
  read: (standing: Standing) => post<unknown>('read', standing),
  dismiss: (standing: Standing, message: number) => post<unknown>('dismiss', { ...standing, message }),
  suggest: async (
    standing: Standing,
    of: { command: string; option: string } | { form: string; field: string },
    text: string,
  ) => (await post<{ choices: WireChoice[] }>('suggest', { ...standing, of, text: text.slice(0, 200) })).choices,
  moveClock: (as: string, to: { step: 'hour' | 'day' | 'morning' | 'week' } | { local: string }) =>
    post<WireMoved>('clock', { as, to }),
};

const get = <Answer>(path: string) => call<Answer>(path, { method: 'GET' });

const post = <Answer>(path: string, body: unknown) =>
  call<Answer>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function call<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(`/playground/${path}`, request).catch(() => {
    throw new ApiProblem('Rollcall does not answer. Is it still running? What you typed is kept.');
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as Answer;
  throw new ApiProblem(errorOf(body) ?? 'Sorry, that did not work. Please try again.');
}

function errorOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  return typeof body.error === 'string' ? body.error : undefined;
}

/** A problem's words, whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : 'Sorry, something in this page went wrong. Please reload it.';
}
