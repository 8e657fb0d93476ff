import { DateTime } from 'luxon';

/** From when to when somebody is left alone, in minutes of the day where they are: on quarters of an hour. */
export type Quiet = readonly [from: number, to: number];

const remembered = new Map<string, DateTime>();
const MOST_REMEMBERED = 20_000;

/** Reckoned once: many members share a zone and an hour. */
function once(key: string, reckon: () => DateTime): DateTime {
  const known = remembered.get(key);
  if (known) return known;
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  const found = reckon();
  remembered.set(key, found);
  return found;
}

/** Whether the clock on the wall shows an hour in which somebody is left alone. */
export function isQuiet(at: DateTime, zone: string, quiet: Quiet | undefined): boolean {
  if (!quiet) return false;
  const [from, to] = quiet;
  const local = at.setZone(zone);
  const minute = local.hour * 60 + local.minute;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The first quarter of an hour, or this very moment, at which somebody is not left alone. */
export function quietOver(at: DateTime, zone: string, quiet: Quiet | undefined): DateTime {
  if (!isQuiet(at, zone, quiet)) return at;
  return once(`quiet ${at.toMillis()} ${zone} ${quiet}`, () => {
    let next = at.startOf('hour');
    while (next <= at || isQuiet(next, zone, quiet)) next = next.plus({ minutes: 15 });
    return next;
  });
}

/** The first moment after one at which it is 9 in the morning there, or on a Sunday 18 in the evening. */
export function nextHour(rhythm: 'daily' | 'weekly', zone: string, after: DateTime): DateTime {
  return once(`${rhythm} ${after.toMillis()} ${zone}`, () => {
    const { year, month, day } = after.setZone(zone);
    for (let ahead = 0; ; ahead += 1) {
      const on = DateTime.utc(year, month, day).plus({ days: ahead });
      if (rhythm === 'weekly' && on.weekday !== 7) continue;
      const hour = rhythm === 'weekly' ? 18 : 9;
      const at = DateTime.fromObject({ year: on.year, month: on.month, day: on.day, hour }, { zone });
      if (at > after) return at.toUTC();
    }
  });
}

/** The day that it is there. */
export function dayOf(at: DateTime, zone: string): string {
  return at.setZone(zone).toFormat('yyyy-MM-dd');
}
