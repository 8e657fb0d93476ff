import { expect } from 'vitest';
import type { Member } from '../../src/domain/members/member.js';
import { movableClock, systemClock } from '../../src/shared/clock.js';
import { aMembership } from '../builders/orgs.js';
import { startProduct } from '../builders/product.js';
import { addEvents, HOSTILE } from './events-story.js';

/** The product with a clock to be moved, and what the scheduler does at a member's digest hour. */
export async function startForDigests() {
  const clock = movableClock(systemClock());
  const product = await startProduct({ clock });
  const { database, services } = product;

  /** Puts the member into BAISH, of whose two dozen events ahead they know nothing. */
  const follow = async ({ id: memberId }: Member): Promise<void> => {
    const { id: orgId } = await services.orgs.resolve('baish');
    await database.inTransaction(({ orgs }) => orgs.saveMembership(aMembership({ orgId, memberId })));
    const startsAt = clock.now().plus({ days: 20 });
    const more = Array.from({ length: 22 }, (_, n) => ({ title: `Talk ${n}`, startsAt: startsAt.plus({ days: n }) }));
    await addEvents(
      database,
      'baish',
      { title: HOSTILE, description: HOSTILE, startsAt: clock.now().plus({ days: 15 }) },
      { title: 'Reading with Bo', description: 'One paper.\nAnd tea.', startsAt: clock.now().plus({ days: 16 }) },
      ...more,
    );
  };

  /** Moves to the hour of the member's next digest, and sends what is due then; gives the hour. */
  const comeToDigest = async ({ id }: Member): Promise<string> => {
    const { choices, zone } = await services.choices.show(id);
    if (!choices.nextDigestAt) throw new Error('no digest is awaited');
    clock.moveTo(choices.nextDigestAt);
    await services.digests.plan(clock.now());
    await product.drain();
    return choices.nextDigestAt.setZone(zone).toFormat('cccc HH:mm');
  };

  return {
    product,
    comeToDigest,

    /** The digest that comes to a new member on Sunday evening, once they follow an org with much ahead. */
    async firstDigest<Seen extends { text: string }>(ana: Member, inbox: () => readonly Seen[]): Promise<Seen> {
      await product.drain();
      await follow(ana);
      const before = inbox().length;
      expect(await comeToDigest(ana)).toBe('Sunday 18:00');
      const [digest, ...others] = inbox().slice(before);
      if (!digest) throw new Error('no digest');
      expect(others).toEqual([]);
      expect(digest.text).toContain('Your weekly digest: 24 new events');
      expect(digest.text).toContain('Reading with Bo');
      expect(digest.text).toContain('next 8 of 24');
      return digest;
    },

    frequencyOf: async ({ id }: Member) => (await services.choices.show(id)).choices.frequency,
  };
}
