import type { DateTime } from 'luxon';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { plainText } from '../../src/bot/text.js';
import { textsOf, type View } from '../../src/bot/views.js';
import { jobRuns } from '../../src/db/job-runs.js';
import type { EventFacts } from '../../src/domain/events/event.js';
import type { ResponseValue } from '../../src/domain/events/response.js';
import type { EventId } from '../../src/domain/ids.js';
import type { Identity, Member } from '../../src/domain/members/member.js';
import { planChangeNotices } from '../../src/domain/notifications/change-notices.js';
import { createJobs } from '../../src/jobs.js';
import type { Delivered } from '../../src/platforms/platform.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import { createJobRunner } from '../../src/scheduler/job-runner.js';
import { createScheduler } from '../../src/scheduler/scheduler.js';
import { createServices } from '../../src/services.js';
import { movableClock, toInstantText } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';
import { facts, testCalendar } from './calendar.js';
import { aMember, anIdentity } from './members.js';
import { startSyncs, utc } from './sync.js';

/** A message as somebody got it; its words are those that it shows now. */
export interface Got {
  id: string;
  accountId: string;
  /** Minutes are enough to compare. */
  at: string;
  text: string;
  view: View;
}

export interface Person {
  member: Member;
  identity: Identity;
}

/** What a member chose, as it is stored. */
export interface ChosenColumns {
  frequency?: string;
  reminders?: string;
  quiet_from?: number | null;
  quiet_to?: number | null;
}

const JOBS = ['reminders', 'mailings'];
const PLATFORMS = ['discord', 'slack'] as const;

export type Going = Awaited<ReturnType<typeof startGoing>>;

