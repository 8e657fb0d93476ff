import { z } from 'zod';
import { ATTENDANCE_ANSWERS } from '../../domain/attendance/attendance.js';
import { FeedbackVisibility } from '../../domain/attendance/feedback.js';
import type { AuditLine } from '../../domain/audit/audit-service.js';
import { EVENT_TYPES } from '../../domain/events/event.js';
import { PLATFORMS } from '../../domain/members/account.js';
import { JOIN_POLICIES, ORG_TYPES } from '../../domain/orgs/org.js';
import { EDITABLE_FIELDS, type EditableField } from '../../domain/orgs/org-settings.js';
import { SpaceRef } from '../../domain/orgs/rights.js';
import { STATUS_LABELS } from '../attendance/attendance-words.js';
import { EVENT_TYPE_LABELS } from '../events/event-labels.js';
import { VISIBILITY_LABELS } from '../feedback/feedback-words.js';
import { FIELD_NAMES, JOIN_POLICY_LABELS, LISTING_LABELS } from '../manage/settings-labels.js';
import { countWords } from '../numbers.js';
import { languageList, ORG_TYPE_LABELS } from '../orgs/orgs-views.js';
import { short } from '../short-text.js';
import { spaceKind } from '../spaces/space-words.js';
import { bold, type RichText, rich } from '../text.js';

/** One change in a sentence: "Ana changed joining from open to by approval". */
export function auditWords(line: AuditLine): RichText {
  return rich`${actorWords(line.actor)} ${whatWords(line)}`;
}

function actorWords(actor: AuditLine['actor']): RichText {
  switch (actor.kind) {
    case 'member':
      return nameWords(actor.name);
    case 'manager':
      return rich`Somebody who manages the server or workspace`;
    case 'operator':
      return rich`An operator of Rollcall`;
  }
}

const nameWords = (name: string | undefined): RichText =>
  name === undefined ? rich`A former member` : rich`${bold(name)}`;

function whatWords({ action, subject, before, after }: AuditLine): RichText {
  switch (action) {
    case 'org.created':
      return rich`set the org up`;
    case 'org.edited':
      return editedWords(subject, before, after);
    case 'org.verified':
      return rich`said yes to the org`;
    case 'org.hidden':
      return rich`hid the org from everybody`;
    case 'org.unhidden':
      return rich`made the org visible again`;
    case 'org.global-set':
      return after === true ? rich`opened the org to people everywhere` : rich`made the org local again`;
    case 'space.connected':
      return rich`connected ${spaceWords(after)}`;
    case 'space.disconnected':
      return rich`disconnected ${spaceWords(before)}`;
    case 'admin.added':
      return rich`made ${whomWords(subject)} an admin`;
    case 'admin.removed':
      return rich`took the admin role from ${whomWords(subject)}`;
    case 'request.approved':
      return rich`let ${whomWords(subject)} in`;
    case 'request.declined':
      return rich`declined the request of ${whomWords(subject)}`;
    case 'invite.created':
      return rich`made the invite ${codeWords(subject)}`;
    case 'invite.revoked':
      return rich`revoked the invite ${codeWords(subject)}`;
    case 'guest.assigned':
      return rich`said that a lu.ma guest of ${titleWords(after)} is ${whomWords(subject)}`;
    case 'guest.unassigned':
      return rich`took back that a lu.ma guest of ${titleWords(after)} is ${whomWords(subject)}`;
    case 'attendance.marked':
      return attendanceWords(subject, after);
    case 'feedback.edited':
      return feedbackWords(subject, after);
    case 'announce.set':
      return rich`chose ${announceWords(after)} for announcements`;
    case 'announce.off':
      return rich`switched announcements in ${announceWords(before)} off`;
    case 'event.retyped':
      return rich`changed the kind of ${titleWords(subject?.kind === 'text' ? subject.text : undefined)} from ${typeWords(before)} to ${typeWords(after)}`;
    case 'source.connected':
      return rich`connected the calendar ${calendarWords(subject, after)}`;
    case 'source.disconnected':
      return rich`disconnected the calendar ${calendarWords(subject, before)}`;
    case undefined:
      return rich`did something that this version of Rollcall has no words for`;
  }
}

function whomWords(subject: AuditLine['subject']): RichText {
  if (subject?.kind !== 'member') return rich`somebody`;
  return subject.name === undefined ? rich`a former member` : nameWords(subject.name);
}

