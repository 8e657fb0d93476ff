import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * The playground lets anybody who reaches it act as anybody. So it answers this computer only, whatever HOST says: the
 * other end must be a loopback address, and the page must have been asked for by a local name, so that no foreign page
 * whose name was made to point here can use it (DNS rebinding).
 */
export function localOnly(remoteAddress: (context: Context) => string | undefined = connectedFrom): MiddlewareHandler {
  return async (context, next) => {
    setSecurityHeaders(context);
    const isLocal =
      isLoopback(remoteAddress(context)) && isLocalHost(context.req.header('host')) && !isRelayed(context);
    if (!isLocal) {
      return context.json({ error: 'The playground answers on this computer only: open http://localhost here.' }, 403);
    }
    if (isForeign(context)) {
      return context.json({ error: 'That came from another website, so nothing was done.' }, 403);
    }
    await next();
  };
}

function connectedFrom(context: Context): string | undefined {
  return getConnInfo(context).remote.address;
}

/** 127.0.0.0/8 and ::1, also as IPv6 writes the former. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}

/** `localhost`, `127.0.0.1` or `[::1]`, with any port. */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}

/** Whether a proxy passed it on: then the loopback address is the proxy's, not the person's. */
function isRelayed({ req }: Context): boolean {
  return ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) => req.header(name));
}

/** Whether another site's page is behind it. What changes something must come from our own page. */
function isForeign({ req }: Context): boolean {
  const site = req.header('sec-fetch-site');
  const isReading = req.method === 'GET' || req.method === 'HEAD';
  if (isReading) {
    const isOpening = req.header('sec-fetch-mode') === 'navigate' && req.path === '/';
    return !isOpening && site !== undefined && site !== 'same-origin' && site !== 'none';
  }
  return req.header('origin') !== `http://${req.header('host')}`;
}

// Inline script and anything from elsewhere are refused by the browser, also if a view should ever carry mark-up.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

function setSecurityHeaders(context: Context): void {
  context.header('Content-Security-Policy', POLICY);
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('X-Frame-Options', 'DENY');
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
}
