import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { anOrg } from '../../tests/builders/orgs.js';
import { type Database, migrate, openDatabase } from './database.js';
import type { Schema } from './schema.js';
import { backupSqlite, checkIntegrity, isInUse } from './sqlite-dialect.js';
import { SQLite } from './sqlite-driver.js';

let folder: string;
let file: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-db-'));
  file = join(folder, 'deep', 'rollcall.db');
  database = openDatabase(file);
  await migrate(database.connection);
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The columns as the code believes them to be; `satisfies` keeps the list whole. */
const COLUMNS = {
  members:
    'career_stage city_country city_latitude city_longitude city_name city_region city_zone consented_at headline id is_attendance_shared is_location_discoverable is_profile_shared locale looking_for name skills stopped_at zone',
  identities: 'account_id direct_channel_id id member_id platform reach team_id',
  orgs: 'active_members city_country city_latitude city_longitude city_name city_region city_zone created_at description feedback_questions feedback_visibility folded_city folded_name id is_global is_hidden is_listed join_policy languages listed_after_review name prompt_after_hours search_text sends_recaps slug type website',
  org_numbers: 'number org_id',
  spaces: 'connected_at external_id org_id platform',
  connect_codes: 'code_hash expires_at org_id used_at',
  audit_entries: 'action actor_id actor_kind after at before id org_id subject_kind subject_member_id subject_text',
  memberships: 'joined_at left_at member_id muted_at org_id role status',
  notification_choices:
    'frequency member_id next_digest_at quiet_from quiet_to reach_told_at reminders types zone_asked_at',
  event_reminders: 'event_id member_id reminders',
  told_events: 'event_id member_id occasion',
  mailings: 'due_at event_id finished_at id kind occasion payload reached',
  link_codes: 'code_hash expires_at identity_id member_id typed_by',
  member_links:
    'absorbed_id asked_identity_id asked_name confirmed_identity_id confirmed_name id journal linked_at member_id',
  join_requests: 'asked_at decided_at decided_by id member_id org_id state',
  invites: 'code created_at created_by expires_at id most_uses org_id revoked_at uses',
  wrong_codes: 'id member_id tried_at',
  deliveries:
    'act attempts channel_id dedupe_key due_at edits_key failures id identity_id kind lane last_error member_id next_try_at of_key payload sent_at sent_channel_id sent_message_id space_id space_platform state unsure_since',
  event_sources:
    'calendar_id connected_at connected_by etag failures feed_url first_synced_at guests_problem id kind last_counts last_problem last_run_at last_success_at name next_sync_at org_id page_url runs sealed_api_key sealed_webhook_secret webhook_id webhook_url zone',
  webhook_receipts: 'received_at source_id webhook_id',
  events:
    'changed_at chosen_type described_at description ends_at fingerprint first_seen_at folded_title id is_all_day is_foreign latitude longitude luma_id missed_reads org_id place_city place_kind place_name sequence source_id starts_at state title type url visibility zone',
  event_changes: 'after at before event_id id what',
  responses: 'event_id member_id responded_at response said said_at source',
  personal_links: 'event_id made_at member_id token',
  former_links: 'event_id member_id token',
  attendance: 'again_at declined_at deferred_at event_id marked_at member_id prompts revision source status',
  attendance_marks: 'event_id id marked_at marked_by member_id source status',
  erased_attendance: 'event_id people status',
  feedback: 'answers event_id given_at member_id stars visibility',
  prompt_rounds: 'asked_at event_id',
  recaps: 'due_at event_id member_id',
  unasked_orgs: 'member_id org_id since',
  guest_reads: 'event_id read_at',
  guests:
    'changed_at checked_in_at email_hash event_id joined_online_at link_token luma_guest_id luma_user_id matched_by member_id name registered_at status',
  member_emails: 'email_hash learnt_at member_id vouched_by',
  calendar_feeds: 'id made_at member_id sealed_token token_hash',
  kept_payloads: 'kept_at key payload',
  facts: 'name value',
  job_runs: 'failures finished_at job number outcome started_at state succeeded_at took_ms watermark_at',
  job_leases: 'holder job until',
  slack_installations: 'id installed_at is_enterprise name revoked_at sealed_bot',
  slack_enterprise_teams: 'installation_id team_id',
  announce_channels: 'channel_id is_mirrored name off_because off_since org_id platform set_at set_by space_id',
  announcements: 'channel_id event_id is_summary planned_at platform post_key space_id state',
  event_mirrors: 'event_id made_key platform space_id',
} satisfies Record<keyof Schema, string>;

