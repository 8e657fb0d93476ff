import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import type { ResponseValue } from '../src/domain/events/response.js';
import { type Going, type Got, type Person, startGoing } from './builders/going.js';

const WORLDS = 50;
const MEMBERS = 40;
const EVENTS = ['one', 'two', 'three'] as const;
type EventName = (typeof EVENTS)[number];
const HOURS = { '1w': 168, '1d': 24, '1h': 1 } as const;
type Offset = keyof typeof HOURS;
const WORDS: Readonly<Record<string, Offset>> = { '1 week': '1w', '1 day': '1d', '1 hour': '1h' };
const MOST_A_DAY = 6;

const zone = fc.constantFrom(
  'Europe/Lisbon',
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'America/St_Johns',
);
const wish = fc.record({
  frequency: fc.constantFrom('all', 'daily', 'weekly', 'none'),
  reminders: fc.subarray(['1w', '1d', '1h'] as Offset[]),
  quiet: fc.constantFrom<[number, number] | undefined>([1320, 480], [1320, 480], [0, 390], [780, 1005], undefined),
});
const answer = fc.constantFrom<ResponseValue>('going', 'going', 'going', 'interested', 'not_going');
const anyMember = fc.record({ zone, wish, answers: fc.tuple(answer, answer, answer) });
const event = fc.constantFrom(...EVENTS);
const who = fc.nat({ max: MEMBERS - 1 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 4000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('down' as const), minutes: fc.integer({ min: 5, max: 15_000 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('move' as const), event, hours: fc.integer({ min: -60, max: 60 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'restore' as const), event }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), who, event, response: answer }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wish' as const), who, wish }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('faults' as const), count: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
);
type Step = (typeof step extends fc.Arbitrary<infer One> ? One : never) & object;
type Wish = typeof wish extends fc.Arbitrary<infer One> ? One : never;

/** An event as it stands, and since when it stands so. */
interface Truth {
  startsAt: DateTime;
  isOn: boolean;
  since: DateTime;
}
/** What one member said and chose, and what they know of each event. */
interface Life {
  person: Person;
  zone: string;
  wish: Wish;
  answers: Map<EventName, { response: ResponseValue; at: DateTime; knew: string }>;
  reminded: Set<string>;
  aDay: Map<string, number>;
}

const shown = (at: DateTime) => at.toUTC().toFormat("yyyy-MM-dd HH:mm 'UTC'");
const known = ({ isOn, startsAt }: Truth) => (isOn ? shown(startsAt) : 'off');
const columns = ({ frequency, reminders, quiet }: Wish) => ({
  frequency,
  reminders: (['1w', '1d', '1h'] as const).filter((one) => reminders.includes(one)).join(),
  quiet_from: quiet?.[0] ?? null,
  quiet_to: quiet?.[1] ?? null,
});

async function live(
  from: string,
  members: (typeof anyMember extends fc.Arbitrary<infer One> ? One : never)[],
  steps: Step[],
) {
  const on = await startGoing({ now: from });
  try {
    const truths = new Map<EventName, Truth>();
    for (const [index, name] of EVENTS.entries()) {
      const startsAt = on.clock.now().plus({ days: 3 * index + 2, hours: 5 * index });
      await on.holds(name, startsAt.toISO() ?? '');
      truths.set(name, { startsAt, isOn: true, since: on.clock.now() });
    }
    const lives = await Promise.all(members.map((one) => born(on, one, truths)));
    let seen = 0;
    let from = on.clock.now();
    const check = (up: DateTime, isSlow: boolean) => {
      for (const message of on.got.slice(seen)) checkMessage(message, lives, truths);
      seen = on.got.length;
      for (const life of lives) checkReminded(life, truths, { from, up, to: on.clock.now(), isSlow });
      from = on.clock.now();
    };
    for (const one of steps) {
      const isSlow = on.faults.length > 0;
      const up = on.clock.now();
      if (one.kind === 'wait') await on.until(on.clock.now().plus({ minutes: one.minutes }).toISO());
      else await take(on, one, lives, truths);
      if (one.kind === 'wait') check(up, isSlow);
    }
    on.faults.length = 0;
    const up = on.clock.now();
    await on.until(up.plus({ days: 3 }).toISO());
    check(up, true);
    for (const life of lives) checkKnows(life, truths, on);
  } finally {
    await on.stop();
  }
}
async function born(
  on: Going,
  told: { zone: string; wish: Wish; answers: ResponseValue[] },
  truths: Map<EventName, Truth>,
) {
  const person = await on.person({ zone: told.zone }, columns(told.wish));
  const life: Life = {
    person,
    zone: told.zone,
    wish: told.wish,
    answers: new Map(),
    reminded: new Set(),
    aDay: new Map(),
  };
  for (const [index, name] of EVENTS.entries()) await says(on, life, name, told.answers[index] ?? 'going', truths);
  return life;
}

async function says(on: Going, life: Life, name: EventName, response: ResponseValue, truths: Map<EventName, Truth>) {
  const truth = truths.get(name);
  const isOpen = truth?.isOn && truth.startsAt.plus({ hours: 2 }) > on.clock.now();
  if (!truth || !isOpen || life.answers.get(name)?.response === response) return;
  await on.answer(life.person, name, response);
  life.answers.set(name, { response, at: on.clock.now(), knew: known(truth) });
}

async function take(on: Going, one: Step, lives: Life[], truths: Map<EventName, Truth>): Promise<void> {
  const now = on.clock.now();
  if (one.kind === 'down') on.downUntil(now.plus({ minutes: one.minutes }).toISO());
  // A platform that does not say whether it took the message: it did, every other time.
  if (one.kind === 'faults') {
    for (let count = 0; count < one.count; count += 1) on.faults.push({ kind: 'retry-later' });
  }
  if (one.kind === 'crash') await on.forgetOutcomes();
  if (one.kind === 'answer') {
    const life = lives[one.who];
    if (life) await says(on, life, one.event, one.response, truths);
  }
  if (one.kind === 'wish') {
    const life = lives[one.who];
    if (!life) return;
    life.wish = one.wish;
    await on.choose(life.person, columns(one.wish));
  }
  if (one.kind !== 'move' && one.kind !== 'cancel' && one.kind !== 'restore') return;
  // Runs of a sync are minutes apart.
  on.clock.moveTo(now.plus({ minutes: 6 }));
  const truth = truths.get(one.event);
  if (!truth || truth.startsAt <= on.clock.now()) return;
  const next = { ...truth, since: on.clock.now() };
  if (one.kind === 'move') {
    next.startsAt = truth.startsAt.plus({ hours: one.hours });
    if (!truth.isOn || one.hours === 0 || next.startsAt <= on.clock.now()) return;
    await on.movesTo(one.event, next.startsAt.toISO() ?? '');
  } else {
    next.isOn = one.kind === 'restore';
    if (next.isOn === truth.isOn) return;
    await (next.isOn ? on.restores(one.event) : on.callsOff(one.event));
  }
  truths.set(one.event, next);
}

function checkMessage(message: Got, lives: Life[], truths: Map<EventName, Truth>): void {
  const life = lives.find(({ person }) => person.identity.account.accountId === message.accountId);
  const name = EVENTS.find((one) => message.text.startsWith(`Event ${one}\n`));
  const truth = name && truths.get(name);
  const said = name && life?.answers.get(name);
  if (!life || !truth || !said) throw new Error(`Nobody expected: ${message.text}`);
  expect(said.response, message.text).not.toBe('not_going');
  const at = DateTime.fromISO(message.at, { zone: 'utc' });
  const offset = WORDS[/reminder (1 \w+) before/.exec(message.text)?.[1] ?? ''];
  const isGoing = said.response === 'going';
  if (life.wish.frequency === 'none') expect(isGoing && life.wish.reminders.length > 0).toBe(true);
  if (offset) checkReminder(life, { offset, at, truth, key: `${name} ${offset} ${known(truth)}`, answeredAt: said.at });
  expect(message.text).toContain(truth.isOn ? shown(truth.startsAt) : 'Cancelled.');
  said.knew = known(truth);
  if (offset && isGoing) return;
  const local = at.setZone(life.zone);
  expect(isQuiet(local, life.wish.quiet), `${message.at} in ${life.zone}`).toBe(false);
  const day = local.toISODate() ?? '';
  life.aDay.set(day, (life.aDay.get(day) ?? 0) + 1);
  expect(life.aDay.get(day)).toBeLessThanOrEqual(MOST_A_DAY);
}

function checkReminder(
  { wish, reminded }: Life,
  {
    offset,
    at,
    truth,
    key,
    answeredAt,
  }: { offset: Offset; at: DateTime; truth: Truth; key: string; answeredAt: DateTime },
): void {
  const due = truth.startsAt.minus({ hours: HOURS[offset] });
  expect(wish.reminders).toContain(offset);
  expect(reminded.has(key), `${key} twice`).toBe(false);
  reminded.add(key);
  expect(truth.isOn && at < truth.startsAt && at >= due.startOf('minute')).toBe(true);
  expect(answeredAt <= due).toBe(true);
  expect(shorterDue(wish, offset, truth.startsAt, at)).toBe(false);
}

function shorterDue({ reminders }: Wish, offset: Offset, startsAt: DateTime, at: DateTime): boolean {
  return reminders.some((one) => HOURS[one] < HOURS[offset] && at >= startsAt.minus({ hours: HOURS[one] }));
}

/** Whether somebody who goes was reminded of all that fell due meanwhile; late when the process was down. */
function checkReminded(
  life: Life,
  truths: Map<EventName, Truth>,
  { from, up, to, isSlow }: { from: DateTime; up: DateTime; to: DateTime; isSlow: boolean },
): void {
  for (const [name, { response, at }] of life.answers) {
    const truth = truths.get(name);
    if (response !== 'going' || !truth?.isOn) continue;
    for (const offset of life.wish.reminders) {
      const due = truth.startsAt.minus({ hours: HOURS[offset] });
      const sentAt = DateTime.max(due, up).plus({ minutes: isSlow ? 10 : 1 });
      if (due <= DateTime.max(from, truth.since, at) || sentAt > to || sentAt >= truth.startsAt) continue;
      if (shorterDue(life.wish, offset, truth.startsAt, sentAt)) continue;
      const key = `${name} ${offset} ${known(truth)}`;
      expect(life.reminded.has(key), `${key} was not sent by ${to.toISO()}`).toBe(true);
    }
  }
}

/** Whether somebody knows in the end how the events stand that they go to. */
function checkKnows({ answers, wish }: Life, truths: Map<EventName, Truth>, on: Going): void {
  const isLeftAlone = wish.frequency === 'none';
  for (const [name, { response, knew }] of answers) {
    const truth = truths.get(name);
    const isTold = response === 'going' ? !isLeftAlone || wish.reminders.length > 0 : !isLeftAlone;
    if (!truth || response === 'not_going' || !isTold || truth.startsAt <= on.clock.now()) continue;
    expect(knew, `${name} for ${response}`).toBe(known(truth));
  }
}

function isQuiet(local: DateTime, quiet: [number, number] | undefined): boolean {
  if (!quiet) return false;
  const [start, end] = quiet;
  const minute = local.hour * 60 + local.minute;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

it(`keeps to what ${WORLDS * MEMBERS} members chose, once each, whatever happens`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('2026-03-24T10:00:00Z', '2026-10-20T10:00:00Z', '2026-04-01T10:00:00Z', '2026-06-10T10:00:00Z'),
      fc.array(anyMember, { minLength: MEMBERS, maxLength: MEMBERS, size: 'max' }),
      fc.array(step, { minLength: 4, maxLength: 14 }),
      async (from, members, steps) => {
        await live(from, members, steps);
      },
    ),
    { numRuns: WORLDS, endOnFailure: true },
  );
}, 300_000);
