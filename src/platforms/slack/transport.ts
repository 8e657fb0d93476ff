import type { App } from '@slack/bolt';
import type { PlatformHealth } from '../platform.js';

/** How what happens in Slack gets to us: by sockets we open, or by requests Slack makes. */
export interface Transport {
  /** Resolves once something can come in. @throws StartProblem when no retry can help. */
  start(app: App): Promise<void>;
  /** Takes nothing more. */
  stop(): void;
  health(): PlatformHealth;
}
