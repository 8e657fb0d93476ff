import type { Connection } from './database.js';

/** Counts the active members of these orgs anew; whoever writes memberships calls it in the same transaction. */
export async function recountActiveMembers(db: Connection, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length === 0) return;
  await db
    .updateTable('orgs')
    .set((set) => ({
      active_members: set
        .selectFrom('memberships')
        .select((select) => select.fn.countAll<number>().as('active'))
        .whereRef('memberships.org_id', '=', 'orgs.id')
        .where('memberships.status', '=', 'active'),
    }))
    .where('id', 'in', [...orgIds])
    .execute();
}
