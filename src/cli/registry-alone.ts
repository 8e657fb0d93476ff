import type { Registry } from '../bot/registry.js';
import { createRollcallRegistry } from '../bot/rollcall-bot.js';
import { openDatabase } from '../db/database.js';
import { createServices } from '../services.js';
import { systemClock } from '../shared/clock.js';

/** The registry for reading definitions only; running a command of it finds an empty database in memory. */
export function registryAlone(): Registry {
  return createRollcallRegistry(createServices(openDatabase(':memory:'), systemClock()));
}
