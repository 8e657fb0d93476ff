import { type Kysely, sql } from 'kysely';

/** Who came to what: a trail of marks, what counts of them, who was asked, and what they said of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMarks(db);
  await createAttendance(db);
  await createFeedback(db);
  await createPrompts(db);
}

/** Rows are only ever added. `none` takes back what the same source said before. */
async function createMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attendance_marks')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('attended', 'partial', 'absent', 'none')`),
    )
    .addColumn('source', 'text', (column) =>
      column.notNull().check(sql`source in ('member', 'admin', 'luma_checkin', 'program')`),
    )
    .addColumn('marked_by', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addColumn('marked_at', 'text', (column) => column.notNull())
    .addCheckConstraint('attendance_marks_by', sql`marked_by is null or source in ('admin', 'program')`)
    .execute();
  await db.schema
    .createIndex('attendance_marks_of')
    .on('attendance_marks')
    .columns(['event_id', 'member_id', 'id'])
    .execute();
  await db.schema
    .createIndex('attendance_marks_by_member')
    .on('attendance_marks')
    .columns(['member_id', 'event_id'])
    .execute();
  await db.schema.createIndex('attendance_marks_by_marker').on('attendance_marks').column('marked_by').execute();
}

async function createAttendance(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attendance')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('attended', 'partial', 'absent', 'unknown')`),
    )
    .addColumn('source', 'text', (column) =>
      column.check(sql`source in ('member', 'admin', 'luma_checkin', 'program')`),
    )
    .addColumn('marked_at', 'text')
    .addColumn('prompts', 'integer', (column) => column.notNull().defaultTo(0).check(sql`prompts between 0 and 2`))
    .addColumn('again_at', 'text')
    .addColumn('deferred_at', 'text')
    .addColumn('declined_at', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0).check(sql`revision >= 0`))
    .addPrimaryKeyConstraint('attendance_key', ['event_id', 'member_id'])
    .addCheckConstraint(
      'attendance_known',
      sql`(status = 'unknown') = (source is null) and (source is null) = (marked_at is null)`,
    )
    .execute();
  await db.schema.createIndex('attendance_by_member').on('attendance').column('member_id').execute();
  // People who were erased, in numbers.
  await db.schema
    .createTable('erased_attendance')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('attended', 'partial', 'absent', 'unknown')`),
    )
    .addColumn('people', 'integer', (column) => column.notNull().check(sql`people > 0`))
    .addPrimaryKeyConstraint('erased_attendance_key', ['event_id', 'status'])
    .execute();
}

async function createFeedback(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feedback')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('stars', 'integer', (column) => column.check(sql`stars between 1 and 5`))
    // JSON: each answer with the question as it was put.
    .addColumn('answers', 'text')
    .addColumn('given_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['event_id', 'member_id'])
    .execute();
  await db.schema.createIndex('feedback_by_member').on('feedback').column('member_id').execute();
}

async function createPrompts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('orgs')
    .addColumn('prompt_after_hours', 'integer', (column) =>
      column.notNull().defaultTo(2).check(sql`prompt_after_hours between 1 and 4`),
    )
    .execute();
  await db.schema
    .createTable('prompt_rounds')
    .addColumn('event_id', 'text', (column) =>
      column.primaryKey().notNull().references('events.id').onDelete('cascade'),
    )
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('unasked_orgs')
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id').onDelete('cascade'))
    .addColumn('since', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('unasked_orgs_key', ['member_id', 'org_id'])
    .execute();
  await db.schema.createIndex('unasked_orgs_by_org').on('unasked_orgs').column('org_id').execute();
  // What ended a while ago; among those without an end, what began.
  await db.schema.createIndex('events_by_end').on('events').columns(['ends_at', 'starts_at', 'state']).execute();
  // The key of an earlier message to the same member, which this one changes.
  await db.schema.alterTable('deliveries').addColumn('edits_key', 'text').execute();
}
