import fc from 'fast-check';
import type { ResponseValue } from '../../src/domain/events/response.js';
import type { Quiet } from './hours.js';
import { OFFSETS } from './life.js';

/** Orgs of every world. */
export const ORGS = ['Alpha', 'Beta'] as const;
/** Members of every world: each chooses for themselves, and all hear of the same events. */
export const MEMBERS = 8;

const org = fc.constantFrom(...ORGS);
const who = fc.nat({ max: MEMBERS - 1 });
/** Of the events that there are by then, one. */
const which = fc.nat({ max: 40 });

const zone = fc.constantFrom(
  'Europe/Lisbon',
  'America/Los_Angeles',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Marquesas',
  'Pacific/Pago_Pago',
);
const quiet = fc.constantFrom<Quiet | undefined>(
  [1320, 480],
  [1320, 480],
  [1290, 555],
  [0, 390],
  [780, 1005],
  [1065, 1125],
  undefined,
);
const types = fc.constantFrom(undefined, undefined, undefined, ['talk'], ['talk', 'social'], ['workshop']);
const frequency = fc.constantFrom('all' as const, 'all' as const, 'daily' as const, 'weekly' as const, 'none' as const);
const reminders = fc.subarray([...OFFSETS]);
const response = fc.constantFrom<ResponseValue>('going', 'going', 'interested', 'interested', 'not_going');

/** Somebody as they are at first. */
export const person = fc.record({
  zone,
  frequency,
  quiet,
  reminders,
  types,
  orgs: fc.subarray([...ORGS], { minLength: 1 }),
  muted: fc.constantFrom(undefined, undefined, ...ORGS),
  answers: fc.array(fc.option(response, { nil: undefined, freq: 2 }), { minLength: 4, maxLength: 4 }),
});
export type PersonToBe = typeof person extends fc.Arbitrary<infer One> ? One : never;

/** An event that comes into a calendar. */
export const event = fc.record({
  org,
  inMinutes: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 60, max: 6 * 1440 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1440, max: 25 * 1440 }) },
  ),
  type: fc.constantFrom('talk', 'workshop', 'social', 'reading group'),
  isPublic: fc.constantFrom(true, true, true, true, false),
});
export type EventToBe = typeof event extends fc.Arbitrary<infer One> ? One : never;

const choice = fc.oneof(
  fc.record({ what: fc.constant('frequency' as const), frequency }),
  fc.record({ what: fc.constant('quiet' as const), quiet }),
  fc.record({ what: fc.constant('zone' as const), zone }),
  fc.record({ what: fc.constant('types' as const), types }),
  fc.record({ what: fc.constant('reminders' as const), reminders }),
  fc.record({ what: fc.constant('own' as const), which, reminders: fc.option(reminders, { nil: undefined }) }),
  fc.record({ what: fc.constantFrom('mute' as const, 'unmute' as const), org }),
  fc.record({ what: fc.constantFrom('stop' as const, 'resume' as const, 'resume' as const) }),
);
export type Choice = typeof choice extends fc.Arbitrary<infer One> ? One : never;

const change = fc.oneof(
  fc.record({ what: fc.constant('move' as const), which, minutes: fc.integer({ min: -4000, max: 4000 }) }),
  fc.record({ what: fc.constantFrom('cancel' as const, 'restore' as const), which }),
  fc.record({ what: fc.constant('relocate' as const), which, place: fc.constantFrom('Room 1', 'Room 2') }),
  fc.record({ what: fc.constantFrom('rename' as const, 'publish' as const), which }),
);
export type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

const STEPS = {
  wait: fc.record({
    kind: fc.constant('wait' as const),
    minutes: fc.oneof(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 1440 }),
      fc.integer({ min: 1, max: 3600 }),
    ),
  }),
  find: fc.record({ kind: fc.constant('find' as const), events: fc.array(event, { minLength: 1, maxLength: 4 }) }),
  /** Found one by one, some minutes between them. */
  burst: fc.record({
    kind: fc.constant('burst' as const),
    minutes: fc.integer({ min: 1, max: 12 }),
    events: fc.array(event, { minLength: 6, maxLength: 9 }),
  }),
  change: fc.record({ kind: fc.constant('change' as const), change }),
  answer: fc.record({ kind: fc.constant('answer' as const), who, which, response }),
  choose: fc.record({ kind: fc.constant('choose' as const), who, choice }),
  down: fc.record({
    kind: fc.constant('down' as const),
    minutes: fc.oneof(
      fc.integer({ min: 1, max: 59 }),
      fc.integer({ min: 60, max: 1440 }),
      fc.integer({ min: 9 * 1440, max: 11 * 1440 }),
    ),
    /** Or until so many minutes before an event. */
    before: fc.option(which, { nil: undefined, freq: 1 }),
    endsMinutes: fc.integer({ min: 1, max: 120 }),
    meanwhile: fc.option(change, { nil: undefined }),
  }),
  /** Fewer than it takes to give a message up, though all befall the same one. */
  faults: fc.record({
    kind: fc.constant('faults' as const),
    faults: fc.array(fc.record({ taken: fc.boolean() }), { minLength: 1, maxLength: 6 }),
  }),
  crash: fc.record({
    kind: fc.constant('crash' as const),
    afterMinutes: fc.integer({ min: 0, max: 1440 }),
    diesIn: fc.integer({ min: 1, max: 250 }),
    downMinutes: fc.oneof(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 20, max: 900 })),
    /** Of what changed while nobody looked. */
    meanwhile: fc.option(change, { nil: undefined }),
  }),
};
export type Step = {
  [Kind in keyof typeof STEPS]: (typeof STEPS)[Kind] extends fc.Arbitrary<infer One> ? One : never;
}[keyof typeof STEPS];

/** How often each thing happens, against the others. */
export type Weights = Readonly<Record<keyof typeof STEPS, number>>;

export const anyStep = (weights: Weights): fc.Arbitrary<Step> =>
  fc.oneof(
    ...(Object.keys(STEPS) as (keyof typeof STEPS)[]).map((kind) => ({
      weight: weights[kind],
      arbitrary: STEPS[kind] as fc.Arbitrary<Step>,
    })),
  );
