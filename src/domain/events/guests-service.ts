import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { EventId, MemberId } from '../ids.js';
import { seenBy } from '../members/privacy-filter.js';
import type { Org, Page } from '../orgs/org.js';
import { orgForAdmin } from '../orgs/org-for-admin.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { emailHash } from './email-hash.js';
import type { Event } from './event.js';
import { settleGuests } from './guest-settling.js';
import type { Guest, GuestRef } from './guests.js';
import type { GuestCounts } from './guests-repository.js';

/** Somebody on a guest list whom an admin may assign, or has assigned to a member. */
export interface GuestLine {
  guest: Guest;
  assignedTo: { memberId: MemberId; name: string } | undefined;
}

/** An event's guests as its org's admins see them. */
export interface ShownGuests {
  event: Event;
  org: Org;
  /** `no-list` for events of a public feed, `unread` until the first reading. */
  list: 'no-list' | 'unread' | 'read';
  counts: GuestCounts;
  page: Page<GuestLine>;
}

/** A guest, and the member they are, are to be or were assigned to. */
export interface Assignment {
  event: Event;
  guest: Guest;
  person: { memberId: MemberId; name: string };
  /** Walk-ins with the same lu.ma account at other events of this org. */
  elsewhere: number;
}

/** A guest and the member who is meant. */
export interface AssignedRef extends GuestRef {
  memberId: MemberId;
}

export type GuestsService = ReturnType<typeof createGuestsService>;

/** Guest lists in the hands of an org's admins, and the addresses that platforms vouch for. */
export function createGuestsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * Learns an address that a member's platform vouches for, as a hash, and matches the guests who have it. Safe to
     * repeat.
     */
    async noteVouchedEmail(memberId: MemberId, email: string): Promise<void> {
      await inTransaction(async (repositories) => {
        const { guestProofs } = repositories;
        const hash = emailHash(await guestProofs.emailKey(), email);
        const known = await guestProofs.listEmailsOf(memberId);
        if (known.some(({ emailHash: one, by }) => one === hash && by === 'slack')) return;
        await guestProofs.saveEmail({ memberId, emailHash: hash, by: 'slack' }, clock.now());
        await settleGuests(repositories, { emails: [hash] }, clock.now());
      });
    },

    /** One page of an event's guests. @throws DomainError `events.gone`, `orgs.gone`, `rights.org-admin`. */
    async show(eventId: EventId, rights: Rights, at: { page: number; pageSize: number }): Promise<ShownGuests> {
      return inTransaction(
        async (repositories) => {
          const { event, org } = await eventForAdmin(repositories, eventId, rights);
          const { hasList, readAt } = await repositories.guestReads.standingOf(eventId);
          const page = await repositories.guests.listToAssign(eventId, at);
          return {
            event,
            org,
            list: readAt ? 'read' : hasList ? 'unread' : 'no-list',
            counts: await repositories.guests.count(eventId, org.id),
            page: { ...page, items: await withNames(repositories, page.items) },
          };
        },
        { isReadOnly: true },
      );
    },

    /** A guest who may be assigned. @throws DomainError `guests.gone`, `guests.matched`, and as `show` does. */
    async get(ref: GuestRef, rights: Rights): Promise<{ event: Event; org: Org; guest: Guest }> {
      return inTransaction(
        async (repositories) => {
          const { event, org } = await eventForAdmin(repositories, ref.eventId, rights);
          const guest = await findGuest(repositories, ref);
          if (guest.match) throw new DomainError({ code: 'guests.matched', event: event.id });
          return { event, org, guest };
        },
        { isReadOnly: true },
      );
    },

    /** What `assign` would do. @throws DomainError as it does. */
    async preview(ref: AssignedRef, rights: Rights): Promise<Assignment> {
      return inTransaction((repositories) => assignable(repositories, ref, rights), { isReadOnly: true });
    },

    /**
     * Says that a walk-in is this active member of the org. It goes before what links and addresses say, and stays until
     * it is undone. Safe to repeat.
     *
     * @throws DomainError `guests.gone`, `guests.matched` when they turned out to be somebody else meanwhile,
     *   `admins.nobody` for somebody who is not in the org, and as `show` does.
     */
    async assign(ref: AssignedRef, rights: Rights): Promise<Assignment> {
      return inTransaction(async (repositories) => {
        const assignment = await assignable(repositories, ref, rights);
        if (assignment.guest.match) return assignment;
        return assignAll(repositories, { assignment, guests: [assignment.guest], rights });
      });
    },

    /**
     * Says the same of the same lu.ma account at the org's other events, where they are a walk-in as well. Safe to
     * repeat.
     *
     * @throws DomainError `guests.matched` when the first assignment does not stand any more, and as `assign` does.
     */
    async assignElsewhere(ref: AssignedRef, rights: Rights): Promise<Assignment & { assigned: number }> {
      return inTransaction(async (repositories) => {
        const assignment = await assignable(repositories, ref, rights);
        const { guest, event } = assignment;
        if (!guest.match) throw new DomainError({ code: 'guests.matched', event: event.id });
        const guests = await repositories.guests.listElsewhere(guest, event.orgId);
        return { ...(await assignAll(repositories, { assignment, guests, rights })), assigned: guests.length };
      });
    },

    /**
     * Takes an assignment back: from here on links and addresses decide again. Nothing is changed when it does not stand
     * any more. Safe to repeat.
     *
     * @throws DomainError `guests.gone`, and as `show` does.
     */
    async unassign(ref: AssignedRef, rights: Rights): Promise<{ event: Event; guest: Guest }> {
      return inTransaction(async (repositories) => {
        const { event } = await eventForAdmin(repositories, ref.eventId, rights);
        const guest = await findGuest(repositories, ref);
        if (guest.match?.by !== 'admin' || guest.match.memberId !== ref.memberId) return { event, guest };
        await repositories.guests.setMatch(guest, undefined);
        await settleGuests(repositories, { events: [event.id] }, clock.now());
        await note(repositories, { action: 'guest.unassigned', event, memberId: ref.memberId, rights });
        return { event, guest: await findGuest(repositories, ref) };
      });
    },
  };

  async function assignAll(
    repositories: Repositories,
    { assignment, guests, rights }: { assignment: Assignment; guests: readonly Guest[]; rights: Rights },
  ): Promise<Assignment> {
    const { memberId } = assignment.person;
    const match = { memberId, by: 'admin' as const };
    for (const guest of guests) {
      await repositories.guests.setMatch(guest, match);
      const event = await repositories.events.getVisible(guest.eventId);
      await note(repositories, { action: 'guest.assigned', event, memberId, rights });
    }
    await settleGuests(repositories, { events: guests.map(({ eventId }) => eventId) }, clock.now());
    return withElsewhere(repositories, { ...assignment, guest: { ...assignment.guest, match } });
  }

  /** The log names the member by id and the event, never the guest: who is no member has not agreed to be in it. */
  async function note(
    { audit }: Repositories,
    done: { action: 'guest.assigned' | 'guest.unassigned'; event: Event; memberId: MemberId; rights: Rights },
  ): Promise<void> {
    const { action, event, memberId, rights } = done;
    await audit.add({
      orgId: event.orgId,
      actor: auditActor(rights),
      action,
      subject: { kind: 'member', memberId },
      after: event.title,
      at: clock.now(),
    });
  }
}

