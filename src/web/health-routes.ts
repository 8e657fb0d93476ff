import { Hono } from 'hono';
import type { Metrics } from './metrics.js';

/** One thing that readiness rests on. */
export interface Check {
  name: string;
  isUp: boolean;
  detail: string;
}

/** `GET /healthz` (the process), `/readyz` (what it rests on), `/metrics` (Prometheus). */
export function healthRoutes({ checks, metrics }: { checks: () => Promise<Check[]>; metrics: Metrics }): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ ok: true }));
  app.get('/readyz', async (context) => {
    const results = await checks();
    const ok = results.every(({ isUp }) => isUp);
    return context.json({ ok, checks: results }, ok ? 200 : 503);
  });
  app.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  );
  return app;
}
