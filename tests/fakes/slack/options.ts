/** What a test or benchmark may set about the fake; everything has a default that behaves like Slack. */
export interface FakeSlackOptions {
  /** Time for an acknowledgement; 3000 as in Slack. */
  ackDeadlineMs?: number;
  /** How long a trigger id can be used; 3000 as in Slack. */
  triggerLifetimeMs?: number;
  /** How long a person waits for something to appear before the test fails; counted from the acknowledgement. */
  patienceMs?: number;
  /** How long a person waits for more after a modal closed without another word. */
  afterCloseMs?: number;
  /** What appeared counts as final when nothing more came for this long. */
  settleMs?: number;
  /** Off for benchmarks. On by default. */
  rateLimits?: boolean;
  /** Messages one channel takes at once before one a second applies. */
  postBurst?: number;
  /** When unacknowledged events are sent again. `retryEventsNow()` does not wait for it. */
  eventRetryDelaysMs?: readonly number[];
  /** The wall clock of triggers, response URLs and timestamps, in milliseconds since 1970. */
  now?: () => number;
  /** Whether command text arrives escaped, as the manifest's `should_escape` says. On by default. */
  shouldEscape?: boolean;
  appId?: string;
  clientId?: string;
  clientSecret?: string;
  signingSecret?: string;
  /** Addresses of the app's settings that people may be sent back to; any without. */
  redirectUrls?: readonly string[];
  appToken?: string;
  /** The default workspace's bot token. */
  botToken?: string;
  /** Scopes granted to the bot; the manifest's list by default. */
  scopes?: readonly string[];
}

export type Settings = Required<FakeSlackOptions>;

/** The bot scopes of Rollcall's manifest. */
export const MANIFEST_SCOPES = [
  'commands',
  'chat:write',
  'im:write',
  'im:history',
  'users:read',
  'users:read.email',
  'files:write',
  'team:read',
] as const;

export function settingsFrom(options: FakeSlackOptions): Settings {
  return {
    ackDeadlineMs: 3000,
    triggerLifetimeMs: 3000,
    patienceMs: 5000,
    afterCloseMs: 1000,
    settleMs: 25,
    rateLimits: true,
    postBurst: 20,
    eventRetryDelaysMs: [100, 60_000, 300_000],
    now: Date.now,
    shouldEscape: true,
    appId: 'A0ROLLCALL',
    clientId: '1111.2222',
    clientSecret: 'client-secret-of-the-fake',
    signingSecret: 'signing-secret-of-the-fake',
    redirectUrls: [],
    appToken: 'xapp-test',
    botToken: 'xoxb-test',
    scopes: MANIFEST_SCOPES,
    ...options,
  };
}
