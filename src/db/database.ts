import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator } from 'kysely';
import type { DateTime } from 'luxon';
import { migrations } from '../../db/migrations.js';
import type { EventReader } from '../domain/events/event-listing-repository.js';
import type { InTransaction, Repositories } from '../domain/repositories.js';
import { remembered } from './remembered.js';
import { announcementsRepository } from './repositories/announcements-repository.js';
import { attendanceRepository } from './repositories/attendance-repository.js';
import { auditRepository } from './repositories/audit-repository.js';
import { calendarFeedsRepository } from './repositories/calendar-feeds-repository.js';
import { choicesRepository } from './repositories/choices-repository.js';
import { deliveriesRepository } from './repositories/deliveries-repository.js';
import { discoveryRepository } from './repositories/discovery-repository.js';
import { eventAttendanceRepository } from './repositories/event-attendance-repository.js';
import { eventListingRepository } from './repositories/event-listing-repository.js';
import { eventsRepository } from './repositories/events-repository.js';
import { feedbackSettingsRepository } from './repositories/feedback-settings-repository.js';
import { goersRepository } from './repositories/goers-repository.js';
import { guestProofsRepository } from './repositories/guest-proofs-repository.js';
import { guestReadsRepository } from './repositories/guest-reads-repository.js';
import { guestsRepository } from './repositories/guests-repository.js';
import { invitesRepository } from './repositories/invites-repository.js';
import { linksRepository } from './repositories/links-repository.js';
import { mailingsRepository } from './repositories/mailings-repository.js';
import { membersRepository } from './repositories/members-repository.js';
import { newsRepository } from './repositories/news-repository.js';
import { orgsRepository } from './repositories/orgs-repository.js';
import { personalDataRepository } from './repositories/personal-data-repository.js';
import { personalLinksRepository } from './repositories/personal-links-repository.js';
import { promptsRepository } from './repositories/prompts-repository.js';
import { reachRepository } from './repositories/reach-repository.js';
import { recapsRepository } from './repositories/recaps-repository.js';
import { requestsRepository } from './repositories/requests-repository.js';
import { responsesRepository } from './repositories/responses-repository.js';
import { sourcesRepository } from './repositories/sources-repository.js';
import { spacesRepository } from './repositories/spaces-repository.js';
import { wrongCodesRepository } from './repositories/wrong-codes-repository.js';
import type { Schema } from './schema.js';
import { changeStamp, emptyLog, openSqlite, sqliteDialect, tendSqlite } from './sqlite-dialect.js';
import type { SqliteFile } from './sqlite-driver.js';

/** A connection that may be the database itself or a transaction on it. */
export type Connection = Kysely<Schema>;

/** An open database, as the composition root holds it. */
export interface Database {
  connection: Connection;
  /** The SQLite handle, for what `sqlite-dialect.ts` alone may do: backup, upkeep, checks. */
  sqlite: SqliteFile;
  inTransaction: InTransaction;
  /** Calls back after every transaction that planned a delivery, so that nobody waits for the next tick. */
  onPlanned(listener: () => void): void;
  /** Calls back after every transaction that planned a mailing, for the same reason. */
  onMailing(listener: () => void): void;
  /** Daily upkeep of the file, in its turn: a log cannot be folded back while a transaction is open. */
  tend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database file, or one in memory for `:memory:`; makes its folder when it is not there. */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = openSqlite(file);
  const connection = new Kysely<Schema>({ dialect: sqliteDialect(sqlite) });
  const planned = new EventEmitter();
  const readers = remembering(
    repositoriesOn(connection, { delivery: () => undefined, mailing: () => undefined }),
    changeStamp(sqlite),
  );
  const write: InTransaction = async (work, options) => {
    const news = new Set<keyof OnPlanned>();
    const onPlanned: OnPlanned = { delivery: () => news.add('delivery'), mailing: () => news.add('mailing') };
    const result = await connection.transaction().execute((writer) => work(repositoriesOn(writer, onPlanned)));
    // In its turn on the one connection: a log cannot be folded back while a transaction is open.
    if (options?.leavesNoTrace) await connection.connection().execute(async () => emptyLog(sqlite));
    for (const what of news) planned.emit(what);
    return result;
  };
  return {
    connection,
    sqlite,
    inTransaction: (work, options) => (options?.isReadOnly ? work(readers) : write(work, options)),
    onPlanned: (listener) => void planned.on('delivery', listener),
    onMailing: (listener) => void planned.on('mailing', listener),
    tend: () => connection.connection().execute(async () => tendSqlite(sqlite)),
    close: () => connection.destroy(),
  };
}

