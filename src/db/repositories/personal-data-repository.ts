import { sql } from 'kysely';
import { z } from 'zod';
import type { Account, PlatformName } from '../../domain/members/account.js';
import type { HeldPart, HeldValue, PersonalDataRepository } from '../../domain/members/personal-data.js';
import { fromInstantText } from '../../shared/clock.js';
import { recountActiveMembers } from '../active-members.js';
import type { Connection } from '../database.js';
import { readJournal } from '../personal-data/link-journal.js';
import type { ListedTable, OwnerListing, Reads } from '../personal-data/listing.js';
import { LISTED_TABLES } from '../personal-data/personal-data.js';
import { type Row, rowsOf } from '../personal-data/rows-of-person.js';
import { eraseFromTexts, needlesOf } from '../personal-data/texts-on-person.js';

/** Everything held about a person in the database, found by the list in `personal-data.ts`. */
export function personalDataRepository(db: Connection): PersonalDataRepository {
  return {
    async list(memberId) {
      const parts: HeldPart[] = [];
      // The member's own row is erased last and read first.
      for (const table of LISTED_TABLES.toReversed()) {
        for (const owner of table.owners) {
          const rows = await rowsOf(db, table, owner.column, memberId);
          if (rows.length === 0) continue;
          const orgNames = await namesOfOrgs(db, table, rows);
          const records = rows.map((row) => toRecord(row, table, owner, orgNames));
          parts.push({ title: owner.title, why: owner.why, records });
        }
      }
      return parts;
    },

    async erase(memberId) {
      const accounts = await accountsOf(db, memberId);
      const orgIds = await orgsOf(db, memberId);
      await eraseFromTexts(db, memberId, await needlesOf(db, memberId));
      await keepCounts(db, memberId);
      for (const table of LISTED_TABLES) {
        for (const owner of table.owners) await letGo(db, table, owner, memberId);
      }
      await recountActiveMembers(db, orgIds);
      return accounts;
    },
  };
}

/** How many came to an event stays so, without them. */
async function keepCounts(db: Connection, memberId: string): Promise<void> {
  await sql`
    insert into erased_attendance (event_id, status, people)
    select event_id, status, 1 from attendance where member_id = ${memberId}
    on conflict (event_id, status) do update set people = people + 1
  `.execute(db);
}

async function letGo(db: Connection, { name }: ListedTable, owner: OwnerListing, memberId: string): Promise<void> {
  const { column, erasing } = owner;
  const isTheirs = sql`${sql.ref(column)} = ${memberId}`;
  if (erasing === 'row goes') await sql`delete from ${sql.table(name)} where ${isTheirs}`.execute(db);
  else await sql`update ${sql.table(name)} set ${sql.ref(column)} = null where ${isTheirs}`.execute(db);
}

async function accountsOf(db: Connection, memberId: string): Promise<Account[]> {
  const rows = await db.selectFrom('identities').selectAll().where('member_id', '=', memberId).execute();
  // The CHECK constraint of the table refuses any other platform.
  return rows.map(({ platform, team_id, account_id }) => ({
    platform: platform as PlatformName,
    teamId: team_id,
    accountId: account_id,
  }));
}

async function orgsOf(db: Connection, memberId: string): Promise<string[]> {
  const rows = await db.selectFrom('memberships').select('org_id').where('member_id', '=', memberId).execute();
  return rows.map(({ org_id }) => org_id);
}

/** Names of the orgs that the rows refer to, as ids mean nothing to a reader. */
async function namesOfOrgs(db: Connection, table: ListedTable, rows: readonly Row[]): Promise<Map<unknown, string>> {
  const columns = Object.entries(table.columns).flatMap(([name, listing]) =>
    listing.holds === 'person' && listing.reads === 'org' ? [name] : [],
  );
  const ids = new Set(
    rows.flatMap((row) => columns.map((column) => row[column])).filter((id) => typeof id === 'string'),
  );
  if (ids.size === 0) return new Map();
  const found = await db
    .selectFrom('orgs')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}

function toRecord(row: Row, table: ListedTable, { shows }: OwnerListing, orgNames: Map<unknown, string>) {
  const record: Record<string, HeldValue> = {};
  for (const [column, listing] of Object.entries(table.columns)) {
    if (listing.holds !== 'person' || (shows && !shows.includes(column))) continue;
    const value = row[column];
    record[listing.label] = listing.reads === 'org' ? orgNames.get(value) : toValue(value, listing.reads);
  }
  return record;
}

/** JSON as it may stand in a record. */
const JsonValue = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.record(z.string(), z.unknown())])
  .nullable();

const Answers = z.array(z.object({ question: z.string(), answer: z.string() }));

function toValue(stored: unknown, reads: Exclude<Reads, 'org'>): HeldValue {
  if (typeof stored === 'number') return reads === 'yes-no' ? stored === 1 : stored;
  if (typeof stored !== 'string' || stored === '') return undefined;
  switch (reads) {
    case 'moment':
      return fromInstantText(stored);
    case 'code':
      return wordsOfCode(stored);
    case 'lines':
      return stored.split('\n');
    case 'list':
      return stored.split(',');
    case 'json':
      return JsonValue.parse(JSON.parse(stored)) ?? undefined;
    case 'answers':
      return Object.fromEntries(Answers.parse(JSON.parse(stored)).map(({ question, answer }) => [question, answer]));
    case 'journal':
      return rowsBefore(stored);
    case 'text':
    case 'number':
    case 'yes-no':
      return stored;
  }
}

/** The absorbed member's rows in a journal, each under the heading and the names of its own table. */
function rowsBefore(journal: string): Record<string, unknown> {
  const parts = readJournal(journal).flatMap((entry) => {
    const table = LISTED_TABLES.find(({ name }) => name === entry.table);
    const [owner] = table?.owners ?? [];
    if (entry.kind !== 'folded' || !table || !owner) return [];
    return [{ title: owner.title, record: toRecord(entry.row, table, owner, new Map()) }];
  });
  return Object.fromEntries(
    parts.map(({ title }) => [title, parts.filter((part) => part.title === title).map(({ record }) => record)]),
  );
}

/** "early_career" as "Early career". */
function wordsOfCode(code: string): string {
  const words = code.replace(/[._-]/gu, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
