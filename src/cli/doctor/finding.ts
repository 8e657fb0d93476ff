/** What a check found: fine, worth a look, or wrong; and what to do about it. */
export interface Finding {
  about: string;
  verdict: 'fine' | 'look' | 'wrong';
  detail: string;
}

export const fine = (about: string, detail: string): Finding => ({ about, verdict: 'fine', detail });
export const look = (about: string, detail: string): Finding => ({ about, verdict: 'look', detail });
export const wrong = (about: string, detail: string): Finding => ({ about, verdict: 'wrong', detail });

/** Most that this machine's clock may be off before tokens and deadlines suffer, in milliseconds. */
const MOST_SKEW_MS = 2_000;

/** Whether this machine's clock agrees with a server's, by the `Date` header of its answer (whole seconds). */
export function clockFinding(about: string, response: Response, now: number): Finding {
  const header = response.headers.get('date');
  const theirs = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(theirs)) return look(about, 'its answer tells no time, so the clock could not be compared.');
  // The header is cut to the second, so the true time lies up to a second after it.
  const skewMs = now - theirs > 1_000 ? now - theirs - 1_000 : Math.min(0, now - theirs);
  if (Math.abs(skewMs) <= MOST_SKEW_MS) return fine(about, 'this machine’s clock agrees.');
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const direction = skewMs > 0 ? 'ahead' : 'behind';
  return wrong(about, `this machine’s clock is ${seconds} s ${direction}. Turn on time synchronisation (NTP).`);
}

/** Longest that a check waits for an answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** An answer, or in words why there was none. */
export async function ask(url: string, init: RequestInit): Promise<Response | string> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return `${new URL(url).host} does not answer. Check the network, a proxy, or the address set for it.`;
  }
}
