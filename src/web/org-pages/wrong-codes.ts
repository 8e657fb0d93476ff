import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/clock.js';

/** Wrong codes in an hour after which an address has to wait; codes are long, so this is only about noise. */
const MOST_WRONG = 20;
const WINDOW_MS = 3_600_000;
/** Addresses remembered; the one longest unheard of is forgotten first. */
const MOST_ADDRESSES = 10_000;

/** Counts wrong invite codes by address. In memory: a restart forgives. */
export function createWrongCodes({ clock }: { clock: Clock }) {
  const byAddress = new LRUCache<string, { count: number; until: number }>({ max: MOST_ADDRESSES });
  const current = (address: string) => {
    const known = byAddress.get(address);
    return known && known.until > clock.now().toMillis() ? known : undefined;
  };
  return {
    /** How long the address has to wait before its next try, in seconds; 0 when it may try. */
    secondsToWait(address: string): number {
      const known = current(address);
      if (!known || known.count < MOST_WRONG) return 0;
      return Math.ceil((known.until - clock.now().toMillis()) / 1_000);
    },
    note(address: string): void {
      const known = current(address) ?? { count: 0, until: clock.now().toMillis() + WINDOW_MS };
      byAddress.set(address, { ...known, count: known.count + 1 });
    },
  };
}

/**
 * Who is at the other end. Behind a proxy on this machine or its network that is what the proxy says last; from
 * anywhere else the header could be made up. Of IPv6 the first half, as one household has all of the rest.
 */
export function addressOf(context: Context): string {
  const peer = plain(getConnInfo(context).remote.address ?? '');
  const told = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  const address = told && isPrivate(peer) ? plain(told) : peer;
  return address.includes(':') ? firstHalf(address) : address;
}

/** Without what IPv6 puts before an IPv4 address, and without the port that some proxies add to one. */
function plain(address: string): string {
  return address.replace(/^::ffff:/i, '').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

function isPrivate(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/i.test(address);
}

function firstHalf(address: string): string {
  const [before = '', after] = address.split('::');
  const groups = before === '' ? [] : before.split(':');
  const missing = after === undefined ? 0 : 8 - groups.length - (after === '' ? 0 : after.split(':').length);
  return [...groups, ...Array.from({ length: Math.max(0, missing) }, () => '0')].slice(0, 4).join(':');
}
