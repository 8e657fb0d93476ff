import { DateTime } from 'luxon';
import type { Event } from '../../src/domain/events/event.js';
import type { SyncedChanges } from '../../src/domain/events/event-changes.js';
import { newSourceId } from '../../src/domain/ids.js';
import type { Member } from '../../src/domain/members/member.js';
import type { Choices } from '../../src/domain/notifications/choices.js';
import { planNewEvents } from '../../src/domain/notifications/plan-new-events.js';
import type { Org } from '../../src/domain/orgs/org.js';
import { createServices } from '../../src/services.js';
import { anEvent } from './events.js';
import { aMember, anIdentity } from './members.js';
import { aMembership, anOrg } from './orgs.js';
import type { Outbox } from './outbox.js';

export type NewsWorld = ReturnType<typeof newsWorld>;

/** An instant from ISO text. */
export const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' }) as DateTime<true>;

/** Orgs with events, and members who follow them, on an outbox under test. */
export function newsWorld({ database, clock, plan }: Outbox) {
  const { inTransaction } = database;
  const services = createServices(database, clock);
  return {
    services,
    plan,

    /** An org with members; its name is its slug, too. */
    async addOrg(name: string, ...members: Member[]): Promise<Org> {
      const org = anOrg({ name, slug: name.toLowerCase() });
      await inTransaction(async ({ orgs }) => {
        await orgs.add(org);
        for (const { id: memberId } of members) await orgs.saveMembership(aMembership({ orgId: org.id, memberId }));
      });
      return org;
    },

    /** A member with an account, and with what they chose; their first digest is reckoned from now. */
    async addMember(overrides: Partial<Member> = {}, chosen: Partial<Choices> = {}): Promise<Member> {
      const member = aMember({ consentedAt: clock.now(), ...overrides });
      await inTransaction(async ({ members }) => {
        await members.add(member);
        await members.addIdentity(anIdentity(member.id));
      });
      if (chosen.frequency) await services.choices.setFrequency(member.id, chosen.frequency);
      await this.choose(member, chosen);
      return member;
    },

    choose: ({ id }: Member, chosen: Partial<Choices>) =>
      inTransaction(async ({ choices }) => choices.save({ ...(await choices.get(id)), ...chosen })),

    /** Events of an org, on a day to come unless told otherwise. */
    async addEvents({ id: orgId }: Org, ...told: Partial<Event>[]): Promise<Event[]> {
      const made = told.map((one) => anEvent({ orgId, startsAt: clock.now().plus({ days: 30 }), ...one }));
      await inTransaction(({ events }) => events.addAll(made));
      return made;
    },

    /** What a sync does that finds these events. */
    async syncFinds({ id: orgId }: Org, added: Event[], changes: Partial<SyncedChanges> = {}): Promise<void> {
      const at = clock.now();
      const sourceId = newSourceId();
      const all = { orgId, sourceId, isFirst: false, at, added, changed: [], cancelled: [], ...changes };
      await inTransaction((repositories) => planNewEvents(repositories, all));
    },

    /** Runs what the scheduler does at this moment: digests, mailings, and then what is due. */
    async runJobs(dispatcher: { run(): Promise<number> }): Promise<number> {
      await services.digests.plan(clock.now());
      await services.mailings.fanOut(clock.now());
      return dispatcher.run();
    },

    told: async () =>
      (await database.connection.selectFrom('told_events').selectAll().orderBy('event_id').execute()).length,

    nextDigestOf: async ({ id }: Member) =>
      (await inTransaction(({ choices }) => choices.get(id))).nextDigestAt?.toISO({ suppressMilliseconds: true }),
  };
}
