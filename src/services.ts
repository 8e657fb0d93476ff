import type { Services } from './bot/rollcall-bot.js';
import type { Database } from './db/database.js';
import { createPlaces } from './db/places/sqlite-places.js';
import { createAuditService } from './domain/audit/audit-service.js';
import { createLinksService } from './domain/members/links-service.js';
import { createMembersService } from './domain/members/members-service.js';
import { createDiscoveryService } from './domain/orgs/discovery-service.js';
import { createOrgsService } from './domain/orgs/orgs-service.js';
import type { Clock } from './shared/clock.js';

/** The product's services on an open database. */
export function createServices(database: Database, clock: Clock): Services {
  const parts = { inTransaction: database.inTransaction, clock };
  const places = createPlaces();
  return {
    members: createMembersService(parts),
    orgs: createOrgsService(parts),
    audit: createAuditService(parts),
    discovery: createDiscoveryService({ inTransaction: database.inTransaction, places }),
    places,
    links: createLinksService(parts),
  };
}
