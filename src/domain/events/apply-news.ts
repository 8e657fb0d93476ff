import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { EventId, SourceId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import { type CalendarNews, mayTellOf } from './calendar-news.js';
import { changesToTell, ended, endOfHistory, historyOf, newEvent, toldAgain } from './change-detection.js';
import { type Event, endOf } from './event.js';
import type { ChangedEvent, SyncedChanges } from './event-changes.js';
import type { EventHistoryEntry } from './event-history.js';
import type { Source, SyncCounts } from './source.js';
import type { TouchedEvent } from './told-event.js';

/** Rows written before everything else has a turn. */
const AT_ONCE = 100;

/** What a run writes. */
interface Plan {
  added: Event[];
  updated: Event[];
  history: EventHistoryEntry[];
  changed: ChangedEvent[];
  cancelled: Event[];
  withdrawn: Event[];
  missed: EventId[];
  /** How many events show otherwise than before, the past ones too. */
  changes: number;
}

/** What people are told of, and how much was found in all. */
export interface AppliedNews {
  changes: SyncedChanges;
  counts: SyncCounts;
}

/** Writes what a read told, within the run's transaction: what was known is read again, as others may have changed it. */
export async function applyNews(
  repositories: Pick<Repositories, 'events' | 'sources'>,
  source: Source,
  news: CalendarNews,
  now: DateTime,
): Promise<AppliedNews> {
  const plan = await planWrites(repositories, source, news, now);
  await write(repositories, plan, source, news, now);
  const { added, changed, cancelled, withdrawn, changes } = plan;
  return {
    changes: {
      orgId: source.orgId,
      sourceId: source.id,
      isFirst: source.firstSyncedAt === undefined,
      at: now,
      added,
      changed,
      cancelled,
      withdrawn,
    },
    counts: { added: added.length, changed: changes, cancelled: cancelled.length, withdrawn: withdrawn.length },
  };
}

async function planWrites(
  { events, sources }: Pick<Repositories, 'events' | 'sources'>,
  source: Source,
  news: CalendarNews,
  now: DateTime,
): Promise<Plan> {
  const plan: Plan = {
    added: [],
    updated: [],
    history: [],
    changed: [],
    cancelled: [],
    withdrawn: [],
    missed: [],
    changes: 0,
  };
  const kinds = kindsOf(await sources.list(source.orgId));
  const ids = news.touched.map(({ facts }) => facts.lumaId);
  const known = new Map((await events.listByLumaIds(source.orgId, ids)).map((event) => [event.lumaId, event]));
  for (const [index, touched] of news.touched.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await takeBreath();
    const before = known.get(touched.facts.lumaId);
    if (!before) planNew(plan, touched, source, now);
    else if (mayTellOf(source, before, kinds)) planTold(plan, before, touched, { source, news, now });
  }
  for (const before of await events.list([...news.missing.keys()])) planMissing(plan, before, { source, news, now });
  for (const before of await events.list([...news.descriptions.keys()])) {
    planDescription(plan, before, { source, news, now });
  }
  return plan;
}

/** The org's calendars by what they are reached with. */
export function kindsOf(sources: readonly Source[]): ReadonlyMap<SourceId, Source['access']['kind']> {
  return new Map(sources.map(({ id, access }) => [id, access.kind]));
}

/** A run at work: whose, on what, when. */
interface Run {
  source: Source;
  news: CalendarNews;
  now: DateTime;
}

function planNew(plan: Plan, touched: TouchedEvent, source: Source, now: DateTime): void {
  if (touched.state === 'on') plan.added.push(newEvent(touched, source, now));
}

function planTold(plan: Plan, before: Event, touched: TouchedEvent, { source, news, now }: Run): void {
  const told = withDescription(before, touched, source, news);
  const isCalledOff = touched.state === 'cancelled';
  // What has begun has taken place: nothing calls it off any more.
  if (isCalledOff && before.state === 'on' && before.startsAt > now) {
    planEnd(plan, before, 'cancelled', now);
  } else {
    const after = toldAgain(before, told, { source, now, state: isCalledOff ? before.state : 'on' });
    const isRetold = before.sourceId !== source.id || source.firstSyncedAt === undefined;
    planUpdate(plan, before, after, { now, isRetold });
  }
}

/** Lists may come without descriptions: one that was asked for, or is known, is kept then. */
function withDescription(before: Event, told: TouchedEvent, { id, access }: Source, news: CalendarNews): TouchedEvent {
  const { facts } = told;
  const isWhole = access.kind === 'feed' && before.sourceId === id;
  if (facts.description !== '' || isWhole || news.described.has(facts.lumaId)) return told;
  return { ...told, facts: { ...facts, description: before.description } };
}

function planMissing(plan: Plan, before: Event, { source, news, now }: Run): void {
  const verdict = news.missing.get(before.id);
  if (before.sourceId !== source.id || before.state !== 'on' || before.startsAt <= now || !verdict) return;
  if (verdict === 'missed') plan.missed.push(before.id);
  else planEnd(plan, before, verdict, now);
}

function planDescription(plan: Plan, before: Event, { source, news, now }: Run): void {
  const description = news.descriptions.get(before.id);
  if (!description || before.sourceId !== source.id || before.description === description) return;
  // Learnt late, not changed: nobody is told, but what shows it follows.
  const after = { ...before, description, sequence: before.sequence + 1, changedAt: now };
  planUpdate(plan, before, after, { now, isRetold: true });
}

function planEnd(plan: Plan, before: Event, state: 'cancelled' | 'withdrawn', now: DateTime): void {
  const after = ended(before, state, now);
  plan.updated.push(after);
  plan.history.push(endOfHistory(before, after, state));
  plan[state].push(after);
}

function planUpdate(
  plan: Plan,
  before: Event,
  after: Event,
  { now, isRetold }: { now: DateTime; isRetold: boolean },
): void {
  plan.updated.push(after);
  if (after.sequence === before.sequence) return;
  plan.history.push(...historyOf(before, after));
  plan.changes += 1;
  const isAhead = endOf(before) > now || endOf(after) > now;
  const wasSeen = before.state === 'on' || after.state === 'on';
  if (isAhead && wasSeen) plan.changed.push({ before, after, what: changesToTell(before, after, isRetold) });
}

async function write(
  { events, sources }: Pick<Repositories, 'events' | 'sources'>,
  plan: Plan,
  source: Source,
  news: CalendarNews,
  now: DateTime,
): Promise<void> {
  for (let start = 0; start < plan.added.length; start += AT_ONCE) {
    await events.addAll(plan.added.slice(start, start + AT_ONCE));
    await takeBreath();
  }
  for (const [index, event] of plan.updated.entries()) {
    await events.update(event);
    if (index % AT_ONCE === AT_ONCE - 1) await takeBreath();
  }
  await events.addHistory(plan.history);
  await events.noteMissed(plan.missed, 1);
  await events.noteMissed(news.seenAgain, 0);
  await events.noteDescribed(describedIds(plan, news), now);
  if (plan.cancelled.length + plan.withdrawn.length > 0) await sources.forgetEtags(source.orgId, source.id);
}

function describedIds({ added, updated }: Plan, { described, descriptions }: CalendarNews): EventId[] {
  const inNews = [...added, ...updated].filter(({ lumaId }) => described.has(lumaId)).map(({ id }) => id);
  return [...inNews, ...descriptions.keys()];
}
