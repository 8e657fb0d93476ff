/** For programs that start Rollcall themselves, with commands of their own. */
export { command } from '../bot/registry.js';
export { show } from '../bot/reply.js';
export { message } from '../bot/views.js';
export { readConfig } from '../config.js';
export { startRollcall } from '../main.js';
export { createLogger } from '../shared/logger.js';
