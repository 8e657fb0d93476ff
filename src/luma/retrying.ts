import pRetry from 'p-retry';
import { SourceProblem } from '../domain/events/event-source.js';

/** Tries beyond the first, within a run; the next run is the one that waits. */
const RETRIES = { retries: 2, minTimeout: 250, factor: 3, maxRetryTime: 12_000 };

/** Tries a read again when another try may well succeed: nobody answered, or the answer broke off. */
export function retrying<T>(act: () => Promise<T>): Promise<T> {
  return pRetry(act, { ...RETRIES, shouldRetry: ({ error }) => isPassing(error) });
}

function isPassing(error: unknown): boolean {
  return error instanceof SourceProblem && (error.code === 'unavailable' || error.code === 'bad-answer');
}
