/** How long things may take, in milliseconds. Tests shorten them. */
export interface Timings {
  /** From an interaction's arrival to its acknowledgement; Slack gives up after 3 s, and the way back takes time too. */
  acknowledgeMs: number;
  /** For `users.info` and the like, which an answer can do without. */
  lookupMs: number;
  /** For one call of the Web API or a response URL. */
  callMs: number;
  /** For a connection to open, up to Slack's hello. */
  openMs: number;
  /** A connection without a pong for so long is dead. */
  pingMs: number;
  /** Between the starts of the two connections, so that Slack recycles them at different times. */
  staggerMs: number;
  /** For a connection that Slack takes back, so that what came by it can be acknowledged. */
  lingerMs: number;
  /** Before the first new attempt to connect; it doubles up to `longestPauseMs`. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** Between attempts that only an operator can help, such as with a bad token. */
  hopelessPauseMs: number;
  /** For running handlers to finish when the process stops (product.md section 11). */
  drainMs: number;
}

export const TIMINGS: Timings = {
  acknowledgeMs: 2000,
  lookupMs: 1500,
  callMs: 10_000,
  openMs: 20_000,
  pingMs: 5000,
  staggerMs: 3000,
  lingerMs: 5000,
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
  hopelessPauseMs: 60_000,
  drainMs: 10_000,
};
