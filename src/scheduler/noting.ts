import type { Bot } from '../bot/bot.js';
import type { Identity } from '../domain/members/member.js';
import { type DeliveryOutcome, type Settled, settledBy } from '../domain/notifications/delivery.js';
import type { InTransaction, Repositories } from '../domain/repositories.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { type Addressed, plannedTarget } from './sending.js';

/** Notes what came of a delivery, with what was learnt about the account, and with what its planner does then. */
export function createNoting(parts: {
  inTransaction: InTransaction;
  bot: Pick<Bot, 'settle'>;
  logger: Logger;
}): (addressed: Addressed, outcome: DeliveryOutcome) => Promise<void> {
  const { inTransaction, bot, logger } = parts;

  const note = ({ delivery, address }: Addressed, outcome: DeliveryOutcome, settled: Settled | undefined) =>
    inTransaction(async (repositories) => {
      const isOurs = await repositories.deliveries.noteOutcome(delivery, outcome);
      if (!isOurs) return;
      if (address.to === 'member' && address.identity) await learnReach(repositories, outcome, address.identity);
      if (settled) await bot.settle(repositories, delivery, settled, plannedTarget(delivery.target));
    });

  return async (addressed, outcome) => {
    try {
      await note(addressed, outcome, settledBy(outcome, addressed.delivery));
    } catch (error) {
      const { id, kind } = addressed.delivery;
      logger.error({ delivery: id, kind, error: errorFacts(error) }, 'what follows from a delivery failed');
      // It was our own mistake, and must not send the message once more.
      await note(addressed, outcome, undefined);
    }
  };
}

/** What sending told about the account: that its messages are open, or closed. */
async function learnReach({ members }: Repositories, outcome: DeliveryOutcome, { id, directChannelId }: Identity) {
  if (outcome.state === 'sent') {
    await members.updateReach(id, { reach: 'open', directChannelId: outcome.channelId });
  } else if ('error' in outcome && outcome.error === 'unreachable') {
    await members.updateReach(id, { reach: 'closed', directChannelId });
  }
}
