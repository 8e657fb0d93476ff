import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Event } from '../src/domain/events/event.js';
import type { ChangedEvent } from '../src/domain/events/event-changes.js';
import { type Announcing, calledOff, changedTo, movedBy, startAnnouncing } from './builders/announcing.js';

/** One thing that happens to the calendar or to us between two runs of the sync. */
type Step =
  | { kind: 'new'; events: number }
  | { kind: 'move' | 'rename' | 'cancel' | 'back'; which: number }
  | { kind: 'wait'; minutes: number }
  | { kind: 'outage'; tries: number }
  /** A run ends here; what is due goes out now, or only after the next run. */
  | { kind: 'run'; isSent: boolean };

const which = fc.nat({ max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('new' as const), events: fc.integer({ min: 1, max: 8 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('move' as const, 'rename' as const, 'cancel' as const, 'back' as const),
      which,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), tries: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('run' as const), isSent: fc.boolean() }) },
);

/** The calendar as it would be synced: what changed since the last run. */
function calendar(on: Announcing) {
  const known = new Map<string, Event>();
  const now = new Map<string, Event>();
  let number = 0;
  const change = (position: number, make: (event: Event) => Event) => {
    const event = [...now.values()][position % Math.max(now.size, 1)];
    if (event) now.set(event.id, make(event));
  };
  return {
    all: () => [...now.values()],
    apply(step: Step): void {
      if (step.kind === 'new') {
        for (let count = 0; count < step.events; count += 1) {
          number += 1;
          const event = on.event({ title: `Event ${number}.`, startsAt: on.clock.now().plus({ days: 20 + number }) });
          now.set(event.id, event);
        }
      }
      if (step.kind === 'move') change(step.which, (event) => movedBy(event, { hours: 1 }).after);
      if (step.kind === 'rename') change(step.which, (event) => ({ ...event, title: `${event.title}!` }));
      if (step.kind === 'cancel') change(step.which, calledOff);
      if (step.kind === 'back') change(step.which, (event) => ({ ...event, state: 'on' }));
    },
    run() {
      const added: Event[] = [];
      const changed: ChangedEvent[] = [];
      const cancelled: Event[] = [];
      for (const [id, event] of now) {
        const before = known.get(id);
        if (!before && event.state === 'on') added.push(event);
        if (!before && event.state !== 'on') now.delete(id);
        if (before?.state === 'on' && event.state !== 'on') cancelled.push(event);
        else if (before) changed.push(...changeOf(before, event));
      }
      known.clear();
      for (const [id, event] of now) known.set(id, event);
      return { added, changed, cancelled };
    },
  };
}

function changeOf(before: Event, after: Event): ChangedEvent[] {
  const what: ChangedEvent['what'][number][] = [];
  if (after.state !== 'on') return [];
  if (before.state !== 'on') what.push('back');
  if (before.startsAt.toMillis() !== after.startsAt.toMillis()) what.push('moved');
  if (before.title !== after.title) what.push('renamed');
  return what.length > 0 ? [changedTo(before, after, ...what)] : [];
}

const mentions = (text: string, event: Event) =>
  new RegExp(`${event.title.replace(/[.!]/gu, '\\$&')}(?![.!\\d])`).test(text);

async function check(on: Announcing, steps: readonly Step[]): Promise<void> {
  const events = calendar(on);
  let runs = 0;
  for (const one of [...steps, { kind: 'run', isSent: true } as const]) {
    if (one.kind === 'wait') on.after({ minutes: one.minutes });
    else if (one.kind === 'outage')
      on.far.faults.next = Array.from({ length: one.tries }, () => ({ kind: 'retry-later' }));
    else if (one.kind === 'run') {
      on.after({ minutes: 1 });
      await on.write(events.run());
      runs += 1;
      if (one.isSent) await on.settle();
      expect(on.far.replies().length).toBeLessThanOrEqual(runs);
    } else events.apply(one);
  }
  on.far.faults.next = [];
  on.after({ hours: 2 });
  await on.settle();

  const cards = on.far.cards();
  for (const event of events.all().filter(({ state }) => state === 'on')) {
    const own = cards.filter(({ view }) => view.title === event.title);
    const summaries = cards.filter(({ text, view }) => view.title !== event.title && mentions(text, event));
    const isBeyondTheList = cards.some(({ text }) => text.includes('more event'));
    expect(own.length + summaries.length, event.title).toBeLessThanOrEqual(1);
    if (!isBeyondTheList) expect(own.length + summaries.length, event.title).toBe(1);
    const at = event.startsAt.toUTC().toFormat("yyyy-MM-dd HH:mm 'UTC'");
    for (const { text } of [...own, ...summaries]) expect(text).toContain(at);
  }
  for (const event of events.all().filter(({ state }) => state !== 'on')) {
    for (const { text } of cards.filter(({ view }) => view.title === event.title)) expect(text).toContain('Cancelled.');
  }
}

it('announces each event once, and every post ends up showing how things are, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const on = await startAnnouncing();
      try {
        await check(on, steps);
      } finally {
        await on.stop();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
