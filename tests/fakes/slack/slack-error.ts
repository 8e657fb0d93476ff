import type { Dict } from './json.js';

/** An answer of `ok: false`: Slack's error code and whatever stands beside it, such as `needed` or `response_metadata`. */
export class SlackError extends Error {
  readonly code: string;
  readonly extra: Dict;

  constructor(code: string, extra: Dict = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** The code of a Slack error; anything else is a mistake in the fake and goes on up. */
export function codeOf(error: unknown): string {
  if (error instanceof SlackError) return error.code;
  throw error;
}
