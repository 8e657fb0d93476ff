import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { CalendarFeedService, Feed } from '../../domain/events/calendar-feed.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { writeIcs } from './ics.js';

/**
 * How long a feed may be kept unasked, in seconds: an org that is hidden is out of sight within a minute, like its page.
 * Whoever looks again later is told in a few bytes that nothing has changed.
 */
const KEPT_S = 60;

/**
 * `GET /o/{slug}/events.ics` for anyone, and `GET /cal/{token}.ics`, which shows a member's events to whoever has the
 * address (`?only=going`: those they go to); product.md sections 5 and 12. A private address is never logged.
 */
export function feedRoutes({ feeds, logger }: { feeds: CalendarFeedService; logger: Logger }): Hono {
  const routes = new Hono();

  routes.get('/o/:slug/events.ics', etag(), async (context) => {
    const found = await feeds.findOfOrg(context.req.param('slug').toLowerCase());
    if (!found) return nothingHere(context);
    if (!found.isListed) context.header('X-Robots-Tag', 'noindex');
    return calendar(context, found, 'public');
  });

  routes.get('/cal/:file{[^/]+\\.ics}', etag(), async (context) => {
    context.header('X-Robots-Tag', 'noindex, nofollow');
    context.header('Referrer-Policy', 'no-referrer');
    const token = context.req.param('file').slice(0, -'.ics'.length);
    const found = await feeds.findPrivate(token, { onlyGoing: context.req.query('only') === 'going' });
    return found ? calendar(context, found, 'private') : nothingHere(context);
  });

  routes.onError((error, context) => {
    logger.error({ path: context.req.routePath, error: errorFacts(error) }, 'a calendar feed could not be made');
    context.header('Cache-Control', 'no-store');
    return context.text('This calendar cannot be read right now. Please try again later.', 503);
  });
  return routes;
}

function calendar(context: Context, feed: Feed, kept: 'public' | 'private') {
  context.header('Cache-Control', `${kept}, max-age=${KEPT_S}`);
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Content-Disposition', 'inline; filename="events.ics"');
  return context.body(writeIcs(feed), 200, { 'Content-Type': 'text/calendar; charset=utf-8' });
}

function nothingHere(context: Context) {
  context.header('Cache-Control', 'no-store');
  return context.text(
    'There is no calendar at this address. If it was yours, send /events calendar to Rollcall for the one that works now.\n',
    404,
  );
}
