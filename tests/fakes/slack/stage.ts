import type { Carrier } from './carrier.js';
import type { Faults } from './faults.js';
import type { Dict } from './json.js';
import type { FileLookup } from './limits/image-limits.js';
import type { Grants } from './oauth.js';
import type { Settings } from './options.js';
import type { RateLimits } from './rate-limits.js';
import type { ResponseUrls } from './response-urls.js';
import type { Sights } from './sights.js';
import { SlackError } from './slack-error.js';
import type { SocketMode } from './socket-mode.js';
import type { Triggers } from './triggers.js';
import type { World } from './world.js';

/** One call the app made, with how it was answered. `at` is `performance.now()`. */
export interface RecordedRequest {
  method: string;
  args: Dict;
  token: string;
  at: number;
  status?: number;
  error?: string;
}

/** What the parts of the fake share. */
export interface Stage {
  settings: Settings;
  world: World;
  sights: Sights;
  sockets: SocketMode;
  /** What envelopes go by now: the sockets, unless the app gave an address. */
  carrier: Carrier;
  grants: Grants;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  faults: Faults;
  rateLimits: RateLimits;
  violations: string[];
  requests: RecordedRequest[];
  /** Calls being handled right now. */
  inFlight: number;
  /** `http://127.0.0.1:port`, known once listening. */
  origin: string;
}

/** Errors that mean the app sent something Slack can never take, whatever the moment. */
const APP_MISTAKES = new Set([
  'invalid_blocks',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_metadata_format',
  'markdown_text_conflict',
  'missing_argument',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
  'unknown_method',
  'view_too_large',
]);

/** Runs it and writes down what Slack would refuse in principle, so that a test can ask for an empty list. */
export function noting<T>(stage: Stage, where: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SlackError && APP_MISTAKES.has(error.code)) {
      const messages = (error.extra.response_metadata as { messages?: string[] } | undefined)?.messages ?? [];
      stage.violations.push([`${where}: ${error.code}`, ...messages].join(' '));
    }
    throw error;
  }
}

export function fileLookup(stage: Stage, teamId: string): FileLookup {
  return (idOrUrl) => {
    const file = stage.world.findFile(idOrUrl);
    return file?.teamId === teamId && file.bytes ? file : undefined;
  };
}
