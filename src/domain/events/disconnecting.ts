import type { DateTime } from 'luxon';
import type { Repositories } from '../repositories.js';
import { ended, endOfHistory } from './change-detection.js';
import type { FollowChanges } from './event-changes.js';
import type { Source } from './source.js';

/** Withdraws the events ahead of a calendar, in the transaction that disconnects it; says how many these were. */
export async function withdrawEvents(
  repositories: Repositories,
  source: Source,
  { follow, now }: { follow: readonly FollowChanges[]; now: DateTime },
): Promise<number> {
  const { events } = repositories;
  const before = (await events.listOfSource(source.id)).filter(
    ({ state, startsAt }) => state === 'on' && startsAt > now,
  );
  const withdrawn = before.map((event) => ended(event, 'withdrawn', now));
  for (const event of withdrawn) await events.update(event);
  await events.addHistory(before.map((event) => endOfHistory(event, ended(event, 'withdrawn', now), 'withdrawn')));
  if (withdrawn.length === 0) return 0;
  const none = { isFirst: false, added: [], changed: [], cancelled: [] };
  const changes = { ...none, orgId: source.orgId, sourceId: source.id, at: now, withdrawn };
  for (const followUp of follow) await followUp(repositories, changes);
  return withdrawn.length;
}
