import { join } from 'node:path';
import { SQLite } from '../src/db/sqlite-driver.js';
import { type FakeSlack, startFakeSlack } from '../tests/fakes/slack/fake-slack.js';
import { writeBigDatabase } from './big-database.js';
import { bareProgram, rollcallProgram, startChild } from './child.js';
import { compareInFlight } from './in-flight.js';
import type { Row } from './measure.js';

const PEOPLE = 100;

/** A command and what is typed behind it. */
type Said = readonly [command: string, text: string];

/** A command of the benchmark's own that answers with fixed text. */
const PING: Said = ['/ping', ''];

/** Commands that read the database and answer with a card. */
const CARDS: readonly Said[] = [
  ['/help', ''],
  ['/orgs', 'mine'],
  ['/profile', 'show'],
];

/** Commands through the Slack surface, from envelope sent to acknowledgement received, against a bare Bolt answer. */
export async function benchSlack(folder: string): Promise<Row[]> {
  const ours = await startFakeSlack({ rateLimits: false });
  const bare = await startFakeSlack({ rateLimits: false });
  const file = join(folder, 'slack.db');
  await writeBigDatabase(file);
  const [ourPeople, barePeople] = [peopleOf(ours), peopleOf(bare)];
  makeMembers(file, ours, ourPeople);
  const environment = (fake: FakeSlack) => ({
    SLACK_BOT_TOKEN: fake.botToken,
    SLACK_APP_TOKEN: fake.appToken,
    SLACK_API_URL: fake.apiUrl,
  });
  const rollcall = await startChild(rollcallProgram, { ...environment(ours), DATABASE_URL: `file:${file}`, PORT: '0' });
  const asOurs = async (index: number, said: Said) => took(await once(ours, ourPeople[index % PEOPLE] ?? fail(), said));
  const asBare = async (index: number, said: Said) =>
    took(await once(bare, barePeople[index % PEOPLE] ?? fail(), said));
  const readyMade: Record<string, unknown> = {};
  for (const said of CARDS) {
    const { outcome } = await once(ours, ourPeople[0] ?? fail(), said);
    readyMade[said[0]] = outcome.kind === 'acked' ? outcome.payload : fail();
  }
  const plain = await startChild(bareProgram('slack'), {
    ...environment(bare),
    READY_MADE: JSON.stringify(readyMade),
  });
  const compare = (said: Said, what: string, bare: Said) =>
    compareInFlight(`Slack \`${said.join(' ').trim()}\` against ${what} (p50; p99)`, {
      ours: (index) => asOurs(index, said),
      bare: (index) => asBare(index, bare),
    });
  const rows = await compare(PING, 'the same fixed text', PING);
  for (const card of CARDS) {
    rows.push(...(await compare(card, 'the same card ready-made', card)));
    rows.push(...(await compare(card, 'fixed text', PING)));
  }
  await rollcall.stop();
  await plain.stop();
  await ours.stop();
  await bare.stop();
  return rows;
}

function peopleOf(fake: FakeSlack) {
  const channel = fake.addChannel('bench');
  return Array.from({ length: PEOPLE }, (_, index) => ({
    user: fake.addUser({ name: `person${index}`, tz: 'Europe/Lisbon' }),
    channel,
  }));
}

type People = ReturnType<typeof peopleOf>;

/** Gives the first members of the database the accounts of the people who will act. */
function makeMembers(file: string, fake: FakeSlack, people: People): void {
  const sqlite = new SQLite(file);
  const rename = sqlite.prepare(
    'update identities set team_id = ?, account_id = ? where platform = ? and account_id = ?',
  );
  for (const [index, { user }] of people.entries()) rename.run(fake.workspace.id, user.id, 'slack', `U${index}`);
  sqlite.close();
}

let sent = 0;

async function once(
  fake: FakeSlack,
  { user, channel }: People[number],
  [command, text]: Said,
): Promise<{ delivery: Delivery; outcome: Awaited<Delivery['outcome']> }> {
  sent += 1;
  const payload = {
    token: 'x',
    team_id: fake.workspace.id,
    team_domain: 'bench',
    channel_id: channel.id,
    channel_name: 'bench',
    user_id: user.id,
    user_name: 'bench',
    command,
    text,
    api_app_id: fake.appId,
    is_enterprise_install: 'false',
    response_url: `${fake.apiUrl}none/${sent}`,
    trigger_id: `bench.${sent}`,
  };
  const delivery = fake.send({ type: 'slash_commands', payload, acceptsResponse: true });
  const outcome = await delivery.outcome;
  if (outcome.kind !== 'acked' || !outcome.payload.text) throw new Error(`${command} was not answered at once.`);
  return { delivery, outcome };
}

type Delivery = ReturnType<FakeSlack['send']>;

/** From sent to acknowledged, in milliseconds. */
function took({ delivery }: { delivery: Delivery }): number {
  return (delivery.ackedAt ?? Number.NaN) - delivery.sentAt;
}

function fail(): never {
  throw new Error('Nobody there.');
}
