import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { readInviteCode, shownCode } from '../../domain/orgs/invite.js';
import type { InvitesService } from '../../domain/orgs/invites-service.js';
import { type OrgPageService, orgPageUrl } from '../../domain/orgs/org-page-service.js';
import type { Clock } from '../../shared/clock.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { joinPage } from './join-page.js';
import type { JoinWays } from './join-steps.js';
import { STYLE_HASH } from './layout.js';
import { orgPage } from './org-page.js';
import { SCRIPT_HASH } from './page-script.js';
import { endedInvitePage, notFoundPage, sorryPage, tooManyCodesPage } from './problem-pages.js';
import { addressOf, createWrongCodes } from './wrong-codes.js';

/** How long a page may be kept by browsers and proxies: an org that is hidden is out of sight within a minute. */
const KEPT_FOR = 'public, max-age=60';

/** `GET /o/{slug}` and `GET /o/{slug}/join/{code}`, for anyone; product.md sections 4, 5 and 12. */
export function orgRoutes(parts: {
  orgPages: OrgPageService;
  invites: Pick<InvitesService, 'findForPage'>;
  publicUrl: string | undefined;
  /** Asked each time, as where to add the bot is known only once it has connected. */
  ways: () => JoinWays;
  clock: Clock;
  logger: Logger;
}): Hono {
  const { orgPages, invites, publicUrl, ways, logger } = parts;
  const wrongCodes = createWrongCodes(parts);
  const routes = new Hono().basePath('/o');

  // An org's own page alone has a script, and may frame lu.ma's view of a calendar once somebody asks for it. What comes
  // first has the last word.
  routes.use('/:slug', pageHeaders({ scriptSrc: [SCRIPT_HASH], frameSrc: ['https://luma.com', 'https://lu.ma'] }));
  routes.use(pageHeaders());

  routes.get('/:slug', etag(), async (context) => {
    const { slug } = context.req.param();
    const found = await orgPages.findWithEvents(slug.toLowerCase());
    if (!found) return nothingHere(context);
    // Addresses are read out and typed on phones, which begin them with a capital.
    if (slug !== found.org.slug) return context.redirect(found.org.slug, 301);
    context.header('Cache-Control', KEPT_FOR);
    if (!found.org.isListed) context.header('X-Robots-Tag', 'noindex');
    return context.html(orgPage(found, { url: orgPageUrl(publicUrl, found.org), ways: ways() }));
  });

  routes.get('/:slug/join/:code', async (context) => {
    const { slug, code } = context.req.param();
    const address = addressOf(context);
    hideFromSearch(context);
    const seconds = wrongCodes.secondsToWait(address);
    if (seconds > 0) return context.html(tooManyCodesPage(), 429, { 'Retry-After': String(seconds) });
    const found = await orgPages.find(slug.toLowerCase());
    const invite = found && (await invites.findForPage(found.org.slug, code));
    if (!found || !invite) {
      wrongCodes.note(address);
      return nothingHere(context);
    }
    if (invite.state !== 'valid') return context.html(endedInvitePage(found.org, invite.state), 410);
    return context.html(joinPage(found, shownCode(readInviteCode(code) ?? code), { ways: ways() }));
  });

  // A slash too many at the end. The new address is relative, as a proxy may have put us into a folder.
  routes.get('/:slug/', (context) => context.redirect(`../${encodeURIComponent(context.req.param('slug'))}`, 301));
  routes.get('/:slug/join/:code/', (context) =>
    context.redirect(`../${encodeURIComponent(context.req.param('code'))}`, 301),
  );

  routes.all('*', nothingHere);
  routes.onError((error, context) => {
    logger.error({ path: context.req.routePath, error: errorFacts(error) }, 'a page could not be made');
    hideFromSearch(context);
    return context.html(sorryPage(), 500);
  });
  return routes;
}

function nothingHere(context: Context) {
  hideFromSearch(context);
  return context.html(notFoundPage(), 404);
}

function hideFromSearch(context: Context): void {
  context.header('X-Robots-Tag', 'noindex, nofollow');
  context.header('Cache-Control', 'no-store');
}

/**
 * Our own style only, no script or frame but those given, in nobody's frame; and no word to other sites on where a
 * visitor came from.
 */
function pageHeaders(allowed: { scriptSrc?: string[]; frameSrc?: string[] } = {}) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [STYLE_HASH],
      imgSrc: ['data:'],
      ...allowed,
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Whether a name is served by TLS alone is for its owner to say, in the proxy.
    strictTransportSecurity: false,
  });
}
