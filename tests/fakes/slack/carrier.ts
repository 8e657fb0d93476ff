import type { Delivery, Envelope } from './envelopes.js';

/** A way in which what happens gets to the app: Socket Mode, or requests to its address. */
export interface Carrier {
  readonly deliveries: Delivery[];
  send(envelope: Envelope): Delivery;
}