async function eventForAdmin(
  { events, orgs }: Repositories,
  eventId: EventId,
  rights: Rights,
): Promise<{ event: Event; org: Org }> {
  const event = await events.getVisible(eventId);
  return { event, org: await orgForAdmin(orgs, event.orgId, rights) };
}

async function findGuest({ guests }: Repositories, ref: GuestRef): Promise<Guest> {
  const guest = await guests.find(ref);
  if (!guest) throw new DomainError({ code: 'guests.gone', event: ref.eventId });
  return guest;
}

async function assignable(repositories: Repositories, ref: AssignedRef, rights: Rights): Promise<Assignment> {
  const { event, org } = await eventForAdmin(repositories, ref.eventId, rights);
  const guest = await findGuest(repositories, ref);
  if (guest.match && guest.match.memberId !== ref.memberId) {
    throw new DomainError({ code: 'guests.matched', event: event.id });
  }
  const membership = await repositories.orgs.findMembership(org.id, ref.memberId);
  if (membership?.status !== 'active') {
    throw new DomainError({ code: 'admins.nobody', asked: undefined, orgName: org.name, orgSlug: org.slug });
  }
  const { name } = seenBy('org-admin', await repositories.members.get(ref.memberId));
  return withElsewhere(repositories, { event, guest, person: { memberId: ref.memberId, name }, elsewhere: 0 });
}

async function withElsewhere({ guests }: Repositories, assignment: Assignment): Promise<Assignment> {
  const others = await guests.listElsewhere(assignment.guest, assignment.event.orgId);
  return { ...assignment, elsewhere: others.length };
}

async function withNames({ members }: Repositories, guests: readonly Guest[]): Promise<GuestLine[]> {
  const people = await members.list(guests.flatMap(({ match }) => (match ? [match.memberId] : [])));
  const names = new Map(people.map((member) => [member.id, seenBy('org-admin', member).name]));
  return guests.map((guest) => ({
    guest,
    assignedTo: guest.match && { memberId: guest.match.memberId, name: names.get(guest.match.memberId) ?? '' },
  }));
}
