import type { DateTime } from 'luxon';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { plainText } from '../../src/bot/text.js';
import { textsOf } from '../../src/bot/views.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import { jobRuns } from '../../src/db/job-runs.js';
import { sourceSecrets } from '../../src/db/source-secrets.js';
import { planAnnouncements } from '../../src/domain/events/announcements.js';
import { createSyncService } from '../../src/domain/events/sync-service.js';
import { type EventId, newSourceId, type OrgId, type SourceId } from '../../src/domain/ids.js';
import type { Identity, Member } from '../../src/domain/members/member.js';
import { planChangeNotices } from '../../src/domain/notifications/change-notices.js';
import { planNewEvents } from '../../src/domain/notifications/plan-new-events.js';
import type { InTransaction } from '../../src/domain/repositories.js';
import { createJobs } from '../../src/jobs.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import { createJobRunner } from '../../src/scheduler/job-runner.js';
import type { JobRuns } from '../../src/scheduler/job-runs.js';
import { createScheduler } from '../../src/scheduler/scheduler.js';
import { createServices } from '../../src/services.js';
import { type MovableClock, movableClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';
import { createSecretBox, makeKey } from '../../src/shared/secret-box.js';
import { testCalendar } from './calendar.js';
import { aMember, anIdentity } from './members.js';
import { createMortal, type Mortal } from './mortal.js';
import { aMembership, anOrg } from './orgs.js';
import { aSource, utc } from './sync.js';

/** A message as somebody reads it in their conversation with the bot. */
export interface Heard {
  accountId: string;
  at: DateTime;
  text: string;
}

/** An org of this world, with its calendar. */
export interface HeardOrg {
  id: OrgId;
  name: string;
  sourceId: SourceId;
  calendar: ReturnType<typeof testCalendar>;
}

/** What one try to send comes to; `taken` says whether the message is there all the same. */
export interface Fault {
  taken: boolean;
}

/** The jobs by which members hear something. Calendars are read when a test says so. */
const JOBS = ['reminders', 'mailings', 'digests'];
/** A lease is renewed by the machine's own time, in which nothing takes so long here. */
const LEASE_TIMES = { lastsMs: 60_000, renewEveryMs: 3_600_000 };

export type Hearing = Awaited<ReturnType<typeof startHearing>>;

/**
 * Orgs whose calendars are really synced, members who follow them, and the process that tells them: all that it does to
 * the database and to the platform goes through one place, where it can be cut off. The platform is one in memory that
 * knows a nonce again for good.
 */
export async function startHearing({ now, orgs: names }: { now: string; orgs: readonly string[] }) {
  const database = openDatabase(':memory:');
  await migrate(database.connection);
  const began = utc(now);
  const clock = movableClock({ now: () => began });
  const secrets = sourceSecrets(createSecretBox([makeKey()]));
  const lines: string[] = [];
  const heard: Heard[] = [];
  const faults: Fault[] = [];
  const nonces = new Set<string>();
  let lastFaultAt: DateTime | undefined;

  const orgs = await Promise.all(
    names.map(async (name): Promise<HeardOrg> => {
      const org = anOrg({ name, slug: name.toLowerCase() });
      const sourceId = newSourceId();
      const access = secrets.sealAccess(sourceId, { kind: 'feed', feedUrl: `https://calendars.example/${name}` });
      await database.inTransaction(async (repositories) => {
        await repositories.orgs.add(org);
        await repositories.sources.add(aSource(org.id, { id: sourceId, access, connectedAt: clock.now() }));
      });
      return { id: org.id, name, sourceId, calendar: testCalendar('feed') };
    }),
  );

  const sendDirect = async ({ account: { accountId } }: Pick<Identity, 'account'>, text: string, nonce: string) => {
    const fault = faults.shift();
    if (fault) lastFaultAt = clock.now();
    if (!fault || fault.taken) {
      if (!nonces.has(nonce)) heard.push({ accountId, at: clock.now(), text });
      nonces.add(nonce);
    }
    if (fault) return { kind: 'retry-later' as const };
    return { kind: 'sent' as const, channelId: `dm-${accountId}`, messageId: nonce };
  };
  const start = () => startProcess({ database, secrets, clock, orgs, sendDirect, lines });
  let running = start();
  const memory = new Map<string, EventId>();

  return {
    clock,
    database,
    orgs,
    heard,
    /** What the next tries to send come to; after them all is well. */
    faults,
    /** When the last of them came. */
    lastFaultAt: () => lastFaultAt,
    logs: () => lines.join(''),
    get services() {
      return running.services;
    },
    /** A member of some of the orgs with a Discord account. */
    async person(overrides: Partial<Member>, of: readonly HeardOrg[]): Promise<{ member: Member; identity: Identity }> {
      const member = aMember({ consentedAt: clock.now(), ...overrides });
      const identity = anIdentity(member.id);
      await database.inTransaction(async (repositories) => {
        await repositories.members.add(member);
        await repositories.members.addIdentity(identity);
        for (const { id: orgId } of of)
          await repositories.orgs.saveMembership(
            aMembership({ orgId, memberId: member.id, joinedAt: clock.now(), leftAt: undefined }),
          );
      });
      return { member, identity };
    },
    async eventId(lumaId: string): Promise<EventId> {
      const known = memory.get(lumaId);
      if (known) return known;
      const { connection } = database;
      const row = await connection
        .selectFrom('events')
        .select('id')
        .where('luma_id', '=', lumaId)
        .executeTakeFirstOrThrow();
      memory.set(lumaId, row.id as EventId);
      return row.id as EventId;
    },
    /** Reads an org's calendar. */
    sync: ({ sourceId }: HeardOrg) => running.syncs.syncSource(sourceId, { now: clock.now(), force: true }),
    /**
     * Lets time pass as it does while the process runs: each job at the moment it falls due, each message when it is
     * due. Says whether the process lives still.
     *
     * @param diesIn moments of the process after which it dies; it may not come so far.
     */
    async until(moment: DateTime, diesIn = Number.POSITIVE_INFINITY): Promise<boolean> {
      running.mortal.dieIn(diesIn);
      try {
        await running.scheduler.moveTo(clock, clock.now());
        await running.scheduler.moveTo(clock, moment);
      } catch (error) {
        if (!running.mortal.isDead()) throw error;
      }
      if (!running.mortal.isDead()) running.mortal.spare();
      return !running.mortal.isDead();
    },
    /** Time passes while no process runs; then another one begins. */
    async downUntil(moment: DateTime): Promise<void> {
      clock.moveTo(moment);
      running = start();
    },
    stop: () => database.close(),
  };
}

/** A process on the database, put together as `main.ts` does. */
function startProcess(parts: {
  database: ReturnType<typeof openDatabase>;
  secrets: ReturnType<typeof sourceSecrets>;
  clock: MovableClock;
  orgs: readonly HeardOrg[];
  sendDirect: (
    to: Pick<Identity, 'account'>,
    text: string,
    nonce: string,
  ) => Promise<{ kind: 'retry-later' } | { kind: 'sent'; channelId: string; messageId: string }>;
  lines: string[];
}) {
  const { clock, lines } = parts;
  const mortal = createMortal();
  const inTransaction = mortal.act(parts.database.inTransaction) as InTransaction;
  const database = { ...parts.database, inTransaction };
  const logger = createLogger('warn', { write: (line) => void lines.push(line) });
  const services = createServices(database, clock);
  const bot = createRollcallBot({ services, clock, logger });
  const sendDirect = mortal.act(parts.sendDirect);
  const dispatcher = createDispatcher({
    inTransaction,
    bot,
    clock,
    logger,
    random: () => 0.5,
    renewEveryMs: LEASE_TIMES.renewEveryMs,
    platforms: [
      {
        name: 'discord',
        editDirect: async ({ channelId, messageId }) => ({ kind: 'sent', channelId, messageId }),
        sendDirect: (to, view, nonce) => sendDirect(to, textsOf(view).map(plainText).join('\n'), nonce),
      },
    ],
  });
  const runs = mortalRuns(jobRuns(parts.database.connection), mortal);
  const jobs = createJobs({ database, services, dispatcher }).filter(({ name }) => JOBS.includes(name));
  const runner = createJobRunner({ runs, clock, machineClock: clock, logger, leaseTimes: LEASE_TIMES });
  const syncs = createSyncService({
    inTransaction,
    openSource(access) {
      const found = parts.orgs.find(({ name }) => access.kind === 'feed' && access.feedUrl.endsWith(`/${name}`));
      if (!found) throw new Error('The test has no such calendar.');
      return found.calendar.source;
    },
    secrets: parts.secrets,
    follow: [planAnnouncements, planNewEvents, planChangeNotices],
    random: () => 0.5,
    onFault: (error) => void lines.push(String(error)),
  });
  return {
    mortal,
    services,
    syncs,
    scheduler: createScheduler({ jobs, runs, runner, dispatcher, clock, logger }),
  };
}

function mortalRuns(runs: JobRuns, mortal: Mortal): JobRuns {
  return {
    find: mortal.act(runs.find),
    list: mortal.act(runs.list),
    begin: mortal.act(runs.begin),
    renew: mortal.act(runs.renew),
    finish: mortal.act(runs.finish),
  };
}
