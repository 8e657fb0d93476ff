import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

/** Requests to join with their answers, invites, and how often somebody typed a wrong code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRequests(db);
  await requestsOfPending(db);
  await createInvites(db);
}

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('join_requests')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('pending', 'approved', 'declined', 'withdrawn', 'superseded')`),
    )
    .addColumn('decided_at', 'text')
    .addColumn('decided_by', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addCheckConstraint('join_requests_decided', sql`(state = 'pending') = (decided_at is null)`)
    .execute();
  await db.schema
    .createIndex('join_requests_one_pending')
    .unique()
    .on('join_requests')
    .columns(['org_id', 'member_id'])
    .where(sql.ref('state'), '=', sql.lit('pending'))
    .execute();
  await db.schema
    .createIndex('join_requests_by_org')
    .on('join_requests')
    .columns(['org_id', 'state', 'asked_at'])
    .execute();
  await db.schema
    .createIndex('join_requests_by_member')
    .on('join_requests')
    .columns(['member_id', 'org_id', 'asked_at'])
    .execute();
  await db.schema.createIndex('join_requests_by_decider').on('join_requests').column('decided_by').execute();
}

/** Who asked before there were requests is waiting still. */
async function requestsOfPending(db: Kysely<unknown>): Promise<void> {
  const tables = db as Kysely<{
    memberships: { org_id: string; member_id: string; status: string; joined_at: string };
    join_requests: { id: string; org_id: string; member_id: string; asked_at: string; state: string };
  }>;
  const pending = await tables
    .selectFrom('memberships')
    .select(['org_id', 'member_id', 'joined_at'])
    .where('status', '=', 'pending')
    .execute();
  for (const { org_id, member_id, joined_at } of pending) {
    const id = randomBytes(8).toString('hex');
    await tables
      .insertInto('join_requests')
      .values({ id, org_id, member_id, asked_at: joined_at, state: 'pending' })
      .execute();
  }
}

async function createInvites(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('invites')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id'))
    .addColumn('code', 'text', (column) => column.notNull().unique())
    .addColumn('most_uses', 'integer', (column) => column.check(sql`most_uses > 0`))
    .addColumn('uses', 'integer', (column) => column.notNull().check(sql`uses >= 0`))
    .addColumn('expires_at', 'text')
    .addColumn('revoked_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('members.id').onDelete('set null'))
    // Two people who take the last use at once: the second cannot be counted, so cannot come in.
    .addCheckConstraint('invites_not_overused', sql`most_uses is null or uses <= most_uses`)
    .execute();
  await db.schema.createIndex('invites_by_org').on('invites').columns(['org_id', 'created_at']).execute();
  await db.schema.createIndex('invites_by_creator').on('invites').column('created_by').execute();

  await db.schema
    .createTable('wrong_codes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('tried_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('wrong_codes_by_member').on('wrong_codes').columns(['member_id', 'tried_at']).execute();
}
