import { type DestinationStream, pino } from 'pino';

/** The structured log: one JSON line an entry, on stdout. */
export type Logger = pino.Logger;

/**
 * Opens the log. Whatever could carry a secret or a person's words is cut out by name here, as a second fence:
 * the first is that callers log ids and counts only.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service: 'rollcall' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['token', '*.token', 'text', '*.text', 'email', '*.email', 'requestBody', '*.requestBody', 'url', '*.url'],
      remove: true,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * What may be logged of an error: its kind, code, status and where in our code it arose.
 * Messages of foreign errors can quote request bodies, tokens or addresses, so only the first words of ours are kept.
 */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const facts: Record<string, unknown> = { kind: error.name };
  for (const key of ['code', 'status', 'statusCode', 'method'] as const) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === 'string' || typeof value === 'number') facts[key] = value;
  }
  facts.at = stackFrames(error);
  return facts;
}

/** The stack without its first line, which holds the message. */
function stackFrames(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
