import fc from 'fast-check';
import type { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { facts, testCalendar } from '../../../tests/builders/calendar.js';
import { startSyncs, utc } from '../../../tests/builders/sync.js';
import { toInstantText } from '../../shared/clock.js';
import type { FollowChanges } from './event-changes.js';

/** What hosts, lu.ma and our machine do, in any order. */
const event = fc.nat({ max: 3 });
const inDays = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }) }, fc.integer({ min: -90, max: 30 }));
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const), event, inDays }),
    fc.record({ kind: fc.constant('move' as const), event, inDays }),
    fc.record({ kind: fc.constant('rename' as const), event, title: fc.string({ minLength: 1, maxLength: 8 }) }),
    fc.record({ kind: fc.constant('remove' as const), event }),
    fc.record({ kind: fc.constant('give away' as const), event }),
    fc.record({ kind: fc.constant('unlist' as const), event }),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('sync' as const),
        afterHours: fc.integer({ min: 1, max: 72 }),
        goes: fc.constantFrom('well', 'well', 'well', 'unread', 'crash'),
      }),
    },
  ),
  { maxLength: 40, size: 'max' },
);
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

const GOOD_END: Step = { kind: 'sync', afterHours: 1, goes: 'well' };

interface Expected {
  state: 'on' | 'cancelled' | 'withdrawn';
  title: string;
  startsAtMs: number;
}

/** How the org's events must stand after a read that went well, told in the plainest way. */
function expectAfter(
  known: Map<string, Expected>,
  held: ReturnType<typeof testCalendar>,
  { nowMs, sinceMs }: { nowMs: number; sinceMs: number },
): void {
  const { events, unlisted, elsewhere } = held;
  const toExpected = (id: string): Expected | undefined => {
    const told = events.get(id)?.facts;
    return told && { state: 'on', title: told.title, startsAtMs: told.startsAt.toMillis() };
  };
  const isListed = (id: string) => !unlisted.has(id) && (toExpected(id)?.startsAtMs ?? Number.NaN) >= sinceMs;
  const missing = [...known].filter(
    ([id, { state, startsAtMs }]) => state === 'on' && startsAtMs > nowMs && !isListed(id),
  );
  for (const id of events.keys()) {
    const told = toExpected(id);
    if (told && isListed(id)) known.set(id, told);
  }
  for (const [id, before] of missing) {
    const there = toExpected(id);
    known.set(id, there ?? { ...before, state: elsewhere.has(id) ? 'withdrawn' : 'cancelled' });
  }
}

type Calendar = ReturnType<typeof testCalendar>;

/** What hosts do. */
function act(calendar: Calendar, step: Exclude<Step, { kind: 'sync' }>, now: DateTime): void {
  const lumaId = `evt-${step.event}`;
  const isHeld = calendar.events.has(lumaId);
  if (step.kind === 'add') calendar.hold(facts(lumaId, toInstantText(now.plus({ days: step.inDays }))));
  if (step.kind === 'remove') calendar.remove(lumaId);
  if (step.kind === 'give away') calendar.giveAway(lumaId);
  if (step.kind === 'unlist') calendar.unlist(lumaId);
  if (step.kind === 'rename' && isHeld) calendar.change(lumaId, { title: step.title });
  if (step.kind === 'move' && isHeld) {
    calendar.change(lumaId, { startsAt: now.plus({ days: step.inDays }), endsAt: undefined });
  }
}

it('brings any history to what the calendar holds at the next good read, and never half of it', {
  timeout: 240_000,
}, async () => {
  await fc.assert(fc.asyncProperty(steps, follow), { numRuns: 150 });
});

async function follow(history: Step[]): Promise<void> {
  let isCrashing = false;
  const crash: FollowChanges = async () => {
    if (isCrashing) throw new Error('The process ends here.');
  };
  const world = await startSyncs({ follow: [crash] });
  const calendar = testCalendar('api');
  const id = await world.connect(calendar.source, 'api');
  const known = new Map<string, Expected>();
  let now = utc('2026-03-01T10:00:00Z');
  let isFirst = true;
  const rows = async () => [...(await world.events()).values()];
  try {
    for (const step of [...history, GOOD_END]) {
      if (step.kind !== 'sync') {
        act(calendar, step, now);
        continue;
      }
      now = now.plus({ hours: step.afterHours });
      const before = await rows();
      calendar.fail(step.goes === 'unread' ? 'unavailable' : undefined);
      isCrashing = step.goes === 'crash';
      const outcome = await world.syncs.syncSource(id, { now, force: true });
      if (isCrashing) world.restart();
      if (outcome.kind !== 'synced') {
        expect(await rows()).toEqual(before);
        continue;
      }
      const sinceMs = isFirst ? Number.NEGATIVE_INFINITY : now.minus({ days: 60 }).toMillis();
      expectAfter(known, calendar, { nowMs: now.toMillis(), sinceMs });
      isFirst = false;
      const found = (await rows()).map((row) => [row.luma_id, plainly(row)]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(known));
    }
  } finally {
    await world.stop();
  }
}

const plainly = ({ state, title, starts_at }: { state: string; title: string; starts_at: string }) => ({
  state,
  title,
  startsAtMs: Date.parse(starts_at),
});
