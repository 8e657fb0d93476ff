import type { DueDelivery } from '../domain/notifications/delivery.js';
import type { InTransaction, Repositories } from '../domain/repositories.js';
import type { Clock } from '../shared/clock.js';
import type { Lanes } from './lanes.js';
import type { Address, Addressed } from './sending.js';

/** How many deliveries are put into their lanes in one transaction: few, as others wait for it. */
const SORTED_AT_ONCE = 50;

/**
 * How long a claim lasts, in seconds: longer than a platform's slowest answer, and short enough that a copy sent after
 * a crash still falls into the few minutes in which Discord knows a nonce again.
 */
const CLAIM_SECONDS = 90;

/** Takes what is due out of the outbox, for this process alone. */
export function createClaiming(parts: {
  inTransaction: InTransaction;
  addressOf: (delivery: DueDelivery, repositories: Repositories) => Promise<Address>;
  lanes: Pick<Lanes, 'keyFor'>;
  clock: Clock;
}) {
  const { inTransaction, addressOf, lanes, clock } = parts;
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  return {
    /** Puts some of what has fallen due into its lane; false when all is in one. */
    async sortSome(): Promise<boolean> {
      const asked = { now: clock.now(), most: SORTED_AT_ONCE };
      // Looking takes no lock, and mostly there is nothing.
      if ((await reading(({ deliveries }) => deliveries.listUnsorted({ ...asked, most: 1 }))).length === 0)
        return false;
      await inTransaction(async (repositories) => {
        for (const delivery of await repositories.deliveries.listUnsorted(asked)) {
          const address = await addressOf(delivery, repositories);
          await repositories.deliveries.sort(delivery.id, { lane: lanes.keyFor(address), identityId: idOf(address) });
        }
      });
      return true;
    },

    /** The lanes in which anything stands. */
    listLanes: (): Promise<string[]> => reading(({ deliveries }) => deliveries.listLanes()),

    /** Claims up to so many deliveries of a lane; says how many stood in the wrong one, and were moved. */
    async claimFrom(lane: string, most: number): Promise<{ claimed: Addressed[]; moved: number }> {
      const now = clock.now();
      const until = now.plus({ seconds: CLAIM_SECONDS });
      if ((await reading(({ deliveries }) => deliveries.listDue({ lane, now, most: 1 }))).length === 0) {
        return { claimed: [], moved: 0 };
      }
      return inTransaction(async (repositories) => {
        const due = await repositories.deliveries.listDue({ lane, now, most });
        const claimed: Addressed[] = [];
        for (const delivery of due) {
          const address = await addressOf(delivery, repositories);
          // The account may have been closed or opened since it was sorted.
          const right = lanes.keyFor(address);
          if (right !== lane || isChanged(delivery, address)) {
            await repositories.deliveries.sort(delivery.id, { lane: right, identityId: idOf(address) });
          }
          if (right !== lane) continue;
          claimed.push({ delivery: await repositories.deliveries.claim(delivery, { now, until }), address });
        }
        return { claimed, moved: due.length - claimed.length };
      });
    },
  };
}

function idOf(address: Address) {
  return address.to === 'member' ? address.identity?.id : undefined;
}

function isChanged({ target }: DueDelivery, address: Address): boolean {
  return target.to === 'member' && target.identityId !== idOf(address);
}
