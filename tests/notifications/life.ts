import type { DateTime } from 'luxon';
import type { ResponseValue } from '../../src/domain/events/response.js';
import type { Identity, Member } from '../../src/domain/members/member.js';
import type { Quiet } from './hours.js';

export const OFFSET_HOURS = { '1w': 168, '1d': 24, '1h': 1 } as const;
export type Offset = keyof typeof OFFSET_HOURS;
export const OFFSETS = ['1w', '1d', '1h'] as const satisfies Offset[];

/** Messages that nobody asked for, at most; those of new events count in both. */
export const MOST_A_DAY = 6;
export const MOST_NEW_AN_HOUR = 5;

/** What a member chose, as they know it. */
export interface Chosen {
  zone: string;
  frequency: 'all' | 'daily' | 'weekly' | 'none';
  reminders: readonly Offset[];
  quiet: Quiet | undefined;
  /** Nothing for all. */
  types: readonly string[] | undefined;
  /** Orgs by name. */
  muted: ReadonlySet<string>;
  /** Reminders of one event in the place of the usual ones. */
  own: ReadonlyMap<string, readonly Offset[]>;
  isStopped: boolean;
}

/** An event as its calendar holds it. */
export interface Happening {
  /** Such as `e7`: stands in its title. */
  name: string;
  org: string;
  type: string;
  isPublic: boolean;
  isOn: boolean;
  startsAt: DateTime;
  place: string;
  /** Where it began before it was moved last. */
  startedAt: DateTime;
  /** Since when it is as it is: on or off, when, where. */
  since: DateTime;
  /** Since when it is for all to see, on, at that hour, of that type. */
  isNewsSince: DateTime;
  /** When a read found it that was not the first of its calendar; nothing for what came back. */
  foundAt: DateTime | undefined;
}

/** What somebody said of an event, and what they know of it. */
export interface Answer {
  response: ResponseValue;
  at: DateTime;
  knows: string;
  knowsSince: DateTime;
  /** What the last message about a change told them. */
  wasTold: string | undefined;
}

/** A message that somebody got. */
export interface Got {
  kind: 'new' | 'daily' | 'weekly' | 'reminder' | 'change';
  at: DateTime;
  /** A reminder of what they go to: neither the budget nor quiet hours hold it. */
  isFree: boolean;
}

/** One member's life as far as messages go. */
export interface Life {
  member: Member;
  identity: Identity;
  /** By name. */
  orgs: ReadonlySet<string>;
  chosen: Chosen;
  /** Since when they have not chosen anything else. */
  since: DateTime;
  answers: Map<string, Answer>;
  /** Events that a digest or a message about new ones told, and when. */
  told: Map<string, DateTime>;
  /** Events that a message may have told which did not show all it told, as it was tried before. */
  perhapsTold: Set<string>;
  /** Reminders by event, offset and start. */
  reminded: Map<string, DateTime>;
  got: Got[];
}

/** What the process went through. */
export interface Weather {
  /** When it was down: after the first moment, until the second. */
  downs: { from: DateTime; to: DateTime }[];
  /** Until then a platform's faults or a crash may delay what is due. */
  shakyUntil: DateTime;
}

/** When the process runs, at a moment or after it. */
export function upAt(at: DateTime, { downs }: Weather): DateTime {
  return downs.find(({ from, to }) => from < at && at <= to)?.to ?? at;
}

/** Half a period: a digest that is later than that is left to the next one. */
export const LATE_HOURS = { daily: 12, weekly: 84 } as const;

/** Moments as messages show them to this test. */
export const shown = (at: DateTime): string => at.toUTC().toFormat("yyyy-MM-dd HH:mm 'UTC'");

/** How an event stands, in what whoever goes there wants to know. */
export function standing({ isOn, startsAt, place }: Happening): string {
  return isOn ? `${shown(startsAt)}, ${place}` : 'off';
}

export const reminderKey = (name: string, offset: Offset, startsAt: DateTime): string =>
  `${name} ${offset} ${shown(startsAt)}`;

export const remindersOf = ({ chosen }: Life, name: string): readonly Offset[] =>
  chosen.own.get(name) ?? chosen.reminders;

/** Whether somebody hears nothing new from an org. */
export const isLeftAlone = ({ chosen }: Life, org: string): boolean =>
  chosen.frequency === 'none' || chosen.muted.has(org);

/** The names of what is news to somebody, but for whether it is ahead. */
export function isNews({ chosen, orgs, answers }: Life, event: Happening): boolean {
  const isOfType = !chosen.types || chosen.types.includes(event.type);
  const isTheirs = orgs.has(event.org) && !chosen.muted.has(event.org);
  return event.isPublic && event.isOn && isOfType && isTheirs && !answers.has(event.name);
}
