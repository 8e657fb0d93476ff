import { isIP } from 'node:net';
import { isPublicAddress } from './public-network.js';

const CALENDAR_ID = /\bcal-[A-Za-z0-9]{4,40}\b/;
const LUMA_HOSTS = /^(?:[a-z0-9-]+\.)*(?:lu\.ma|luma\.com)$/;
/** Longer ones are no address that a calendar program hands out. */
const MOST_CHARACTERS = 2_000;

/** Makes of what an organiser pasted the address of a feed; nothing when it is none. */
export type ReadFeedAddress = (text: string) => string | undefined;

/**
 * Reads a pasted calendar id (`cal-…`), an embed of lu.ma's or any address there with the id in it, or the iCal address
 * (https or webcal) of any other program. Pages of lu.ma without the id are no feed: nothing public leads from them to
 * one.
 *
 * @param icsUrl `LUMA_ICS_URL`; whoever runs this installation vouches for it, wherever it is.
 */
export function createReadFeedAddress({ icsUrl }: { icsUrl: string }): ReadFeedAddress {
  return (text) => {
    const pasted = text.trim();
    if (pasted.length > MOST_CHARACTERS) return undefined;
    if (/^cal-[A-Za-z0-9]{4,40}$/.test(pasted)) return feedOf(icsUrl, pasted);
    // Of a pasted embed the frame's address counts.
    const frame = /<iframe\b/i.test(pasted) && /\bsrc\s*=\s*["']([^"']+)["']/i.exec(pasted)?.[1];
    const url = urlOf(frame || pasted);
    if (!url) return undefined;
    if (LUMA_HOSTS.test(url.hostname) || url.href.startsWith(icsUrl)) {
      const id = CALENDAR_ID.exec(url.pathname + url.search)?.[0];
      return id && feedOf(icsUrl, id);
    }
    return isFeedUrl(url) ? url.href : undefined;
  };
}

/** Whether we would ask there: https, to a name or a public address. Names are checked again when they are looked up. */
export function isFeedUrl(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:' || url.username || url.password) return false;
  return isIP(host) === 0 ? /[^.]\.[^.]/.test(host) && !/(^|\.)localhost\.?$/.test(host) : isPublicAddress(host);
}

/** The calendar's id in a feed of lu.ma's. */
export function calendarIdOf(feedUrl: string): string | undefined {
  return CALENDAR_ID.exec(new URL(feedUrl).searchParams.get('id') ?? '')?.[0];
}

function feedOf(icsUrl: string, id: string): string {
  return `${icsUrl}?entity=calendar&id=${id}`;
}

function urlOf(text: string): URL | undefined {
  const address = text.trim().replace(/^webcals?:\/\//i, 'https://');
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  return /\s/.test(whole) || !URL.canParse(whole) ? undefined : new URL(whole);
}
