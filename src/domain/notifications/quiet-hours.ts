import type { DateTime } from 'luxon';

/** From when to when a member is left alone, as hours and minutes on the clock where they are. */
export interface QuietHours {
  from: { hour: number; minute: number };
  to: { hour: number; minute: number };
}

/** What holds until somebody chooses otherwise (product.md section 6). */
export const USUAL_QUIET_HOURS: QuietHours = { from: { hour: 22, minute: 0 }, to: { hour: 8, minute: 0 } };

/**
 * When quiet hours end for this member, in their zone: the given instant itself outside of them. On a clock change the
 * later hour counts: where 01:30 comes twice and ends them, they end at the second.
 *
 * @param zone an IANA name.
 */
export function endOfQuietHours(now: DateTime, zone: string, { from, to }: QuietHours = USUAL_QUIET_HOURS): DateTime {
  const local = now.setZone(zone);
  const today = local.startOf('day');
  const isOverNight = minuteOf(to) <= minuteOf(from);
  for (const days of [-1, 0]) {
    const day = today.plus({ days });
    const start = day.set(from);
    const end = latest((isOverNight ? day.plus({ days: 1 }) : day).set(to));
    // Where the clock goes forward past that hour, they begin with what it shows then.
    const hasBegun = start <= now || (days === 0 && minuteOf(local) >= minuteOf(from));
    if (hasBegun && now < end) return end.toUTC();
  }
  return now.toUTC();
}

const minuteOf = ({ hour, minute }: { hour: number; minute: number }): number => hour * 60 + minute;

/** Of the instants that the clock shows alike, the last. */
function latest(local: DateTime): DateTime {
  return local.getPossibleOffsets().reduce((one, other) => (other > one ? other : one));
}
