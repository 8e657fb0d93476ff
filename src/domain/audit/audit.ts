import type { DateTime } from 'luxon';
import type { MemberId, OrgId } from '../ids.js';
import type { Rights } from '../orgs/rights.js';

/** Everything that the log knows of; `bot/audit/audit-words.ts` words each. A code in use keeps its meaning. */
export const AUDIT_ACTIONS = [
  'org.created',
  /** The subject is the name of one of `EDITABLE_FIELDS`. */
  'org.edited',
  'org.verified',
  'org.hidden',
  'org.unhidden',
  'org.global-set',
  /** `after`, or `before` when it is disconnected, is a `SpaceRef`. */
  'space.connected',
  'space.disconnected',
  /** The subject is the member. */
  'admin.added',
  'admin.removed',
  'request.approved',
  'request.declined',
  /** The subject is the beginning of the code, enough to tell invites apart and too little to come in by. */
  'invite.created',
  'invite.revoked',
  /** `after`, or `before` when it goes off: the platform, the channel's name, whether the calendar is kept in step. */
  'announce.set',
  'announce.off',
  /** The subject is the calendar's name; `after`, or `before` when it is disconnected, is `api` or `feed`. */
  'source.connected',
  'source.disconnected',
  /** The subject is the member; `after` is the event's title. The guest is not named. */
  'guest.assigned',
  'guest.unassigned',
  /** The subject is the member; `after` is the event's title and the status, `none` where it was taken back. */
  'attendance.marked',
  /** The subject is the name of a `FeedbackField`. Of questions `before` and `after` are their words. */
  'feedback.edited',
  /** The subject is the event's title, `before` and `after` are `EventType`s. */
  'event.retyped',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * Who did it: a member; somebody who manages one of the org's spaces and has not agreed that anything is kept about
 * them; or whoever runs this installation.
 */
export type AuditActor = { kind: 'member'; memberId: MemberId } | { kind: 'manager' } | { kind: 'operator' };

/** What it was done to, beside the org itself. Members stand by id alone, so that erasing one leaves no name behind. */
export type AuditSubject = { kind: 'member'; memberId: MemberId } | { kind: 'text'; text: string };

/** One change to be noted, in the transaction that makes it. `before` and `after` are plain JSON. */
export interface NewAuditEntry {
  orgId: OrgId;
  actor: AuditActor;
  action: AuditAction;
  subject?: AuditSubject;
  before?: unknown;
  after?: unknown;
  at: DateTime;
}

/** One change as it stands in the log. A member who was erased since is there without an id. */
export interface AuditEntry {
  id: number;
  orgId: OrgId;
  actor: { kind: 'member'; memberId: MemberId | undefined } | { kind: 'manager' } | { kind: 'operator' };
  /** Nothing for a code that this version has no words for. */
  action: AuditAction | undefined;
  subject: { kind: 'member'; memberId: MemberId | undefined } | { kind: 'text'; text: string } | undefined;
  before: unknown;
  after: unknown;
  at: DateTime;
}

/** Who acts by these rights, as the log notes it. */
export function auditActor({ memberId }: Pick<Rights, 'memberId'>): AuditActor {
  return memberId ? { kind: 'member', memberId } : { kind: 'manager' };
}