const titleWords = (title: unknown): string =>
  typeof title === 'string' ? `“${short(title, MOST_QUOTED)}”` : 'an event';

const codeWords = (subject: AuditLine['subject']): string => (subject?.kind === 'text' ? short(subject.text, 20) : '');

function typeWords(stored: unknown): string {
  const type = EVENT_TYPES.find((one) => one === stored);
  return type ? EVENT_TYPE_LABELS[type].toLowerCase() : 'something else';
}

function calendarWords(subject: AuditLine['subject'], kind: unknown): string {
  const name = subject?.kind === 'text' ? short(subject.text, 60) : '';
  return `“${name}” (${kind === 'api' ? 'by its key' : 'by its feed'})`;
}

function spaceWords(stored: unknown): string {
  const space = SpaceRef.safeParse(stored);
  return space.success ? `a ${spaceKind(space.data.platform)}` : 'a server or workspace';
}

const AnnounceStored = z.object({ platform: z.enum(PLATFORMS), name: z.string(), isMirrored: z.boolean() });

function announceWords(stored: unknown): RichText {
  const told = AnnounceStored.safeParse(stored);
  if (!told.success) return rich`a channel`;
  const { platform, name, isMirrored } = told.data;
  return rich`${bold(`#${short(name, 80)}`)} of a ${spaceKind(platform)}${isMirrored ? ' and its calendar' : ''}`;
}

const MarkStored = z.object({ event: z.string(), status: z.enum([...ATTENDANCE_ANSWERS, 'none']) });

function attendanceWords(subject: AuditLine['subject'], after: unknown): RichText {
  const told = MarkStored.safeParse(after).data;
  if (!told || told.status === 'none') {
    return rich`took back what was noted of ${whomWords(subject)} at ${titleWords(told?.event)}`;
  }
  return rich`noted ${whomWords(subject)} as “${STATUS_LABELS[told.status]}” at ${titleWords(told.event)}`;
}

function feedbackWords(subject: AuditLine['subject'], after: unknown): RichText {
  switch (subject?.kind === 'text' ? subject.text : undefined) {
    case 'visibility': {
      const visibility = FeedbackVisibility.safeParse(after).data;
      const label = visibility === undefined ? 'otherwise' : VISIBILITY_LABELS[visibility].toLowerCase();
      return rich`had feedback shown ${label} from then on`;
    }
    case 'promptAfterHours':
      return rich`had people asked ${countWords(z.number().catch(0).parse(after), 'hour')} after an event`;
    case 'sendsRecaps':
      return after === true ? rich`switched recaps on` : rich`switched recaps off`;
    case 'questions': {
      const texts = z.array(z.string()).catch([]).parse(after);
      return texts.length === 0
        ? rich`went back to the usual question for feedback`
        : rich`changed what feedback asks to ${short(texts.map((text) => `“${text}”`).join(', '), MOST_QUOTED)}`;
    }
    default:
      return rich`changed what feedback asks`;
  }
}

function editedWords(subject: AuditLine['subject'], before: unknown, after: unknown): RichText {
  const field = EDITABLE_FIELDS.find((one) => subject?.kind === 'text' && one === subject.text);
  if (!field) return rich`changed a setting`;
  const what = field === 'joinPolicy' ? FIELD_NAMES[field] : `the ${FIELD_NAMES[field]}`;
  if (before === undefined) return rich`set ${what} to ${valueWords(field, after)}`;
  if (after === undefined) return rich`cleared ${what}, which was ${valueWords(field, before)}`;
  return rich`changed ${what} from ${valueWords(field, before)} to ${valueWords(field, after)}`;
}

const MOST_QUOTED = 120;

function valueWords(field: EditableField, value: unknown): string {
  switch (field) {
    case 'isListed':
      return LISTING_LABELS[value === true ? 'yes' : 'no'].toLowerCase();
    case 'joinPolicy': {
      const policy = JOIN_POLICIES.find((one) => one === value);
      return policy ? JOIN_POLICY_LABELS[policy].toLowerCase() : 'something else';
    }
    case 'type': {
      const type = ORG_TYPES.find((one) => one === value);
      return type ? ORG_TYPE_LABELS[type].toLowerCase() : 'something else';
    }
    case 'languages':
      return languageList(z.array(z.string()).catch([]).parse(value));
    case 'city':
    case 'website':
      return short(String(value), MOST_QUOTED);
    case 'description':
      return `“${short(String(value), MOST_QUOTED)}”`;
  }
}
