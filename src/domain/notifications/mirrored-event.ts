import type { DateTime } from 'luxon';

/** An event as a platform's own calendar shows it. */
export interface MirroredEvent {
  title: string;
  description: string;
  startsAt: DateTime;
  endsAt: DateTime;
  /** An address, or a link for what is online. */
  place: string;
}
