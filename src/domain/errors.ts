import type { DateTime } from 'luxon';
import type { Event } from './events/event.js';
import type { SourceProblemCode } from './events/event-source.js';
import type { EventId, OrgId } from './ids.js';
import type { Account } from './members/account.js';
import type { EndedInvite } from './orgs/invite.js';
import type { City } from './places/city.js';

/** An org as an answer may name it: enough to show and to pick. */
export interface OrgChoice {
  id: OrgId;
  name: string;
  slug: string;
  place: string;
}

/** An event as an answer may name it. */
export interface EventChoice extends Pick<Event, 'title' | 'startsAt' | 'endsAt' | 'zone' | 'isAllDay'> {
  id: EventId;
  orgName: string;
}

/** Every problem a person can meet. `bot/error-view.ts` words each of them. */
export type Problem =
  | { code: 'orgs.unknown'; asked: string; nearest: OrgChoice[] }
  | { code: 'orgs.ambiguous'; asked: string; candidates: OrgChoice[] }
  | { code: 'orgs.gone' }
  | { code: 'events.gone' }
  /** lu.ma's list has them no longer. */
  | { code: 'guests.gone'; event: EventId }
  /** They turned out to be a member, or were assigned or unassigned, since the button was shown. */
  | { code: 'guests.matched'; event: EventId }
  /** Channels are chosen in the org's own server or workspace. */
  | { code: 'announce.not-here'; org: OrgChoice }
  | { code: 'events.unknown'; asked: string; nearest: EventChoice[] }
  | { code: 'events.ambiguous'; asked: string; candidates: EventChoice[] }
  | { code: 'events.cancelled'; eventId: EventId; title: string }
  | { code: 'events.over'; eventId: EventId; title: string }
  /** It has not begun, so nobody can say yet whether they came. */
  | { code: 'attendance.not-open'; eventId: EventId; title: string; opensAt: DateTime }
  /** Too long ago for a member to change. */
  | { code: 'attendance.closed'; eventId: EventId; title: string; closedAt: DateTime }
  /** None of the events that can still be answered about. */
  | { code: 'attendance.no-such-event'; asked: string; nearest: EventChoice[] }
  /** None of the events of the orgs that somebody looks after. */
  | { code: 'attendance.not-of-yours'; asked: string; latest: EventChoice[] }
  /** An org’s form asks as much as it can. */
  | { code: 'feedback.full'; org: OrgId }
  | { code: 'feedback.question-gone'; org: OrgId }
  | { code: 'feedback.same-question' }
  | { code: 'feedback.few-choices' }
  /** Neither a key nor a calendar's address was told. */
  | { code: 'sources.nothing-told' }
  | { code: 'sources.bad-key' }
  | { code: 'sources.bad-feed' }
  /** lu.ma, or whoever else holds the calendar, did not let us read it. */
  | { code: 'sources.unreadable'; problem: SourceProblemCode; access: 'api' | 'feed'; orgSlug: string }
  | { code: 'sources.connected'; name: string; orgSlug: string }
  /** The offer to connect a calendar waited too long. */
  | { code: 'sources.offer-gone' }
  | { code: 'sources.gone' }
  | { code: 'orgs.none-here' }
  | { code: 'orgs.which-one'; candidates: OrgChoice[] }
  | { code: 'orgs.removed-member'; orgName: string }
  | { code: 'orgs.not-member'; orgName: string; orgId: OrgId }
  /** Only orgs one is in can be muted. */
  | { code: 'orgs.not-yours'; orgName: string; orgId: OrgId }
  /** Neither a zone's name nor a city's; with IANA names that are near. */
  | { code: 'zones.unknown'; asked: string; nearest: string[] }
  | { code: 'orgs.last-admin'; orgName: string; orgSlug: string }
  /** `triesLeft` until the member has to wait; nothing where wrong codes are not counted. */
  | { code: 'invites.unknown'; triesLeft: number | undefined }
  | { code: 'codes.wait'; until: DateTime }
  | { code: 'invites.ended'; why: EndedInvite; org: OrgChoice }
  | { code: 'requests.gone' }
  /** Nobody who is in goes by what was asked for; nothing was asked for behind a button whose person has left. */
  | { code: 'admins.nobody'; asked: string | undefined; orgName: string; orgSlug: string }
  /** After a `decline`, or because they asked `often` and took it back each time. */
  | { code: 'requests.wait'; why: 'declined' | 'often'; until: DateTime; orgName: string }
  | { code: 'places.unknown'; asked: string; nearest: City[] }
  | { code: 'places.ambiguous'; asked: string; candidates: City[] }
  | { code: 'members.unknown' }
  | { code: 'profile.name-missing' }
  | { code: 'profile.too-many-skills'; count: number; most: number }
  | { code: 'links.wrong-code' }
  | { code: 'links.expired-code' }
  | { code: 'links.own-code' }
  | { code: 'links.already' }
  | { code: 'links.shared-place'; place: Account }
  | { code: 'orgs.name-missing' }
  | { code: 'spaces.none-here' }
  | { code: 'spaces.connected'; org: OrgChoice }
  /** The last space of an org without an admin. */
  | { code: 'spaces.last-door'; org: OrgChoice }
  | { code: 'spaces.wrong-code' }
  | { code: 'spaces.ended-code'; why: 'used' | 'expired' }
  | { code: 'admins.last'; org: OrgChoice; memberName: string }
  | { code: 'rights.space-manager' }
  | { code: 'rights.org-admin'; orgName: string };

/** A rule of the product was broken; carries a code and data, never prose. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}
