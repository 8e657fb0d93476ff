import { Hono } from 'hono';
import type { Event } from '../../src/domain/events/event.js';
import type { Org } from '../../src/domain/orgs/org.js';
import type { Clock } from '../../src/shared/clock.js';
import { feedRoutes } from '../../src/web/feeds/feed-routes.js';
import type { JoinWays } from '../../src/web/org-pages/join-steps.js';
import { orgRoutes } from '../../src/web/org-pages/org-routes.js';
import { serveWeb } from '../../src/web/serve.js';
import { anEvent } from '../builders/events.js';
import { anOrg } from '../builders/orgs.js';
import { startProduct } from '../builders/product.js';
import { rawRequest } from '../playground/raw-request.js';

export type RunningWeb = Awaited<ReturnType<typeof startWeb>>;

const BOTH: JoinWays = {
  discord: { addUrl: 'https://discord.com/oauth2/authorize?client_id=123' },
  slack: { addUrl: undefined, commandPrefix: 'rc-' },
  hasPlayground: false,
};

/** The public pages on a port of their own, with the demo's orgs. */
export async function startWeb(settings: { publicUrl?: string | undefined; ways?: JoinWays; clock?: Clock } = {}) {
  const product = await startProduct(settings.clock ? { clock: settings.clock } : {});
  const feeds = feedRoutes({ feeds: product.services.calendarFeeds, logger: product.logger });
  const app = new Hono().route('/', feeds).route(
    '/',
    orgRoutes({
      orgPages: product.services.orgPages,
      invites: product.services.invites,
      publicUrl: 'https://rollcall.example.org',
      ...settings,
      ways: () => settings.ways ?? BOTH,
      clock: product.clock,
      logger: product.logger,
    }),
  );
  const web = await serveWeb(app, { host: '127.0.0.1', port: 0 });
  return {
    ...product,
    url: `http://127.0.0.1:${web.port}`,
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      rawRequest(web.port, path, { headers, method }),
    async keep(org: Partial<Org>): Promise<Org> {
      const whole = anOrg(org);
      await product.database.inTransaction(({ orgs }) => orgs.add(whole));
      return whole;
    },
    /** Keeps a public event of that org. */
    async keepEvent(event: Partial<Event>): Promise<Event> {
      const whole = anEvent(event);
      await product.database.inTransaction(({ events }) => events.addAll([whole]));
      return whole;
    },
    async stop() {
      await web.close();
      await product.stop();
    },
  };
}
