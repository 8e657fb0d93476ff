import type { DateTime } from 'luxon';
import type { Repositories } from '../repositories.js';
import type { EventType } from './event.js';
import type { EventDirection, EventReader, EventRow, EventScope, EventSpan } from './event-listing-repository.js';
import { phaseOf } from './event-phase.js';
import type { EventHost, ListedEvent } from './listed-event.js';

/** What a page of events is made from. */
export interface AskedList {
  org: EventHost | undefined;
  until: DateTime | undefined;
  type: EventType | undefined;
  page: number;
  pageSize: number;
  reader: EventReader;
  now: DateTime;
}

/** Events on a page that belong together: of one org of the reader's, or, without an org, of several. */
export interface EventGroup {
  org: EventHost | undefined;
  events: ListedEvent[];
}

/** One page of events. `page` counts from 0 and is always one that exists. */
export interface EventsPage {
  direction: EventDirection;
  asked: Pick<AskedList, 'org' | 'until' | 'type'>;
  /** Of one org; of the reader's own alone; or of the reader's first and then of others. */
  scope: 'org' | 'own' | 'all';
  groups: EventGroup[];
  page: number;
  pages: number;
  total: number;
  /** How many of them are of the reader's orgs, where those come first. */
  ofOwn: number;
  /** Whether the reader is in any org. */
  hasOrgs: boolean;
  /** What there is for the same days and kinds without the org that was asked for; counted only when that has none. */
  elsewhere: number;
}

/** What has not ended: of one org, or of the reader's orgs one after the other and then of the rest. */
export async function listAhead(repositories: Repositories, asked: AskedList): Promise<EventsPage> {
  const span = spanOf('ahead', asked);
  if (asked.org) return ofOneOrg(repositories, asked.org, span, asked);
  const { eventListing } = repositories;
  const own = await eventListing.tallyOwn(span, asked.reader);
  const elsewhere = await eventListing.count({ kind: 'elsewhere' }, span, asked.reader);
  const ofOwn = own.reduce((sum, { events }) => sum + events, 0);
  const parts = [
    ...own.map(({ org, events }) => ({ org, scope: { kind: 'org', orgId: org.id } as const, events })),
    { org: undefined, scope: { kind: 'elsewhere' } as const, events: elsewhere },
  ];
  return {
    ...(await pageOf(repositories, parts, span, asked)),
    scope: 'all',
    ofOwn,
    hasOrgs: await hasOrgs(repositories, asked.reader),
    elsewhere,
  };
}

/** What is over: of one org, else of the reader's orgs, else of all. */
export async function listPast(repositories: Repositories, asked: AskedList): Promise<EventsPage> {
  const span = spanOf('past', asked);
  if (asked.org) return ofOneOrg(repositories, asked.org, span, asked);
  const { eventListing } = repositories;
  const ofOwn = await eventListing.count({ kind: 'own' }, span, asked.reader);
  const kind = ofOwn > 0 ? 'own' : 'any';
  const events = ofOwn > 0 ? ofOwn : await eventListing.count({ kind: 'any' }, span, asked.reader);
  return {
    ...(await pageOf(repositories, [{ org: undefined, scope: { kind }, events }], span, asked)),
    scope: ofOwn > 0 ? 'own' : 'all',
    ofOwn,
    hasOrgs: await hasOrgs(repositories, asked.reader),
    elsewhere: 0,
  };
}

async function ofOneOrg(
  repositories: Repositories,
  org: EventHost,
  span: EventSpan,
  asked: AskedList,
): Promise<EventsPage> {
  const { eventListing } = repositories;
  const scope = { kind: 'org', orgId: org.id } as const;
  const events = await eventListing.count(scope, span, asked.reader);
  return {
    ...(await pageOf(repositories, [{ org: undefined, scope, events }], span, asked)),
    scope: 'org',
    ofOwn: 0,
    hasOrgs: await hasOrgs(repositories, asked.reader),
    elsewhere: events > 0 ? 0 : await eventListing.count({ kind: 'any' }, span, asked.reader),
  };
}

interface Part {
  org: EventHost | undefined;
  scope: EventScope;
  events: number;
}

/** A page across parts that follow one another. */
async function pageOf({ eventListing }: Repositories, parts: readonly Part[], span: EventSpan, asked: AskedList) {
  const total = parts.reduce((sum, { events }) => sum + events, 0);
  const pages = Math.max(1, Math.ceil(total / asked.pageSize));
  const page = Math.min(asked.page, pages - 1);
  const groups: EventGroup[] = [];
  for (const { org, scope, limit, offset } of slicesOf(parts, page * asked.pageSize, asked.pageSize)) {
    const rows = await eventListing.list(scope, span, asked.reader, { limit, offset });
    groups.push({ org, events: rows.map((row) => listed(row, span.now)) });
  }
  const { org, until, type } = asked;
  return { direction: span.direction, asked: { org, until, type }, groups, page, pages, total };
}

/** Which rows of which parts stand on the stretch of a page. */
function slicesOf(parts: readonly Part[], start: number, length: number) {
  let first = 0;
  return parts.flatMap(({ events, ...part }) => {
    const offset = Math.max(0, start - first);
    const limit = Math.min(events, start + length - first) - offset;
    first += events;
    return limit > 0 ? [{ ...part, offset, limit }] : [];
  });
}

const listed = (row: EventRow, now: DateTime): ListedEvent => ({ ...row, phase: phaseOf(row.event, now) });

function spanOf(direction: EventDirection, { now, until, type }: AskedList): EventSpan {
  return { direction, now, until, type };
}

async function hasOrgs({ orgs }: Repositories, { memberId }: EventReader): Promise<boolean> {
  if (memberId === undefined) return false;
  return (await orgs.listOfMember(memberId)).some(({ standing }) => standing === 'active');
}
