import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js';

/** Longest that a request may wait for its turn before it is handed back to whoever can plan for later. */
const MOST_WAIT_MS = 10_000;

/**
 * Sends forms as the bytes that they are. discord.js hands them to undici, of which a process may hold several versions:
 * whichever was loaded first sends for all of them, and refuses every kind of form but its own.
 */
const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const headers = { ...init.headers, 'content-type': form.headers.get('content-type') ?? '' };
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body: Buffer.from(await form.arrayBuffer()) });
};

/** Requests that can wait and be tried again: edits, messages, registration. */
export function createRest(apiUrl: string, token: string, more: { retries?: number } = {}): REST {
  const rest = new REST({
    version: '10',
    api: apiUrl,
    makeRequest,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > MOST_WAIT_MS,
    invalidRequestWarningInterval: 500,
    ...more,
  });
  return rest.setToken(token);
}

/** Requests that can wait, but are made once: what Discord cannot tell from a copy. */
export function createOnceRest(apiUrl: string, token: string): REST {
  return createRest(apiUrl, token, { retries: 0 });
}

/** Longest that one try of a first answer may take: two of them fit into Discord's 3 s. */
const CALLBACK_TIMEOUT_MS = 1_200;

/**
 * First answers to interactions. They need no token, count in no bucket, and must know of every failure at once: what
 * discord.js tries again by itself could come out as "already acknowledged".
 */
export function createCallbackRest(apiUrl: string): REST {
  return new REST({
    version: '10',
    api: apiUrl,
    makeRequest,
    retries: 0,
    timeout: CALLBACK_TIMEOUT_MS,
    rejectOnRateLimit: () => true,
  });
}
