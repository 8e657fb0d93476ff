import type { MemberId } from '../domain/ids.js';
import type { Account } from '../domain/members/account.js';
import type { Identity, Member } from '../domain/members/member.js';
import type { Rights, SpaceRef } from '../domain/orgs/rights.js';

/** Where somebody is acting: in a connected server or workspace, or in their conversation with the bot. */
export type Place =
  | { kind: 'space'; externalId: string; channelId: string }
  | { kind: 'direct'; channelId: string | undefined };

/** What a platform tells of the person acting now; it vouches for all of it. */
export interface Visitor {
  account: Account;
  displayName: string;
  /** BCP 47. */
  locale: string;
  /** IANA name, where the platform knows it. */
  zone: string | undefined;
  /** The address the platform has checked, where it tells; of a member's, a hash is kept. Never shown or logged. */
  vouchedEmail?: string | undefined;
  place: Place;
  /** Manage Server on Discord, workspace admin on Slack: an admin's rights inside that space, and only there. */
  managesSpace: boolean;
}

/** The person acting now, who may or may not be a member yet. */
export interface Actor extends Visitor {
  memberId: MemberId | undefined;
  member: Member | undefined;
  identity: Identity | undefined;
}

/** A person who has agreed. */
export interface MemberActor extends Actor {
  memberId: MemberId;
  member: Member;
  identity: Identity;
}

export function isMember(actor: Actor): actor is MemberActor {
  return actor.member !== undefined && actor.identity !== undefined;
}

/** What this person brings to a question of rights. */
export function rightsOf(actor: Actor): Rights {
  const { account, memberId, managesSpace, place } = actor;
  const isManagingHere = managesSpace && place.kind === 'space';
  return {
    memberId,
    managedSpace: isManagingHere ? { platform: account.platform, externalId: place.externalId } : undefined,
  };
}

/** The server or workspace this person is acting in, if any. */
export function spaceOf({ account, place }: Visitor): SpaceRef | undefined {
  return place.kind === 'space' ? { platform: account.platform, externalId: place.externalId } : undefined;
}

/** The zone to reckon this person's days in: their own choice, else the platform's word, else UTC. */
export function zoneOf(actor: Actor): string {
  return actor.member?.zone ?? actor.zone ?? 'utc';
}
