import { join } from 'node:path';
import { SQLite } from '../src/db/sqlite-driver.js';
import { type FakeDiscord, startFakeDiscord } from '../tests/fakes/discord/fake-discord.js';
import { accountOf, writeBigDatabase } from './big-database.js';
import { bareProgram, rollcallProgram, startChild } from './child.js';
import { compareInFlight } from './in-flight.js';
import type { Row } from './measure.js';

const MEASURING = { rateLimits: false, specification: false, isOnlyMeasuring: true };
const PEOPLE = 100;

/** Commands through the Discord surface, from interaction sent to callback received, against a bare discord.js reply. */
export async function benchDiscord(folder: string): Promise<Row[]> {
  const ours = await startFakeDiscord(MEASURING);
  const bare = await startFakeDiscord(MEASURING);
  const file = join(folder, 'discord.db');
  await writeBigDatabase(file);
  const [ourSpots, bareSpots] = [peopleOf(ours), peopleOf(bare)];
  makeMembers(file, ourSpots);
  await register(bare);
  const environment = (fake: FakeDiscord) => ({ DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl });
  const rollcall = await startChild(rollcallProgram, { ...environment(ours), DATABASE_URL: `file:${file}`, PORT: '0' });
  const plain = await startChild(bareProgram('discord'), environment(bare));
  await ours.waitFor(() => ours.commands().length > 0);
  const rows: Row[] = [];
  for (const line of ['/ping', '/help', '/orgs mine', '/profile show']) {
    const compared = await compareInFlight(`Discord \`${line}\`: sent to callback (p50; p99)`, {
      ours: (index) => once(ours, ourSpots[index % PEOPLE] ?? fail(), line),
      bare: (index) => once(bare, bareSpots[index % PEOPLE] ?? fail(), '/ping'),
    });
    rows.push(...compared);
  }
  await rollcall.stop();
  await plain.stop();
  await ours.stop();
  await bare.stop();
  return rows;
}

function peopleOf(fake: FakeDiscord) {
  const guild = fake.addGuild({ name: 'Bench' });
  return Array.from({ length: PEOPLE }, (_, index) => {
    const person = fake.addUser({ username: `person${index}` });
    person.joins(guild);
    return { person, spot: person.in(guild) };
  });
}

type Spots = ReturnType<typeof peopleOf>;

/** Gives the first members of the database the accounts of the people who will act. */
function makeMembers(file: string, spots: Spots): void {
  const sqlite = new SQLite(file);
  const rename = sqlite.prepare('update identities set account_id = ? where platform = ? and account_id = ?');
  for (const [index, { person }] of spots.entries()) rename.run(person.id, 'discord', accountOf(index));
  sqlite.close();
}

async function register(fake: FakeDiscord): Promise<void> {
  await fetch(`${fake.apiUrl}/v10/applications/${fake.applicationId}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    body: JSON.stringify([{ name: 'ping', description: 'Answers with fixed text', type: 1 }]),
  });
}

async function once(fake: FakeDiscord, { spot }: Spots[number], line: string): Promise<number> {
  const interaction = fake.send(spot.prepares(line));
  await interaction.answered;
  if (interaction.callbackType !== 4) throw new Error(`${line} was answered with type ${interaction.callbackType}.`);
  return (interaction.callbackAt ?? Number.NaN) - interaction.sentAt;
}

function fail(): never {
  throw new Error('Nobody there.');
}
