import { setTimeout as wait } from 'node:timers/promises';

/** Which requests a fault meets: part of `METHOD /route`, or a pattern over it; none meets every request. */
export type RouteMatch = string | RegExp;

/** What goes wrong with a request. */
export type Fault =
  | { kind: 'fail'; status: number }
  | { kind: 'rate-limit'; retryAfterMs: number; scope: 'user' | 'global' | 'shared' }
  | { kind: 'drop'; isHandled: boolean; isReset: boolean }
  | { kind: 'delay'; delayMs: number };

interface Planned {
  fault: Fault;
  route: RouteMatch | undefined;
  left: number;
}

/** Faults waiting for the requests they will meet, the oldest first. */
export function createFaults() {
  const planned: Planned[] = [];

  return {
    plan(times: number, fault: Fault, route?: RouteMatch): void {
      planned.push({ fault, route, left: times });
    },

    /** The fault this request meets, used up by it. A delay is waited out here and lets the request go on. */
    async meet(request: string): Promise<Exclude<Fault, { kind: 'delay' }> | undefined> {
      for (const entry of planned.filter(({ left, route }) => left > 0 && matches(request, route))) {
        entry.left -= 1;
        if (entry.fault.kind !== 'delay') return entry.fault;
        await wait(entry.fault.delayMs);
      }
      return undefined;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

function matches(request: string, route: RouteMatch | undefined): boolean {
  if (route === undefined) return true;
  return typeof route === 'string' ? request.includes(route) : route.test(request);
}
