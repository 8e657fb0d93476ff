import type { Bucket } from './rate-limits.js';
import type { UploadedFile } from './request-body.js';

/** One request as a route sees it. */
export interface Call {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  files: UploadedFile[];
  /** When the whole request had arrived, by the high-resolution clock. */
  receivedAt: number;
}

/** One endpoint. `handle` gives the answer's JSON, bytes, or nothing for 204; it throws a DiscordError to refuse. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v10`; `:name` stands for one segment. */
  path: string;
  /** `bot` needs the bot's token and counts towards the global limit; `open` carries its own token in the path. */
  access: 'bot' | 'open';
  bucket?: Bucket;
  handle(call: Call): unknown;
}

/** Finds the route for a method and a path. */
export type Router = ReturnType<typeof createRouter>;

export function createRouter(routes: readonly Route[]) {
  const prepared = routes.map((route) => ({ route, segments: route.path.split('/') }));
  return (method: string, path: string): { route: Route; params: Record<string, string> } | undefined => {
    const given = path.split('/');
    for (const { route, segments } of prepared) {
      const fits = route.method === method && segments.length === given.length;
      if (!fits || !segments.every((segment, index) => segment.startsWith(':') || segment === given[index])) continue;
      const named = segments.flatMap((segment, index) =>
        segment.startsWith(':') ? [[segment.slice(1), given[index]]] : [],
      );
      return { route, params: Object.fromEntries(named) as Record<string, string> };
    }
    return undefined;
  };
}
