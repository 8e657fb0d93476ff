import { DateTime } from 'luxon';
import { type MovableClock, toInstantText } from '../../shared/clock.js';
import type { Move } from './requests.js';
import type { WireClock } from './wire.js';

/** A job that ran while the clock moved, with its own words on what came of it. */
export interface JobRan {
  job: string;
  outcome: string;
}

/** Moves the product to an instant; may tell which jobs ran on the way. */
export type MoveTo = (instant: DateTime) => Promise<readonly JobRan[] | undefined> | Promise<void>;

/** Why the clock does not move, in words for the person at it. */
export class MoveProblem extends Error {
  override readonly name = 'MoveProblem';
}

export type ClockMoves = ReturnType<typeof createClockMoves>;

const MORNING_HOUR = 9;

/** Moves the product's clock, one move at a time, and tells how far a move has come. */
export function createClockMoves({ clock, moveTo }: { clock: MovableClock; moveTo: MoveTo }) {
  let moving: { from: DateTime; to: DateTime } | undefined;
  return {
    /** The present, and the move under way. */
    state(): WireClock {
      const shown = { now: toInstantText(clock.now()), aheadMs: clock.aheadMs() };
      return moving ? { ...shown, moving: { from: toInstantText(moving.from), to: toInstantText(moving.to) } } : shown;
    },

    isMoving: () => moving !== undefined,

    /**
     * Moves ahead, with all that falls due on the way.
     *
     * @param zone the person's own: "next morning" is theirs.
     * @throws MoveProblem for a time that is past, too far ahead, or no time at all, and while another move runs.
     */
    async move(move: Move, zone: string): Promise<readonly JobRan[]> {
      if (moving) throw new MoveProblem('The clock is moving already. Give it a moment.');
      const from = clock.now();
      const to = targetOf(move, from.setZone(zone));
      if (!to.isValid) throw new MoveProblem('That is no time on this calendar.');
      if (to < from) throw new MoveProblem('The clock only moves forward. To go back, restart Rollcall.');
      if (to > from.plus({ days: 366 })) throw new MoveProblem('That is too far for one move: a year at most.');
      moving = { from, to };
      try {
        return (await moveTo(to.toUTC())) ?? [];
      } finally {
        moving = undefined;
      }
    },
  };
}

/** Where a move leads, from a present that is in the person's zone. Days are calendar days, across clock changes too. */
function targetOf(move: Move, here: DateTime): DateTime {
  if ('local' in move) return DateTime.fromISO(move.local, { zone: here.zone });
  switch (move.step) {
    case 'hour':
      return here.plus({ hours: 1 });
    case 'day':
      return here.plus({ days: 1 });
    case 'week':
      return here.plus({ weeks: 1 });
    case 'morning': {
      const today = here.set({ hour: MORNING_HOUR, minute: 0, second: 0, millisecond: 0 });
      return today > here ? today : today.plus({ days: 1 });
    }
  }
}
