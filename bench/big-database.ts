import { migrate, openDatabase } from '../src/db/database.js';
import { SQLite, type SqliteFile } from '../src/db/sqlite-driver.js';
import { createSeededRandom } from '../src/demo/random.js';

/** The size that the benchmarks speak of. */
export const ORGS = 10_000;
export const MEMBERS = 100_000;

const CITIES = [
  ['Lisbon', 'PT', 'Europe/Lisbon', 38.72, -9.14],
  ['Berlin', 'DE', 'Europe/Berlin', 52.52, 13.41],
  ['Bengaluru', 'IN', 'Asia/Kolkata', 12.97, 77.59],
  ['Nairobi', 'KE', 'Africa/Nairobi', -1.29, 36.82],
  ['Buenos Aires', 'AR', 'America/Argentina/Buenos_Aires', -34.6, -58.38],
  ['Auckland', 'NZ', 'Pacific/Auckland', -36.85, 174.76],
] as const;

/** How many towns there are around each city, a few kilometres apart; some orgs meet in each of them. */
const TOWNS = 20;
const TYPES = ['reading_group', 'research_hub', 'university_group', 'chapter', 'coworking', 'network', 'other'];
const AT = '2026-01-01T00:00:00.000Z';
/** Far enough ahead that nothing is due while commands are measured. */
const NEXT_DIGEST = '2036-01-06T18:00:00.000Z';

/** Writes a database of 10,000 orgs and 100,000 members, two memberships each; the same one every time. */
export async function writeBigDatabase(file: string): Promise<void> {
  const database = openDatabase(file);
  await migrate(database.connection);
  await database.close();
  const sqlite = new SQLite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.transaction(() => {
    insertOrgs(sqlite);
    insertMembers(sqlite);
    sqlite.exec(
      `update orgs set active_members =
         (select count(*) from memberships where org_id = orgs.id and status = 'active')`,
    );
  })();
  sqlite.exec('analyze');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** The id of the n-th org or member: 16 characters, as the product's ids have. */
export const idOf = (prefix: 'a' | 'b' | 'c', index: number): string =>
  `${prefix}${index.toString().padStart(15, '0')}`;

/** The account of the n-th member on Discord. */
export const accountOf = (index: number): string => `7${index.toString().padStart(17, '0')}`;

function insertOrgs(sqlite: SqliteFile): void {
  const insert = sqlite.prepare(
    `insert into orgs (id, slug, name, folded_name, type, description, website, city_name, folded_city, city_region,
       city_country, city_latitude, city_longitude, city_zone, languages, search_text, is_global, is_listed, is_hidden,
       join_policy, active_members, created_at)
     values (?, ?, ?, ?, ?, ?, null, ?, ?, '', ?, ?, ?, ?, 'en', ?, ?, 1, 0, 'open', 0, ?)`,
  );
  for (let index = 0; index < ORGS; index += 1) {
    const [city, country, zone, latitude, longitude] = CITIES[index % CITIES.length] ?? CITIES[0];
    const town = Math.floor(index / CITIES.length) % TOWNS;
    const name = `${city} Circle ${index}`;
    const description = `We meet every other week in ${city} to read and talk. Number ${index} of many.`;
    const folded = name.toLowerCase();
    const type = TYPES[index % TYPES.length];
    const search = `${folded} ${description.toLowerCase()}`;
    insert.run(
      idOf('a', index),
      `org-${index}`,
      name,
      folded,
      type,
      description,
      city,
      city.toLowerCase(),
      country,
      latitude + town * 0.02,
      longitude - town * 0.02,
      zone,
      search,
      Number(index % 500 === 0),
      AT,
    );
  }
}

function insertMembers(sqlite: SqliteFile): void {
  const member = sqlite.prepare(
    `insert into members (id, name, headline, career_stage, skills, looking_for, is_location_discoverable,
       is_attendance_shared, is_profile_shared, zone, locale, consented_at, stopped_at)
     values (?, ?, 'Reads a lot', 'student', 'python', '', 0, 0, 1, 'Europe/Lisbon', 'en-GB', ?, null)`,
  );
  const choices = sqlite.prepare('insert into notification_choices (member_id, next_digest_at) values (?, ?)');
  const identity = sqlite.prepare(
    `insert into identities (id, member_id, platform, team_id, account_id, direct_channel_id, reach)
     values (?, ?, 'discord', '', ?, ?, 'open')`,
  );
  const slack = sqlite.prepare(
    `insert into identities (id, member_id, platform, team_id, account_id, direct_channel_id, reach)
     values (?, ?, 'slack', 'T0BENCH', ?, ?, 'open')`,
  );
  const membership = sqlite.prepare(
    `insert or ignore into memberships (org_id, member_id, role, status, joined_at, left_at)
     values (?, ?, 'member', ?, ?, null)`,
  );
  const random = createSeededRandom(1);
  for (let index = 0; index < MEMBERS; index += 1) {
    const id = idOf('b', index);
    member.run(id, `Member ${index}`, AT);
    choices.run(id, NEXT_DIGEST);
    identity.run(idOf('c', index), id, accountOf(index), `4${index.toString().padStart(17, '0')}`);
    slack.run(idOf('c', MEMBERS + index), id, `U${index}`, `D${index}`);
    for (let joined = 0; joined < 2; joined += 1) {
      const org = idOf('a', Math.floor(random.next() ** 2 * ORGS));
      membership.run(org, id, random.next() < 0.9 ? 'active' : 'left', AT);
    }
  }
}
