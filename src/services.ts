import type { Services } from './bot/rollcall-bot.js';
import type { Database } from './db/database.js';
import { createLinksService } from './domain/members/links-service.js';
import { createMembersService } from './domain/members/members-service.js';
import { createOrgsService } from './domain/orgs/orgs-service.js';
import type { Clock } from './shared/clock.js';

/** The product's services on an open database. */
export function createServices(database: Database, clock: Clock): Services {
  const parts = { inTransaction: database.inTransaction, clock };
  return { members: createMembersService(parts), orgs: createOrgsService(parts), links: createLinksService(parts) };
}
