import type { DeliveryId } from '../domain/ids.js';
import type { ClaimedDelivery, DueDelivery } from '../domain/notifications/delivery.js';
import type { InTransaction, Repositories } from '../domain/repositories.js';
import type { Clock } from '../shared/clock.js';
import type { Lanes } from './lanes.js';
import type { Address, Addressed } from './sending.js';

/** How many deliveries are put into their lanes in one transaction: few, as others wait for it. */
const SORTED_AT_ONCE = 50;

/**
 * How long a claim lasts unless it is renewed, in seconds. What a dead process had is taken up again after that, well
 * within the few minutes in which Discord knows a nonce again, even if the next process dies over it, and the one after.
 */
const CLAIM_SECONDS = 20;

/** How often a claim is renewed, in milliseconds: a process that is only slow does not lose what it has. */
export const RENEW_EVERY_MS = 5_000;

/** Takes what is due out of the outbox, for this process alone. */
export function createClaiming(parts: {
  inTransaction: InTransaction;
  addressOf: (delivery: DueDelivery, repositories: Repositories) => Promise<Address>;
  lanes: Pick<Lanes, 'keyFor'>;
  clock: Clock;
  renewEveryMs: number;
}) {
  const { inTransaction, addressOf, lanes, clock, renewEveryMs } = parts;
  const underWay = new Map<DeliveryId, { claimed: ClaimedDelivery; renewedMs: number }>();
  const until = () => clock.now().plus({ seconds: CLAIM_SECONDS });
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
      if ((await reading(({ deliveries }) => deliveries.listDue({ lane, now, most: 1 }))).length === 0) {
        return { claimed: [], moved: 0 };
      }
      return inTransaction(async (repositories) => {
        const due = await repositories.deliveries.listDue({ lane, now, most });
        const claimed: Addressed[] = [];
        let moved = 0;
        for (const delivery of due) {
          // After the machine slept a claim of our own may have run out while its answer is still to come.
          if (underWay.has(delivery.id)) continue;
          const address = await addressOf(delivery, repositories);
          const right = lanes.keyFor(address);
          // The account may have been closed or opened since it was sorted.
          if (right !== lane || isChanged(delivery, address)) {
            await repositories.deliveries.sort(delivery.id, { lane: right, identityId: idOf(address) });
          }
          if (right !== lane) moved += 1;
          else
            claimed.push({ delivery: await repositories.deliveries.claim(delivery, { now, until: until() }), address });
        }
        for (const one of claimed)
          underWay.set(one.delivery.id, { claimed: one.delivery, renewedMs: performance.now() });
        return { claimed, moved };
      });
    },

    /** Keeps what is under way for longer. */
    async renew(): Promise<void> {
      const before = performance.now() - renewEveryMs;
      const aging = [...underWay.values()].filter(({ renewedMs }) => renewedMs <= before);
      if (aging.length === 0) return;
      await inTransaction(async ({ deliveries }) => {
        for (const { claimed } of aging) await deliveries.renew(claimed, until());
      });
      for (const one of aging) one.renewedMs = performance.now();
    },

    /** It is under way no longer. */
    finish: ({ id }: ClaimedDelivery): void => void underWay.delete(id),
  };
}

function idOf(address: Address) {
  return address.to === 'member' ? address.identity?.id : undefined;
}

function isChanged({ target }: DueDelivery, address: Address): boolean {
  return target.to === 'member' && target.identityId !== idOf(address);
}
