import { describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/builders/events.js';
import { utc } from '../../../tests/builders/sync.js';
import { newEventId, newMemberId } from '../ids.js';
import { afterPrompt, isPromptDue, isStale, nextMorning, secondPrompt } from './asking.js';
import { type AttendanceMark, blankAttendance, effectiveMark, requireOpen, withMarks } from './attendance.js';
import { mergeAttendance } from './merge-attendance.js';

const [eventId, memberId] = [newEventId(), newMemberId()];
const mark = (source: AttendanceMark['source'], status: AttendanceMark['status']): AttendanceMark => ({
  eventId,
  memberId,
  source,
  status,
  markedBy: undefined,
  markedAt: utc('2026-03-01T20:00:00Z'),
});

describe('what counts', () => {
  it.each([
    [[], undefined],
    [[mark('luma_checkin', 'attended')], 'luma_checkin attended'],
    [[mark('member', 'absent'), mark('luma_checkin', 'attended')], 'member absent'],
    [[mark('admin', 'partial'), mark('member', 'absent'), mark('luma_checkin', 'attended')], 'admin partial'],
    [[mark('member', 'absent'), mark('member', 'partial')], 'member partial'],
    [[mark('admin', 'absent'), mark('member', 'attended'), mark('admin', 'none')], 'member attended'],
    [[mark('luma_checkin', 'attended'), mark('luma_checkin', 'none')], undefined],
  ])('is an admin’s mark over the member’s own over lu.ma’s, and of one source the last: %#', (marks, expected) => {
    const found = effectiveMark(marks);
    expect(found && `${found.source} ${found.status}`).toBe(expected);
  });

  it('ends the asking, and begins it again when it is taken back', () => {
    const asked = { ...blankAttendance(eventId, memberId), prompts: 1, againAt: utc('2026-03-02T09:00:00Z') };
    const known = withMarks(asked, [mark('admin', 'attended')]);
    expect([known.status, known.againAt]).toEqual(['attended', undefined]);
    expect(withMarks(known, [mark('admin', 'attended'), mark('admin', 'none')]).status).toBe('unknown');
  });
});

describe('answers', () => {
  const event = anEvent({ startsAt: utc('2026-03-05T18:00:00Z'), endsAt: utc('2026-03-05T20:00:00Z') });
  it.each([
    ['2026-03-05T17:59:59Z', 'attendance.not-open'],
    ['2026-03-05T18:00:00Z', undefined],
    ['2026-03-19T20:00:00Z', undefined],
    ['2026-03-19T20:00:01Z', 'attendance.closed'],
  ])('are open from the start until 14 days after the end: %s', (now, expected) => {
    const check = () => requireOpen(event, utc(now));
    if (expected) expect(check).toThrow(expected);
    else expect(check).not.toThrow();
  });
});

describe('asking again', () => {
  it.each([
    ['Europe/Lisbon', '2026-03-28T20:00:00Z', '2026-03-29T08:00:00.000Z'],
    ['Europe/Lisbon', '2026-10-24T20:00:00Z', '2026-10-25T09:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-10T18:00:00Z', '2026-03-11T03:15:00.000Z'],
    ['Pacific/Auckland', '2026-03-10T10:30:00Z', '2026-03-10T20:00:00.000Z'],
  ])('is at nine on the next morning there: %s', (zone, now, expected) => {
    expect(nextMorning(utc(now), zone).toISO()).toBe(expected);
  });

  it('is planned after the first prompt, holds until it is put off, and never comes a third time', () => {
    const once = afterPrompt(blankAttendance(eventId, memberId), utc('2026-03-10T18:00:00Z'), 'Europe/Lisbon');
    const second = secondPrompt(once);
    const at = '2026-03-11T09:00:00.000Z';
    expect(second?.dueAt.toISO()).toBe(at);
    expect(isPromptDue(once, { event: eventId, at, again: true })).toBe(true);
    expect(isPromptDue({ ...once, againAt: utc('2026-03-12T09:00:00Z') }, { event: eventId, at, again: true })).toBe(
      false,
    );
    const twice = afterPrompt(once, utc(at), 'Europe/Lisbon');
    expect([twice.prompts, secondPrompt(twice)]).toEqual([2, undefined]);
    expect(isPromptDue(twice, { event: eventId, at })).toBe(false);
  });

  it('comes too late 72 hours after the end, unless it only waited for the morning', () => {
    const event = { startsAt: utc('2026-03-10T14:00:00Z'), endsAt: utc('2026-03-10T16:00:00Z') };
    const now = utc('2026-03-13T20:00:00Z');
    expect(isStale(event, utc('2026-03-13T02:00:00Z'), now)).toBe(false);
    expect(isStale(event, utc('2026-03-10T18:00:00Z'), now)).toBe(true);
  });
});

it('of two who become one counts every prompt, and whoever wanted to be left alone is', () => {
  const kept = { ...blankAttendance(eventId, memberId), prompts: 1, againAt: utc('2026-03-11T09:00:00Z') };
  const absorbed = { ...blankAttendance(eventId, newMemberId()), prompts: 1, declinedAt: utc('2026-03-10T19:00:00Z') };
  expect(mergeAttendance([kept], [absorbed])).toMatchObject([{ prompts: 2, againAt: undefined, memberId }]);
  expect(mergeAttendance([kept], [absorbed])[0]?.declinedAt).toBeDefined();
});
