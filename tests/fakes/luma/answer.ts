/** What the stand-in answers. Text goes out as it is, anything else as JSON. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** One request, read whole. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
}

/** An error as lu.ma words it. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { message, code: null }, headers };
}
