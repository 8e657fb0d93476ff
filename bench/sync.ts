import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { createRollcallBot } from '../src/bot/rollcall-bot.js';
import { migrate, openDatabase } from '../src/db/database.js';
import { sourceSecrets } from '../src/db/source-secrets.js';
import { newConnection } from '../src/domain/events/new-connection.js';
import { newSourceId, OrgId, type SourceId } from '../src/domain/ids.js';
import { lumaSyncJob } from '../src/scheduler/luma-sync.js';
import { createServices } from '../src/services.js';
import { systemClock } from '../src/shared/clock.js';
import { createLogger } from '../src/shared/logger.js';
import { createSecretBox, makeKey } from '../src/shared/secret-box.js';
import { type Beside, beside, COMMAND_EVERY_MS } from './beside.js';
import { accountOf, idOf, MEMBERS, writeBigDatabase } from './big-database.js';
import { aVisitor } from './bot-on-file.js';
import type { LumaReady } from './luma-child.js';
import { median, ms, type Row, summarise, timed } from './measure.js';

const EVENTS = 5_000;
const ROUNDS = 9;

/** Syncing one large calendar against fetching and parsing it, and a thousand orgs due at once beside a member's commands. */
export async function benchSync(folder: string): Promise<Row[]> {
  return [...(await oneCalendar(folder)), ...(await manyCalendars(folder))];
}

export async function oneCalendar(folder: string): Promise<Row[]> {
  const luma = await startLuma({ calendars: 1, events: EVENTS, hoursBetween: 24 });
  const world = await startWorld(join(folder, 'sync.db'), luma.ready);
  const [key = ''] = luma.ready.keys;
  const ids: SourceId[] = [];
  for (let round = 0; round < ROUNDS + 1; round += 1) ids.push(await world.connect(round, key));
  const sync = (id: SourceId) => () => world.services.syncs.syncSource(id, { now: world.clock.now(), force: true });
  const [first, ...others] = ids;
  if (!first) throw new Error('Nothing was connected.');
  await sync(first)();
  const times = { bare: [] as number[], fresh: [] as number[], unchanged: [] as number[] };
  for (const id of others) {
    times.bare.push(await timed(() => fetchAll(luma.ready.apiUrl, key)));
    times.fresh.push(await timed(sync(id)));
    times.unchanged.push(await timed(sync(id)));
  }
  await world.stop();
  luma.stop();
  const row = (what: string, ours: readonly number[], bound: number): Row => ({
    what,
    ours: ms(median(ours)),
    bare: ms(median(times.bare)),
    ratio: median(ours) / median(times.bare),
    bound,
  });
  return [
    row(`sync of ${EVENTS} events, unchanged, against fetching and parsing the pages`, times.unchanged, 1.5),
    row(`sync of ${EVENTS} events, all new, against the same`, times.fresh, 3),
  ];
}

const Page = z.object({ has_more: z.boolean(), next_cursor: z.string().optional() });

/** What any program would have to do: ask for every page, and parse it. */
async function fetchAll(apiUrl: string, key: string): Promise<void> {
  let cursor = '';
  for (;;) {
    const query = `pagination_limit=100&sort_column=start_at&sort_direction=asc${cursor}`;
    const answer = await request(`${apiUrl}/v1/calendars/events/list?${query}`, { headers: { 'x-luma-api-key': key } });
    const { has_more, next_cursor } = Page.parse(JSON.parse(await answer.body.text()));
    if (!has_more || !next_cursor) return;
    cursor = `&pagination_cursor=${next_cursor}`;
  }
}

const ORGS_DUE = 1_000;
const EVENTS_EACH = 30;
/** How many commands are given before the calendars are synced. */
const IDLE_COMMANDS = 400;

