import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { ATTENDANCE_ANSWERS, type AttendanceAnswer } from '../src/domain/attendance/attendance.js';
import { type Attending, startAttending } from './builders/attending.js';
import type { Got, Person } from './builders/going.js';

const WORLDS = 60;
const ZONES = ['Europe/Lisbon', 'America/Los_Angeles', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const START = '2026-03-27T12:00:00Z';
const TALK = 'evt-talk';
const LABELS: Readonly<Record<string, AttendanceAnswer>> = { Yes: 'attended', 'Part of it': 'partial', No: 'absent' };
const WORDS: Readonly<Record<AttendanceAnswer, string>> = {
  attended: 'You were there, ',
  partial: 'You were there for part of it, ',
  absent: 'You were not there, ',
};

const who = fc.nat({ max: ZONES.length - 1 });
const minutes = (most: number) => fc.integer({ min: 1, max: most });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: minutes(1_500) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('down' as const), minutes: minutes(5_000) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tap' as const), who, view: fc.nat(), label: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('luma' as const), who, isCheckedIn: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('admin' as const),
      who,
      status: fc.constantFrom(...ATTENDANCE_ANSWERS, 'none' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('mark' as const), who, status: fc.constantFrom(...ATTENDANCE_ANSWERS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), hours: fc.integer({ min: -3, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('faults' as const), count: fc.integer({ min: 1, max: 6 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** What was said of a member, as the test itself keeps account of it. */
interface Life {
  person: Person;
  zone: string;
  member: AttendanceAnswer | undefined;
  admin: AttendanceAnswer | undefined;
  isCheckedIn: boolean;
  isLeftAlone: boolean;
  prompts: Got[];
  /** Everything that their messages ever showed: old buttons may be tapped as well. */
  shown: { message: Got; view: Got['view'] }[];
  trail: string[];
}

/** The event as it stands. */
interface Talk {
  startsAt: DateTime;
}

const effective = ({ admin, member, isCheckedIn }: Life) => admin ?? member ?? (isCheckedIn ? 'attended' : 'unknown');

async function live(steps: readonly Step[]) {
  const on = await startAttending({ now: START });
  try {
    const talk: Talk = { startsAt: on.clock.now().plus({ hours: 20 }) };
    await on.holds(TALK, talk.startsAt.toISO() ?? '');
    const admin = await on.admin();
    const lives: Life[] = [];
    for (const zone of ZONES) lives.push(await born(on, zone));
    for (const one of steps) {
      await take(on, one, { talk, lives, admin });
      for (const life of lives) await checkStep(on, life);
    }
    on.faults.length = 0;
    await on.until(on.clock.now().plus({ days: 4 }).toISO());
    for (const life of lives) {
      await checkStep(on, life);
      await checkEnd(on, life);
    }
  } finally {
    await on.stop();
  }
}

async function born(on: Attending, zone: string): Promise<Life> {
  const person = await on.person({ zone });
  await on.answer(person, TALK, 'going');
  const nothing = { member: undefined, admin: undefined, isCheckedIn: false, isLeftAlone: false };
  return { person, zone, ...nothing, prompts: [], shown: [], trail: [] };
}

async function take(
  on: Attending,
  one: Step,
  { talk, lives, admin }: { talk: Talk; lives: Life[]; admin: Person },
): Promise<void> {
  const now = on.clock.now();
  const isOpen = talk.startsAt <= now && now <= talk.startsAt.plus({ hours: 2, days: 14 });
  const life = ('who' in one && lives[one.who]) || undefined;
  switch (one.kind) {
    case 'wait':
      return on.until(now.plus({ minutes: one.minutes }).toISO());
    case 'down':
      return on.downUntil(now.plus({ minutes: one.minutes }).toISO());
    case 'faults':
      // A platform that does not say whether it took the message: it did, every other time.
      for (let count = 0; count < one.count; count += 1) on.faults.push({ kind: 'retry-later' });
      return;
    case 'restart':
      on.restart();
      await on.services.prompts.plan(now);
      await on.services.mailings.fanOut(now);
      return;
    case 'move': {
      const startsAt = talk.startsAt.plus({ hours: one.hours });
      if (one.hours === 0 || startsAt <= now) return;
      talk.startsAt = startsAt;
      return on.movesTo(TALK, startsAt.toISO() ?? '');
    }
    case 'luma':
      if (!life) return;
      await on.onLuma(life.person, TALK, { isCheckedIn: one.isCheckedIn });
      life.isCheckedIn = one.isCheckedIn;
      return;
    case 'admin':
      if (!life || talk.startsAt > now) return;
      await on.notes(admin, life.person, TALK, one.status);
      life.admin = one.status === 'none' ? undefined : one.status;
      return;
    case 'mark':
      if (!life) return;
      await on.run(life.person, 'attendance mark', { event: await on.eventId(TALK), status: one.status });
      if (isOpen) life.member = one.status;
      return;
    case 'tap':
      if (life) await tap(on, life, { ...one, isOpen });
  }
}

async function tap(on: Attending, life: Life, one: { view: number; label: number; isOpen: boolean }): Promise<void> {
  const old = life.shown[one.view % Math.max(life.shown.length, 1)];
  const labels = on.labelsOf(old).filter((label) => !label.endsWith('comment') && label !== 'Upcoming events');
  const label = labels[one.label % Math.max(labels.length, 1)];
  if (!old || label === undefined) return;
  const wasKnown = effective(life) !== 'unknown';
  await on.press(life.person, old.message, label, old.view);
  if (one.isOpen) life.member = LABELS[label] ?? life.member;
  if (label === 'Don’t ask' && one.isOpen && !wasKnown) life.isLeftAlone = true;
}

/** Nothing is asked of whom the answer is known, in quiet hours, or a third time; nothing is ever taken from the trail. */
async function checkStep(on: Attending, life: Life): Promise<void> {
  for (const message of on.messagesTo(life.person)) {
    if (message.text.includes('you are told when it changes')) continue;
    if (!life.prompts.includes(message)) {
      life.prompts.push(message);
      expect(effective(life), `asked though it is known: ${message.text}`).toBe('unknown');
      expect(life.isLeftAlone).toBe(false);
      const { hour } = DateTime.fromISO(message.at, { zone: 'utc' }).setZone(life.zone);
      expect(hour >= 8 && hour < 22, `${message.at} in ${life.zone}`).toBe(true);
    }
    if (!life.shown.some(({ view }) => view === message.view)) life.shown.push({ message, view: message.view });
  }
  expect(life.prompts.length).toBeLessThanOrEqual(2);
  const trail = await on.marks(life.person, TALK);
  expect(trail.slice(0, life.trail.length)).toEqual(life.trail);
  life.trail = trail;
  expect((await on.row(life.person, TALK))?.status ?? 'unknown').toBe(effective(life));
}

/** Every message shows what counts. */
async function checkEnd(on: Attending, life: Life): Promise<void> {
  const status = effective(life);
  for (const { text } of life.prompts) {
    if (status === 'unknown') expect(text).not.toContain('Thank you!');
    else expect(text).toContain(WORDS[status]);
  }
  const doubled = life.trail.some((mark, position) => mark === life.trail[position - 1]);
  expect(doubled, life.trail.join()).toBe(false);
  expect((await on.row(life.person, TALK))?.prompts ?? 0).toBe(life.prompts.length);
}

it('ends in one state that every message shows, whatever is tapped, synced, noted and restarted in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 30, size: 'max' }), (steps) => live(steps)),
    { numRuns: WORLDS, endOnFailure: true },
  );
}, 300_000);
