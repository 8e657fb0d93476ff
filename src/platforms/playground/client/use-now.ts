import { useEffect, useRef, useState } from 'preact/hooks';
import type { WireClock } from '../wire.js';

const TICK_MS = 5_000;

/** The product's present in milliseconds: what the server last said, and what has passed since. */
export function useNow(clock: WireClock | undefined): number {
  const said = useRef<{ clock: WireClock | undefined; heardAt: number }>({ clock: undefined, heardAt: 0 });
  const [, tick] = useState(0);
  if (said.current.clock !== clock) said.current = { clock, heardAt: performance.now() };
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!clock) return Date.now();
  return Date.parse(clock.now) + (performance.now() - said.current.heardAt);
}