/** Told of what a transaction plans, while it is under way. */
type OnPlanned = Record<'delivery' | 'mailing', () => void>;

function repositoriesOn(connection: Connection, onPlanned: OnPlanned): Repositories {
  return {
    members: membersRepository(connection),
    orgs: orgsRepository(connection),
    invites: invitesRepository(connection),
    requests: requestsRepository(connection),
    discovery: discoveryRepository(connection),
    audit: auditRepository(connection),
    spaces: spacesRepository(connection),
    links: linksRepository(connection),
    personalData: personalDataRepository(connection),
    wrongCodes: wrongCodesRepository(connection),
    deliveries: deliveriesRepository(connection, onPlanned.delivery),
    mailings: mailingsRepository(connection, onPlanned.mailing),
    news: newsRepository(connection),
    announcements: announcementsRepository(connection),
    events: eventsRepository(connection),
    calendarFeeds: calendarFeedsRepository(connection),
    eventListing: eventListingRepository(connection),
    responses: responsesRepository(connection),
    attendance: attendanceRepository(connection),
    prompts: promptsRepository(connection),
    eventAttendance: eventAttendanceRepository(connection),
    recaps: recapsRepository(connection),
    feedbackSettings: feedbackSettingsRepository(connection),
    personalLinks: personalLinksRepository(connection),
    guests: guestsRepository(connection),
    guestReads: guestReadsRepository(connection),
    guestProofs: guestProofsRepository(connection),
    sources: sourcesRepository(connection),
    goers: goersRepository(connection),
    choices: choicesRepository(connection),
    reach: reachRepository(connection),
  };
}

/** The same repositories, with the look-ups that nearly every command begins with answered from memory. */
function remembering(repositories: Repositories, stamp: () => string): Repositories {
  const { members, orgs, eventListing } = repositories;
  const findByAccount = remembered(
    stamp,
    ({ platform, teamId, accountId }) => `${platform}/${teamId}/${accountId}`,
    members.findByAccount,
  );
  const listOfMember = remembered(stamp, (memberId) => memberId, orgs.listOfMember);
  // What is next changes as time passes, too: it is told as of the minute.
  const findNextOfEach = remembered(
    stamp,
    (now: DateTime, { memberId, managedOrgId }: EventReader) =>
      `${Math.floor(now.toMillis() / 60_000)}/${memberId}/${managedOrgId}`,
    (now, reader) => eventListing.findNextOfEach(now.startOf('minute'), reader),
  );
  return {
    ...repositories,
    members: { ...members, findByAccount },
    orgs: { ...orgs, listOfMember },
    eventListing: { ...eventListing, findNextOfEach },
  };
}

/** A Kysely migrator over the frozen list. */
function migratorFor(connection: Connection): Migrator {
  return new Migrator({ db: connection, provider: { getMigrations: async () => migrations } });
}

/**
 * Brings the tables up to date, and says which migrations ran. Running it again runs none.
 *
 * @throws Error of the migration that failed; what it had begun is rolled back.
 */
export async function migrate(connection: Connection): Promise<string[]> {
  const { error, results } = await migratorFor(connection).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error(String(error));
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName);
}
