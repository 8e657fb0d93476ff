/** How many requests of one kind fit into a window. The real sizes are unpublished; these are as seen in the wild. */
export interface Bucket {
  name: string;
  limit: number;
  windowMs: number;
}

/** Discord's limits as the fake applies them; each route names its own. @see developers/topics/rate-limits */
export const BUCKETS = {
  messages: { name: 'messages', limit: 5, windowMs: 5_000 },
  messageEdits: { name: 'message-edits', limit: 5, windowMs: 5_000 },
  webhooks: { name: 'webhooks', limit: 5, windowMs: 2_000 },
  dmOpenings: { name: 'dm-openings', limit: 10, windowMs: 10_000 },
} as const satisfies Record<string, Bucket>;

/** What a rate limit has to say about one request: its headers, and how long to wait if it was one too many. */
export interface Verdict {
  headers: Record<string, string>;
  retryAfterMs?: number;
  isGlobal?: boolean;
}

interface Window {
  endsAt: number;
  used: number;
}

/** Counts requests in fixed windows, per bucket and top-level resource, and 50 a second over all. */
export function createRateLimits({ isOn, globalPerSecond = 50 }: { isOn: boolean; globalPerSecond?: number }) {
  const windows = new Map<string, Window>();

  function take(key: string, { limit, windowMs }: { limit: number; windowMs: number }): Window & { isOver: boolean } {
    const now = Date.now();
    let window = windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + windowMs, used: 0 };
      windows.set(key, window);
    }
    const isOver = window.used >= limit;
    if (!isOver) window.used += 1;
    return { ...window, isOver };
  }

  return {
    /** Counts one request. Callbacks and other calls by interaction token are not bound to the global limit. */
    count({
      bucket,
      resource,
      isGlobal,
    }: {
      bucket?: Bucket | undefined;
      resource: string;
      isGlobal: boolean;
    }): Verdict {
      if (!isOn) return { headers: {} };
      if (isGlobal) {
        const all = take('global', { limit: globalPerSecond, windowMs: 1_000 });
        if (all.isOver) return globalRefusal(all.endsAt - Date.now());
      }
      if (!bucket) return { headers: {} };
      const window = take(`${bucket.name}:${resource}`, bucket);
      const headers = bucketHeaders(bucket, window);
      if (!window.isOver) return { headers };
      const retryAfterMs = Math.max(1, window.endsAt - Date.now());
      return { headers: { ...headers, ...retryHeaders(retryAfterMs, 'user') }, retryAfterMs };
    },
  };
}

/** The refusal for one request too many over all routes. */
export function globalRefusal(retryAfterMs: number): Verdict {
  const headers = { ...retryHeaders(retryAfterMs, 'global'), 'X-RateLimit-Global': 'true' };
  return { headers, retryAfterMs, isGlobal: true };
}

/** Headers that tell a client how long to wait. `Retry-After` counts whole seconds, rounded up. */
export function retryHeaders(retryAfterMs: number, scope: 'user' | 'global' | 'shared'): Record<string, string> {
  return { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)), 'X-RateLimit-Scope': scope };
}

function bucketHeaders({ name, limit }: Bucket, { endsAt, used }: Window): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
    'X-RateLimit-Reset': (endsAt / 1000).toFixed(3),
    'X-RateLimit-Reset-After': (Math.max(0, endsAt - Date.now()) / 1000).toFixed(3),
    'X-RateLimit-Bucket': `fake-${name}`,
  };
}
