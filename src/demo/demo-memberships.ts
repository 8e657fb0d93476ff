import { DateTime } from 'luxon';
import type { DemoMembership } from './demo-member.js';
import { DEMO_ORGS, type DemoOrg } from './demo-orgs.js';
import type { SeededRandom } from './random.js';

const LARGEST_ORG = 25;
/** Leaves room for those who come by way of another org, and for the members written by hand. */
const LARGEST_HOME = 20;
const CORE_SIZE = 2;
/** Orgs that the playground shows first, so they are never among the small ones. */
const POPULAR: Record<string, number> = { baish: 18, 'bengaluru-safety-studio': 12, 'lisboa-alinhada': 8, larr: 7 };

// A day inside the eighteen months on either side: a morning in Auckland is still the day before in UTC.
const FIRST_DAY = DateTime.fromISO('2025-05-02T00:00:00.000Z', { zone: 'utc' });
const LAST_DAY = DateTime.fromISO('2026-10-30T00:00:00.000Z', { zone: 'utc' });
const WHOLE_DAYS = LAST_DAY.diff(FIRST_DAY, 'days').days;
const FOUNDING_DAYS = 120;

/** A member to be: the org they came for, and whether they were the first or second there. */
export interface HomePlace {
  org: DemoOrg;
  rank: number;
}

/** Who has come for which org: two at the least for each, a request at those that approve, then a long tail. */
export function homePlaces(count: number, random: SeededRandom): HomePlace[] {
  const places = DEMO_ORGS.flatMap((org) =>
    Array.from({ length: org.joinPolicy === 'approval' ? CORE_SIZE + 1 : CORE_SIZE }, (_, rank) => ({ org, rank })),
  );
  const sizes = new Map<string, number>();
  for (const { org } of places) sizes.set(org.key, (sizes.get(org.key) ?? 0) + 1);
  const lots = DEMO_ORGS.flatMap((org) => Array<DemoOrg>(POPULAR[org.key] ?? longTail(random)).fill(org));
  while (places.length < count) {
    const org = random.pick(lots);
    const rank = sizes.get(org.key) ?? 0;
    if (rank >= LARGEST_HOME) continue;
    sizes.set(org.key, rank + 1);
    places.push({ org, rank });
  }
  return places;
}

/** Mostly 1 or 2, seldom up to 6. */
function longTail(random: SeededRandom): number {
  return Math.ceil(0.6 / (0.1 + random.next()));
}

/**
 * Gives members their stays, and keeps count so that no org outgrows the demo.
 *
 * @param startSizes by org key, with all who come for that org, drawn or not yet.
 */
export function createMembershipDraw(startSizes: ReadonlyMap<string, number>, random: SeededRandom) {
  const sizes = new Map(startSizes);

  function home({ org, rank }: HomePlace, zone: string): DemoMembership {
    if (rank < CORE_SIZE) {
      const role = rank === 0 || random.chance(0.2) ? 'admin' : 'member';
      return { org: org.key, role, status: 'active', joinedAt: joinedBetween(0, FOUNDING_DAYS, zone, random) };
    }
    const isFirstRequest = org.joinPolicy === 'approval' && rank === CORE_SIZE;
    const status = isFirstRequest ? 'pending' : statusAt(org, random);
    const joinedAt = joinedBetween(earliestDay(status), WHOLE_DAYS, zone, random);
    return { org: org.key, role: 'member', status, joinedAt };
  }

  function further(first: HomePlace, firstJoinedAt: string, zone: string): DemoMembership[] {
    const since = DateTime.fromISO(firstJoinedAt, { zone: 'utc' }).diff(FIRST_DAY, 'days').days;
    if (since > WHOLE_DAYS - 2) return [];
    return furtherOrgs(first.org, random)
      .filter((org) => (sizes.get(org.key) ?? 0) < LARGEST_ORG)
      .map((org) => {
        const status = statusAt(org, random);
        const from = Math.max(Math.ceil(since), earliestDay(status));
        sizes.set(org.key, (sizes.get(org.key) ?? 0) + 1);
        return { org: org.key, role: 'member', status, joinedAt: joinedBetween(from, WHOLE_DAYS, zone, random) };
      });
  }

  return { home, further };
}

/** Neighbours in the same country, then orgs that meet online; none for about half of the members. */
function furtherOrgs(first: DemoOrg, random: SeededRandom): DemoOrg[] {
  const sameCity = DEMO_ORGS.filter((org) => org !== first && org.city && org.city === first.city);
  const sameCountry = DEMO_ORGS.filter(
    (org) => org !== first && org.city && org.city !== first.city && org.city.country === first.city?.country,
  );
  const online = DEMO_ORGS.filter((org) => org.isGlobal && org !== first);
  return [
    ...(random.chance(0.6) ? random.sample(sameCity, 1) : []),
    ...(random.chance(0.2) ? random.sample(sameCountry, 1) : []),
    ...(random.chance(0.22) ? random.sample(online, 1) : []),
  ];
}

function statusAt(org: DemoOrg, random: SeededRandom): DemoMembership['status'] {
  if (org.joinPolicy === 'approval' && random.chance(0.2)) return 'pending';
  return random.chance(0.07) ? 'left' : 'active';
}

/** Requests are answered within weeks, so those still waiting are fresh. */
function earliestDay(status: DemoMembership['status']): number {
  return status === 'pending' ? WHOLE_DAYS - 21 : 0;
}

/** An instant in the waking hours of the zone; later days a little likelier, as groups grow. */
function joinedBetween(fromDay: number, toDay: number, zone: string, random: SeededRandom): string {
  const day = fromDay + Math.floor((toDay - fromDay) * random.next() ** 0.8);
  const { year, month, day: dayOfMonth } = FIRST_DAY.plus({ days: day });
  const local = { year, month, day: dayOfMonth, hour: random.between(8, 21), minute: random.between(0, 59) };
  return DateTime.fromObject(local, { zone }).toUTC().toISO() ?? '';
}
