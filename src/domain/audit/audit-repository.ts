import type { OrgId } from '../ids.js';
import type { Page } from '../orgs/org.js';
import type { AuditEntry, NewAuditEntry } from './audit.js';

/** Storage of what was changed, by whom. Entries are only ever added. */
export interface AuditRepository {
  add(entry: NewAuditEntry): Promise<void>;
  /** An org's log, newest first. A page beyond the last gives the last. */
  list(orgId: OrgId, at: { page: number; pageSize: number }): Promise<Page<AuditEntry>>;
}