export async function manyCalendars(folder: string): Promise<Row[]> {
  const luma = await startLuma({ calendars: ORGS_DUE, events: EVENTS_EACH, hoursBetween: 24 * 7 });
  const file = join(folder, 'orgs.db');
  await writeBigDatabase(file);
  const world = await startWorld(file, luma.ready);
  for (const [index, key] of luma.ready.keys.entries()) await world.connect(index, key);
  const job = lumaSyncJob(world.services);
  const run = () => job.run(world.clock.now(), new AbortController().signal);
  const command = world.commands();
  for (let count = 0; count < 100; count += 1) await command();
  const idle: number[] = [];
  for (let count = 0; count < IDLE_COMMANDS; count += 1) {
    idle.push(await command());
    await wait(COMMAND_EVERY_MS);
  }
  const fresh = await beside(run, command);
  await world.database.connection
    .updateTable('event_sources')
    .set({ next_sync_at: '2026-01-01T00:00:00.000Z' })
    .execute();
  const unchanged = await beside(run, command);
  await world.stop();
  luma.stop();
  const idleP99 = summarise(idle).p99;
  return [
    ...besideRows(`first sync of ${EVENTS_EACH} events each`, fresh, idleP99),
    ...besideRows('unchanged', unchanged, idleP99),
  ];
}

function besideRows(what: string, { tookMs, delayP99Ms, commands }: Beside, idleP99: number): Row[] {
  const { p99 } = summarise(commands);
  return [
    {
      what: `${ORGS_DUE} orgs due at once, ${what}: event-loop delay p99, against 50 ms (the whole run: ${(tookMs / 1_000).toFixed(1)} s)`,
      ours: ms(delayP99Ms),
      bare: ms(50),
      ratio: delayP99Ms / 50,
      bound: 1,
    },
    {
      what: `a member’s \`/orgs show\` meanwhile, p99, against the idle one (${commands.length} commands)`,
      ours: ms(p99),
      bare: ms(idleP99),
      ratio: p99 / idleP99,
      bound: undefined,
    },
  ];
}

/** The product's services on a file, beside the lu.ma of the benchmark. */
async function startWorld(file: string, luma: LumaReady) {
  const database = openDatabase(file);
  await migrate(database.connection);
  const clock = systemClock();
  const secretBox = createSecretBox([makeKey()]);
  const secrets = sourceSecrets(secretBox);
  const services = createServices(database, clock, {
    luma: { ...luma, perMinute: Number.POSITIVE_INFINITY },
    secretBox,
    onFault: (error) => console.error(error),
  });
  const bot = createRollcallBot({ services, clock, logger: createLogger('silent') });
  return {
    database,
    services,
    clock,
    /** Connects a calendar to the n-th org of the database, which is made where it is missing. */
    async connect(index: number, apiKey: string): Promise<SourceId> {
      const orgId = OrgId.parse(idOf('a', index));
      const id = newSourceId();
      const access = secrets.sealAccess(id, { kind: 'api', apiKey });
      const calendar = { calendarId: undefined, name: `Calendar ${index}`, pageUrl: undefined, zone: undefined };
      await database.inTransaction(async ({ orgs, sources }) => {
        if (!(await orgs.find(orgId)))
          await orgs.add({ ...EMPTY_ORG, languages: [], id: orgId, slug: `org-${index}`, createdAt: clock.now() });
        await sources.add(newConnection({ id, orgId, access, calendar }, undefined, clock.now()));
      });
      return id;
    },
    /** A member's commands, another member each time; gives how long each took, in milliseconds. */
    commands() {
      let count = 0;
      return () => {
        count += 1;
        const visitor = aVisitor(accountOf((count * 7919) % MEMBERS));
        return timed(() => bot.runCommand(visitor, 'orgs show', { org: `org-${count % ORGS_DUE}` }));
      };
    },
    stop: () => database.close(),
  };
}

const EMPTY_ORG = {
  name: 'An org',
  type: 'reading_group',
  description: '',
  website: undefined,
  city: undefined,
  isGlobal: false,
  isListed: true,
  isHidden: false,
  listedAfterReview: undefined,
  joinPolicy: 'open',
} as const;

async function startLuma(size: {
  calendars: number;
  events: number;
  hoursBetween: number;
}): Promise<{ ready: LumaReady; stop(): void }> {
  const args = [size.calendars, size.events, size.hoursBetween].map(String);
  const child: ChildProcess = fork(join(import.meta.dirname, 'luma-child.ts'), args);
  const [ready] = (await once(child, 'message')) as [LumaReady];
  return { ready, stop: () => void child.kill() };
}
