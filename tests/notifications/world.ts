import type { HeardOrg, Hearing } from '../builders/hearing.js';
import type { Happening, Life, Weather } from './life.js';

/** One world on its way: what is so in it, and whether everybody hears what they should. */
export interface World {
  on: Hearing;
  lives: Life[];
  events: Map<string, Happening>;
  weather: Weather;
  /** How many messages have been looked at. */
  seen: number;
}

/** An org by its name. */
export const orgOf = ({ on }: World, name: string) => on.orgs.find((org) => org.name === name) as HeardOrg;
/** One of the events that there are by then; nothing while there is none. */
export const some = ({ events }: World, which: number) => [...events.values()][which % Math.max(events.size, 1)];
