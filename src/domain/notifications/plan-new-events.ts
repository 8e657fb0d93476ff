import { toInstantText } from '../../shared/clock.js';
import type { Event } from '../events/event.js';
import type { FollowChanges, SyncedChanges } from '../events/event-changes.js';
import { AboutNewEvents, NEW_EVENTS } from './digest.js';
import type { Audience } from './mailing.js';

/**
 * Lets members who hear of everything know what a sync found: one message a run. A first sync tells nobody (product.md
 * section 12).
 */
export const planNewEvents: FollowChanges = async ({ mailings }, changes) => {
  if (changes.isFirst || !found(changes).some((event) => isNews(event, changes))) return;
  await mailings.plan({
    occasion: `${NEW_EVENTS}:${changes.sourceId}:${toInstantText(changes.at)}`,
    kind: NEW_EVENTS,
    payload: AboutNewEvents.parse({ org: changes.orgId }),
    dueAt: changes.at,
  });
};

/** Members of the org who hear of everything. */
export const newEventsAudience: Audience = async ({ orgs, news }, { payload }, portion) => {
  const { org } = AboutNewEvents.parse(payload);
  const known = await orgs.find(org);
  return known && !known.isHidden ? news.listHearingAll(known.id, portion) : [];
};

/** What was not there before, or could be seen by nobody. */
function found({ added, changed }: SyncedChanges): Event[] {
  const opened = changed.filter(
    ({ before, after }) => before.visibility === 'private' && after.visibility !== 'private',
  );
  return [...added, ...opened.map(({ after }) => after)];
}

function isNews({ state, visibility, startsAt }: Event, { at }: SyncedChanges): boolean {
  return state === 'on' && visibility !== 'private' && startsAt > at;
}