/** An org with a calendar that is really synced, members who answer, and a platform in memory on which they get messages. */
export async function startGoing({
  now = '2026-03-01T10:00:00Z',
  jobs: jobNames = JOBS,
}: {
  now?: string;
  /** The jobs that run as time passes. */
  jobs?: string[];
} = {}) {
  const on = await startSyncs({ follow: [planChangeNotices] });
  const { database, org } = on;
  const clock = movableClock({ now: () => utc(now) });
  const calendar = testCalendar('feed');
  const sourceId = await on.connect(calendar.source, 'feed', { connectedAt: clock.now(), nextSyncAt: clock.now() });
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const services = createServices(database, clock);
  const got: Got[] = [];
  const faults: Delivered[] = [];
  const seen = new Set<string>();
  const bot = createRollcallBot({ services, clock, logger });
  const dispatcher = createDispatcher({
    inTransaction: database.inTransaction,
    bot,
    clock,
    logger,
    random: () => 0.5,
    platforms: PLATFORMS.map((name) => ({
      name,
      async sendDirect({ account: { accountId } }, view, nonce) {
        const fault = faults.shift();
        const isLost = faults.length % 2 === 0;
        if (fault && fault.kind !== 'sent' && isLost) return fault;
        if (!seen.has(nonce)) got.push({ id: nonce, accountId, at: shown(clock.now()), text: wordsOf(view), view });
        seen.add(nonce);
        if (fault && fault.kind !== 'sent') return fault;
        return { kind: 'sent', channelId: `dm-${accountId}`, messageId: nonce };
      },
      async editDirect({ channelId, messageId }, view) {
        const message = got.find(({ id }) => id === messageId);
        if (message) Object.assign(message, { view, text: wordsOf(view) });
        return { kind: 'sent', channelId, messageId };
      },
    })),
  });
  const runs = jobRuns(database.connection);
  const jobs = createJobs({ database, services, dispatcher }).filter(({ name }) => jobNames.includes(name));
  const runner = createJobRunner({ runs, clock, machineClock: clock, logger });
  const scheduler = createScheduler({ jobs, runs, runner, dispatcher, clock, logger });

  const eventId = async (lumaId: string): Promise<EventId> => {
    const row = (await on.events()).get(lumaId);
    if (!row) throw new Error(`There is no ${lumaId}.`);
    return row.id as EventId;
  };

  return {
    ...on,
    clock,
    bot,
    dispatcher,
    services,
    calendar,
    /** Every message so far. */
    got,
    /** What the platform answers to the next messages; every other one it takes all the same. */
    faults,
    logs: () => lines.join(''),
    eventId,
    /** A member of the org with an account, on Discord unless it says otherwise. */
    async person(
      overrides: Partial<Member> = {},
      chosen: ChosenColumns = {},
      account: Partial<Identity> = {},
    ): Promise<Person> {
      const member = aMember(overrides);
      const identity = anIdentity(member.id, account);
      await database.inTransaction(async ({ members, orgs }) => {
        await members.add(member);
        await members.addIdentity(identity);
        await orgs.saveMembership({
          orgId: org.id,
          memberId: member.id,
          role: 'member',
          status: 'active',
          joinedAt: clock.now(),
          leftAt: undefined,
        });
      });
      const person = { member, identity };
      await this.choose(person, chosen);
      return person;
    },
    async choose({ member }: Person, chosen: ChosenColumns) {
      if (Object.keys(chosen).length === 0) return;
      const { connection } = database;
      await connection.updateTable('notification_choices').set(chosen).where('member_id', '=', member.id).execute();
    },
    async mute({ member }: Person) {
      const muted = { muted_at: toInstantText(clock.now()) };
      await database.connection.updateTable('memberships').set(muted).where('member_id', '=', member.id).execute();
    },
    async chooseFor({ member }: Person, lumaId: string, reminders: string) {
      const row = { event_id: await eventId(lumaId), member_id: member.id, reminders };
      await database.connection
        .insertInto('event_reminders')
        .values(row)
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doUpdateSet({ reminders }))
        .execute();
    },
    async answer({ member }: Person, lumaId: string, response: ResponseValue | 'none') {
      const rights = { memberId: member.id, managedSpace: undefined };
      await services.responses.respond(await eventId(lumaId), response, rights);
    },
    /** Reads the calendar, as a sync does. */
    sync: () => on.syncs.syncSource(sourceId, { now: clock.now(), force: true }),
    /** Puts an event into the calendar, and syncs it. */
    async holds(lumaId: string, startsAt: string, overrides: Partial<EventFacts> = {}) {
      calendar.hold(facts(lumaId, startsAt, overrides));
      await this.sync();
    },
    /** Changes an event in the calendar, and syncs it. */
    async changes(lumaId: string, changes: Partial<EventFacts>) {
      calendar.change(lumaId, changes);
      await this.sync();
    },
    async movesTo(lumaId: string, startsAt: string) {
      const start = utc(startsAt);
      await this.changes(lumaId, { startsAt: start, endsAt: start.plus({ hours: 2 }) });
    },
    async callsOff(lumaId: string) {
      calendar.callOff(lumaId);
      await this.sync();
    },
    async restores(lumaId: string) {
      const held = calendar.events.get(lumaId);
      if (held) held.state = 'on';
      await this.sync();
    },
    /** Lets time pass as it does while the process runs: each job at the moment it falls due, each message when due. */
    async until(moment: string) {
      await scheduler.moveTo(clock, clock.now());
      await scheduler.moveTo(clock, utc(moment));
    },
    /** As after a process that died when the platform had taken its last messages, and before it had noted so. */
    async forgetOutcomes() {
      const back = {
        state: 'pending',
        next_try_at: toInstantText(clock.now()),
        unsure_since: toInstantText(clock.now()),
      };
      const none = { sent_at: null, sent_channel_id: null, sent_message_id: null };
      const justNow = toInstantText(clock.now().minus({ minutes: 1 }));
      await database.connection
        .updateTable('deliveries')
        .set({ ...back, ...none, lane: null })
        .where('state', '=', 'sent')
        .where('sent_at', '>=', justNow)
        .execute();
    },
    /** Lets time pass while the process is down. */
    downUntil: (moment: string) => clock.moveTo(utc(moment)),
    /** What somebody got so far: when, and the title of each. */
    messagesTo: ({ identity }: Person) => got.filter(({ accountId }) => accountId === identity.account.accountId),
    timesOf({ identity }: Person) {
      return got.filter(({ accountId }) => accountId === identity.account.accountId).map(({ at }) => at);
    },
  };
}

function wordsOf(view: View): string {
  return textsOf(view).map(plainText).join('\n');
}

function shown(at: DateTime): string {
  return at.toUTC().toFormat("yyyy-MM-dd'T'HH:mm");
}
