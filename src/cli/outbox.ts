import type { DateTime } from 'luxon';
import { DeliveryId } from '../domain/ids.js';
import { DELIVERY_STATES } from '../domain/notifications/delivery.js';
import type { OutboxService } from '../domain/notifications/outbox-service.js';
import { DEAD_STATES, type OutboxEntry } from '../domain/notifications/outbox-upkeep.js';
import { StartProblem } from '../platforms/platform.js';
import { createServices } from '../services.js';
import { systemClock, toInstantText } from '../shared/clock.js';
import { configuration, tell, withDatabase } from './environment.js';
import { table } from './table.js';

/** Most rows that one list shows. */
const MOST_LISTED = 10_000;

const COLUMNS = ['id', 'state', 'kind', 'to', 'due', 'failures', 'error'] as const;

/** Prints deliveries: of one state, or all that were given up. Ids and codes only: no words, no names. */
export async function listOutbox({
  state,
  limit = '50',
  json = false,
}: {
  state?: string;
  limit?: string;
  json?: boolean;
}): Promise<void> {
  const states = state === undefined ? DEAD_STATES : [oneOf(DELIVERY_STATES, state, '--state')];
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1 || most > MOST_LISTED) {
    throw new StartProblem(`--limit is a whole number from 1 to ${MOST_LISTED}, such as --limit 50.`);
  }
  await withOutbox(async (outbox) => {
    const found: OutboxEntry[] = [];
    for (const one of states) found.push(...(await outbox.list({ state: one, most: most - found.length })));
    if (json) process.stdout.write(`${JSON.stringify(found.map(plain), undefined, 2)}\n`);
    else if (found.length === 0) tell(state === undefined ? 'nothing was given up.' : `nothing is ${state}.`);
    else process.stdout.write(`${table(COLUMNS, found.map(toRow))}\n`);
  });
}

/** Prints all there is to know of one delivery. */
export async function showDelivery(text: string): Promise<void> {
  await withOutbox(async (outbox) => {
    const found = await outbox.find(idFrom(text));
    if (!found) throw new StartProblem(`There is no delivery ${text}. \`rollcall outbox list\` has those given up.`);
    const known = Object.entries(plain(found)).filter(([, value]) => value !== undefined);
    const width = Math.max(...known.map(([name]) => name.length));
    process.stdout.write(`${known.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n`);
  });
}

/** Has one delivery that was given up tried again, or all of a state. The product may go on running meanwhile. */
export async function retryDeliveries(
  text: string | undefined,
  { all = false, state }: { all?: boolean; state?: string },
): Promise<void> {
  if ((text === undefined) === !all || all !== (state !== undefined)) {
    throw new StartProblem('Give either the id of one delivery, or --all --state undeliverable or rejected.');
  }
  const which = text === undefined ? { state: oneOf(DEAD_STATES, state ?? '', '--state') } : { id: idFrom(text) };
  await withOutbox(async (outbox) => {
    const count = await outbox.retry(which);
    if (count === 0 && text !== undefined) {
      throw new StartProblem(`${text} was not given up, so there is nothing to try again.`);
    }
    tell(count === 1 ? '1 delivery is tried again.' : `${count} deliveries are tried again.`);
  });
}

function withOutbox(work: (outbox: OutboxService) => Promise<void>): Promise<void> {
  return withDatabase(configuration(), (database) => work(createServices(database, systemClock()).outbox));
}

function oneOf<State extends string>(states: readonly State[], given: string, option: string): State {
  const state = states.find((one) => one === given);
  if (!state) throw new StartProblem(`${option} is one of ${states.join(', ')}, not ${JSON.stringify(given)}.`);
  return state;
}

function idFrom(text: string): DeliveryId {
  const parsed = DeliveryId.safeParse(text);
  if (!parsed.success) {
    throw new StartProblem(`${JSON.stringify(text)} is no delivery’s id. \`rollcall outbox list\` shows ids.`);
  }
  return parsed.data;
}

function toRow({ id, state, kind, to, dueAt, failures, lastError }: OutboxEntry) {
  return { id, state, kind, to, due: short(dueAt), failures, error: lastError ?? '' };
}

const short = (at: DateTime) => at.toUTC().toFormat("yyyy-MM-dd'T'HH:mm'Z'");

function plain(entry: OutboxEntry) {
  const instant = (at: DateTime | undefined) => at && toInstantText(at);
  return {
    ...entry,
    dueAt: instant(entry.dueAt),
    nextTryAt: instant(entry.nextTryAt),
    unsureSince: instant(entry.unsureSince),
    sentAt: instant(entry.sentAt),
  };
}
