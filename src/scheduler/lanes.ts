import { setTimeout as wait } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import PQueue from 'p-queue';
import { PLATFORMS, type PlatformName } from '../domain/members/account.js';
import type { Held, Pace, Pacing, Platform } from '../platforms/platform.js';
import type { Clock } from '../shared/clock.js';
import type { Address } from './sending.js';

/** The sorts of message that platforms count apart. */
const SORTS = ['known', 'opening', 'edit'] as const;
type Sort = (typeof SORTS)[number];

/** What stands in one queue, because its platform counts it together. */
interface LaneName {
  platform: PlatformName;
  sort: Sort;
  /** The server or workspace, where each is counted apart. */
  space: string;
}

/** Where deliveries stand that no running platform can take just now: each is looked at, and tried again later. */
export const NO_LANE = 'none';

/** The pace of a platform that asks for none. */
const FREE: Pace = { most: 10, withinMs: 0 };

/** In how many steps a pace is gone through, so that not all of it begins in one instant. */
const STEPS = 8;

/** A queue with its pace. */
export interface Lane {
  key: string;
  /** Each place in it is taken from the begin of a message until its platform counts it no longer. */
  queue: PQueue;
  /** For how long after its answer a message counts, in milliseconds. */
  countsMs: number;
  /** How many are claimed ahead: what has begun to wait is the business of this process alone. */
  ahead: number;
  /** Until when nothing is sent, as the platform asked for. */
  heldUntil: DateTime | undefined;
}

export type Lanes = ReturnType<typeof createLanes>;

/** The queues of all platforms that run; each is made when something stands in it. */
export function createLanes({
  platforms,
  clock,
}: {
  platforms: readonly Pick<Platform, 'name' | 'pacing'>[];
  clock: Clock;
}) {
  const lanes = new Map<string, Lane>();
  const pacingOf = (name: string) => platforms.find((platform) => platform.name === name)?.pacing;

  const open = (key: string): Lane => {
    const known = lanes.get(key);
    if (known) return known;
    const name = readLane(key);
    const { most, withinMs } = paceOf(name && pacingOf(name.platform), name?.sort ?? 'known');
    const lane: Lane = {
      key,
      queue: new PQueue({ concurrency: most, ...steps(most, withinMs) }),
      countsMs: withinMs,
      ahead: Math.ceil(most / STEPS),
      heldUntil: undefined,
    };
    lanes.set(key, lane);
    return lane;
  };

  /** The lanes that wait together with this one. */
  const alike = (key: string, holds: Held): Lane[] => {
    const name = readLane(key);
    if (!name || holds === 'alike') return [open(key)];
    if (holds === 'openings') return [open(laneKey({ ...name, sort: 'opening' }))];
    return SORTS.map((sort) => open(laneKey({ ...name, sort })));
  };

  return {
    open,

    /** In which lane a delivery to that address stands. */
    keyFor(address: Address): string {
      const wanted = wantedLane(address);
      if (!wanted || !platforms.some(({ name }) => name === wanted.platform)) return NO_LANE;
      const pacing = pacingOf(wanted.platform);
      const sort = pacing?.[wanted.sort] ? wanted.sort : 'known';
      return laneKey({ platform: wanted.platform, sort, space: pacing?.isPerSpace ? wanted.space : '' });
    },

    isHeld: ({ heldUntil }: Lane): boolean => heldUntil !== undefined && heldUntil > clock.now(),

    /** Lets a lane and what goes with it wait until an instant; says which lanes wait longer now than before. */
    hold(key: string, holds: Held, until: DateTime): Lane[] {
      const longer = alike(key, holds).filter(({ heldUntil }) => heldUntil === undefined || heldUntil < until);
      for (const lane of longer) lane.heldUntil = until;
      return longer;
    },

    /** The least time between two messages into one conversation of that lane's, in milliseconds. */
    conversationMs: (key: string): number => pacingOf(readLane(key)?.platform ?? '')?.conversationMs ?? 0,

    all: (): Lane[] => [...lanes.values()],
  };
}

/**
 * Runs work when there is room for it in the lane. The place is free again only once the platform counts it no longer.
 *
 * @param work says when the platform has answered; what it does after that takes up no more of the pace.
 */
export function takePlace<Result>(lane: Lane, work: (onAnswered: () => void) => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    void lane.queue.add(async () => {
      let answeredMs: number | undefined;
      const onAnswered = () => {
        answeredMs = performance.now();
      };
      await work(onAnswered).then(resolve, reject);
      const sinceMs = answeredMs === undefined ? 0 : performance.now() - answeredMs;
      await wait(Math.max(0, lane.countsMs - sinceMs), undefined, { ref: false });
    });
  });
}

/** What a lane is, in names of our own only: no server and no workspace. */
export function sortOfLane(key: string): { platform: string; sort: string } {
  const { platform, sort } = readLane(key) ?? { platform: 'none', sort: 'known' };
  return { platform, sort };
}

function wantedLane(address: Address): LaneName | undefined {
  switch (address.to) {
    case 'member': {
      const { account, directChannelId } = address.identity ?? {};
      const sort = address.edits !== undefined ? 'edit' : directChannelId === undefined ? 'opening' : 'known';
      return account && { platform: account.platform, sort, space: account.teamId };
    }
    case 'channel': {
      const { platform, externalId: space } = address.channel;
      return { platform, sort: address.act.do === 'edit' ? 'edit' : 'known', space };
    }
    case 'calendar':
      return { platform: address.space.platform, sort: 'known', space: address.space.externalId };
  }
}

function laneKey({ platform, sort, space }: LaneName): string {
  return `${platform}:${sort}:${space}`;
}

function readLane(key: string): LaneName | undefined {
  const [platform, sort, ...space] = key.split(':');
  const knownPlatform = PLATFORMS.find((one) => one === platform);
  const knownSort = SORTS.find((one) => one === sort);
  return knownPlatform && knownSort && { platform: knownPlatform, sort: knownSort, space: space.join(':') };
}

function paceOf(pacing: Pacing | undefined, sort: Sort): Pace {
  return pacing?.[sort] ?? pacing?.known ?? FREE;
}

function steps(most: number, withinMs: number) {
  return withinMs === 0 ? {} : { strict: true, intervalCap: Math.ceil(most / STEPS), interval: withinMs / STEPS };
}
