import type { OpenSource } from '../domain/events/event-source.js';
import type { Clock } from '../shared/clock.js';
import { createApiClient } from './api/api-client.js';
import { createApiSource } from './api/api-source.js';
import { createPacing } from './api/pacing.js';
import { createFeedReader } from './feed/feed-reader.js';
import { createFeedSource } from './feed/feed-source.js';
import { createPublicNetwork } from './feed/public-network.js';

/** lu.ma refuses from 200 a minute on; organisers may have other programs that use their key. */
const PER_MINUTE = 180;

export interface OpenSourceOptions {
  /** `LUMA_API_URL`. */
  apiUrl: string;
  /** `LUMA_ICS_URL`. */
  icsUrl: string;
  /** Which repeated events of feeds are near. */
  clock: Clock;
  /** The most requests of a key within a minute; `Infinity` for a lu.ma of our own. */
  perMinute?: number;
}

/**
 * Opens calendars on lu.ma, by key or by feed, all within the same limits: build one for a process.
 */
export function createOpenSource({ apiUrl, icsUrl, clock, perMinute = PER_MINUTE }: OpenSourceOptions): OpenSource {
  const pacing = createPacing({ perMinute });
  const feeds = { icsUrl, clock, reader: createFeedReader(), publicNetwork: createPublicNetwork() };
  return (access) => {
    if (access.kind === 'feed') return createFeedSource(access.feedUrl, access.zone, feeds);
    return createApiSource(createApiClient({ apiUrl, apiKey: access.apiKey, pacing }));
  };
}