describe('the database', () => {
  it('has the tables and columns that the code is typed for', async () => {
    const tables = await database.connection.introspection.getTables();
    const found = Object.fromEntries(
      // The search index and what it keeps for itself are SQLite's own.
      tables
        .filter(({ name }) => !name.startsWith('org_search'))
        .map(({ name, columns }) => [
          name,
          columns
            .map((column) => column.name)
            .sort()
            .join(' '),
        ]),
    );
    expect(found).toEqual(COLUMNS);
  });

  it('is opened with the settings that the code relies on', () => {
    expect(database.sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(database.sqlite.pragma('busy_timeout', { simple: true })).toBe(5000);
    expect(database.sqlite.pragma('secure_delete', { simple: true })).toBe(1);
  });

  it('makes every table of the product strict', () => {
    const tables = database.sqlite
      .prepare("select name, strict from pragma_table_list where schema = ? and type = 'table'")
      .all('main') as {
      name: string;
      strict: number;
    }[];
    const loose = tables.filter(({ name, strict }) => strict === 0 && !/^(sqlite_|kysely_)/.test(name));
    expect(loose).toEqual([]);
    expect(() => database.sqlite.exec("insert into facts (name, value) values ('x', x'00ff')")).toThrow(
      /cannot store BLOB value in TEXT column/,
    );
  });

  it('runs no migration twice', async () => {
    expect(await migrate(database.connection)).toEqual([]);
  });

  it('undoes a transaction that fails, as a whole', async () => {
    const member = aMember();
    await expect(
      database.inTransaction(async ({ members }) => {
        await members.add(member);
        throw new Error('stopped in between');
      }),
    ).rejects.toThrow('stopped in between');
    await expect(database.inTransaction(({ members }) => members.get(member.id))).rejects.toThrow('members.unknown');
  });

  it('takes the write lock at the start, so that a reader that turns writer never fails beside another process', async () => {
    const other = new SQLite(file, { timeout: 0 });
    await database.inTransaction(async ({ orgs }) => {
      await orgs.isEmpty();
      expect(() => other.exec("insert into facts (name, value) values ('a', 'b')")).toThrow(/locked/);
    });
    other.exec("insert into facts (name, value) values ('a', 'b')");
    other.close();
  });

  it('is tended to in its turn, beside a transaction that is open', async () => {
    const adding = database.inTransaction(({ orgs }) => orgs.add(anOrg({ name: 'Meanwhile' })));
    await Promise.all([adding, database.tend()]);
    expect(statSync(`${file}-wal`).size).toBe(0);
  });

  it('can be copied while it is open, and the copy is sound', async () => {
    const org = anOrg({ name: 'Kept' });
    await database.inTransaction(({ orgs }) => orgs.add(org));
    const copy = join(folder, 'copy.db');
    await backupSqlite(database.sqlite, copy);
    const opened = openDatabase(copy);
    expect(await opened.inTransaction(({ orgs }) => orgs.find(org.id))).toEqual(org);
    checkIntegrity(opened.sqlite);
    await opened.close();
  });

  it('knows whether somebody has the file open', async () => {
    expect(isInUse(file)).toBe(true);
    await database.close();
    expect(isInUse(file)).toBe(false);
    database = openDatabase(file);
  });
});

describe('members in the database', () => {
  it('come back as they were kept, with their account', async () => {
    const member = aMember({
      profile: {
        name: 'Ana <@1> *bold*',
        headline: 'مرحبا 👋',
        careerStage: 'senior',
        skills: ['python', 'event planning'],
        lookingFor: 'two\nlines',
      },
    });
    const identity = anIdentity(member.id, { directChannelId: '42', reach: 'open' });
    await database.inTransaction(async ({ members }) => {
      await members.add(member);
      await members.addIdentity(identity);
    });
    const found = await database.inTransaction(({ members }) => members.findByAccount(identity.account));
    expect(found).toEqual({ member, identity });
  });

  it('have an account once: a second owner is refused, and nothing is written', async () => {
    const [ana, ben] = [aMember(), aMember()];
    const account = anIdentity(ana.id);
    await database.inTransaction(async ({ members }) => {
      await members.add(ana);
      await members.add(ben);
      expect(await members.addIdentity(account)).toBe(true);
      expect(await members.addIdentity({ ...anIdentity(ben.id), account: account.account })).toBe(false);
    });
    const found = await database.inTransaction(({ members }) => members.findByAccount(account.account));
    expect(found?.member.id).toBe(ana.id);
  });

  it('are told apart by platform and workspace, even with the same account id', async () => {
    const member = aMember();
    await database.inTransaction(async ({ members }) => {
      await members.add(member);
      await members.addIdentity(
        anIdentity(member.id, { account: { platform: 'slack', teamId: 'T1', accountId: 'U1' } }),
      );
      expect(await members.findByAccount({ platform: 'slack', teamId: 'T2', accountId: 'U1' })).toBeUndefined();
      expect(await members.findByAccount({ platform: 'discord', teamId: '', accountId: 'U1' })).toBeUndefined();
    });
  });
});
