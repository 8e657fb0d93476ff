/** Pages elsewhere that offer to add a feed; their programs read it from their own servers, not from the reader's. */
export interface SubscribeLinks {
  google: string;
  outlook: string;
}

/**
 * Where Google's and Outlook's calendars take a feed's address from, so that it need not be pasted. Nothing for an
 * address that their servers would not reach.
 */
export function subscribeLinks(url: string, name: string): SubscribeLinks | undefined {
  if (!url.startsWith('https://')) return undefined;
  const query = new URLSearchParams({ url, name }).toString();
  return {
    google: `https://calendar.google.com/calendar/r?${new URLSearchParams({ cid: webcalUrl(url) })}`,
    outlook: `https://outlook.live.com/calendar/0/addfromweb?${query}`,
  };
}

/** The same address as one that the calendar on the reader's own device opens. */
export function webcalUrl(url: string): string {
  return url.replace(/^https?:/, 'webcal:');
}
