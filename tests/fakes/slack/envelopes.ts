import type { Dict } from './json.js';

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

export interface Envelope {
  type: EnvelopeType;
  payload: Dict;
  acceptsResponse?: boolean;
  retryAttempt?: number;
  retryReason?: string;
}

/** What became of an envelope. */
export type Outcome =
  | { kind: 'acked'; payload: Dict }
  | { kind: 'timeout' }
  | { kind: 'no-connection' }
  /** An HTTP answer that is no success. */
  | { kind: 'refused'; status: number };

/** An envelope on its way; the instants are `performance.now()` milliseconds. */
export interface Delivery {
  envelopeId: string;
  envelope: Envelope;
  connectionId?: number;
  sentAt: number;
  ackedAt?: number;
  ackPayload?: Dict;
  outcome: Promise<Outcome>;
}

/** An acknowledgement that changed nothing, and why. */
export interface StrayAck {
  envelopeId: string;
  why: 'second' | 'late' | 'unknown';
}

/** The first frame of a connection. */
export function helloFrame(connections: number, appId: string): string {
  const debug = {
    host: 'applink-fake',
    started: new Date().toISOString(),
    build_number: 1,
    approximate_connection_time: 3600,
  };
  return JSON.stringify({
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: debug,
  });
}

/** Asks the app to connect anew. */
export function disconnectFrame(reason: string): string {
  return JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-fake' } });
}

/** An envelope as it goes over the wire. */
export function toFrame(
  envelopeId: string,
  { type, payload, acceptsResponse, retryAttempt, retryReason }: Envelope,
): Dict {
  return {
    envelope_id: envelopeId,
    type,
    accepts_response_payload: acceptsResponse ?? type !== 'events_api',
    payload,
    ...(retryAttempt === undefined ? {} : { retry_attempt: retryAttempt, retry_reason: retryReason ?? 'timeout' }),
  };
}
