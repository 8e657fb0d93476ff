import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../shared/logger.js';

/**
 * The log that Slack's libraries write to. Their lines may quote addresses with tickets, payloads and people's words
 * behind the first colon or bracket, so only what stands before is kept, and of warnings and errors only.
 */
export function quietLogger(logger: Logger): SlackLogger {
  const warn = (...said: unknown[]) => logger.warn({ library: 'slack', says: harmlessWords(said[0]) }, 'slack library');
  const nothing = () => {};
  return {
    debug: nothing,
    info: nothing,
    warn,
    error: warn,
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}

function harmlessWords(said: unknown): string {
  return typeof said === 'string' ? (said.split(/[:({[<"'`\n]/u)[0] ?? '').trim().slice(0, 100) : typeof said;
}
