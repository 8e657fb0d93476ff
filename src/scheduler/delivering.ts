import type { DateTime } from 'luxon';
import { DomainError } from '../domain/errors.js';
import type { ClaimedDelivery, DeliveryOutcome } from '../domain/notifications/delivery.js';
import type { Held } from '../platforms/platform.js';
import type { Clock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { later } from './delivery-outcome.js';
import { type Lane, type Lanes, sortOfLane } from './lanes.js';
import { type Addressed, conversationOf } from './sending.js';
import { createSpacing } from './spacing.js';

/** Sends one claimed delivery when its turn has come, and notes what came of it. */
export function createDelivering(parts: {
  send: (addressed: Addressed) => Promise<{ outcome: DeliveryOutcome; holds?: Held }>;
  note: (addressed: Addressed, outcome: DeliveryOutcome) => Promise<void>;
  lanes: Lanes;
  /** Whether the process is to end: then nothing more is begun. */
  isStopping: () => boolean;
  /** Told of what is held back until an instant. */
  onHeld: (until: DateTime) => void;
  clock: Clock;
  logger: Logger;
  random: () => number;
}): (addressed: Addressed, lane: Lane, onAnswered: () => void) => Promise<DeliveryOutcome> {
  const { send, note, lanes, clock, logger, random } = parts;
  const spaced = createSpacing();

  const tryToSend = (addressed: Addressed, lane: Lane): Promise<{ outcome: DeliveryOutcome; holds?: Held }> =>
    spaced(conversationOf(addressed.address), lanes.conversationMs(lane.key), async () => {
      // Since it was claimed the lane may have been stopped, or the process.
      if (parts.isStopping()) return { outcome: handedBack(addressed.delivery, 'stopped') };
      if (lanes.isHeld(lane)) return { outcome: handedBack(addressed.delivery, 'retry-after') };
      return send(addressed);
    });

  const failed = ({ id, kind, ...delivery }: ClaimedDelivery, error: unknown): DeliveryOutcome => {
    // What the message is about has gone: an org was hidden, a member left.
    if (error instanceof DomainError) return { state: 'cancelled', error: error.problem.code };
    logger.error({ delivery: id, kind, error: errorFacts(error) }, 'a delivery failed');
    return later(delivery, { now: clock.now(), random: random() }, { error: 'failed', mayBeThere: true });
  };

  const hold = (lane: Lane, holds: Held, until: DateTime): void => {
    const longer = lanes.hold(lane.key, holds, until).map(({ key }) => sortOfLane(key));
    parts.onHeld(until);
    if (longer.length === 0) return;
    const facts = { lanes: longer, until: until.toISO() };
    // A second's pause of one workspace is nothing; new conversations, or all of a platform, are.
    if (holds === 'alike') logger.warn(facts, 'deliveries are held back');
    else logger.error(facts, 'deliveries are held back');
  };

  return async (addressed, lane, onAnswered) => {
    const { delivery } = addressed;
    const { outcome, holds } = await tryToSend(addressed, lane).catch(
      (error: unknown): { outcome: DeliveryOutcome; holds?: Held } => ({ outcome: failed(delivery, error) }),
    );
    onAnswered();
    if (outcome.state === 'pending' && holds) hold(lane, holds, outcome.nextTryAt);
    await note(addressed, outcome);
    const facts = { delivery: delivery.id, kind: delivery.kind, state: outcome.state, attempts: delivery.claim };
    const isAsIntended = outcome.state === 'sent' || outcome.state === 'cancelled' || outcome.state === 'postponed';
    if (isAsIntended) logger.info(facts, 'delivery');
    else logger.warn({ ...facts, why: outcome.error }, 'delivery');
    return outcome;
  };
}

/** Surely not sent, and free for whoever looks next. */
function handedBack({ dueAt }: ClaimedDelivery, error: string): DeliveryOutcome {
  return { state: 'pending', nextTryAt: dueAt, account: 'same', mayBeThere: false, isFailure: false, error };
}
