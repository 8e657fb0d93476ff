import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { SourceId } from '../ids.js';
import type { Member } from '../members/member.js';
import type { PlannedDelivery } from '../notifications/delivery.js';
import { endOfQuietHours } from '../notifications/quiet-hours.js';
import type { Repositories } from '../repositories.js';
import type { Source } from './source.js';

/** To the admins of an org: one of its calendars has failed several times in a row. */
export const SYNC_FAILING = 'sources.failing';
export const AboutFailing = z.object({ source: SourceId });

/** Plans one alert to each admin, once for each time that a calendar begins to fail; it waits for quiet hours to end. */
export async function planSyncAlerts(
  { orgs, members, deliveries }: Pick<Repositories, 'orgs' | 'members' | 'deliveries'>,
  source: Source,
  now: DateTime,
): Promise<void> {
  for (const admin of await members.list(await orgs.listActiveAdmins(source.orgId))) {
    await deliveries.plan(syncAlert(source, admin, now));
  }
}

function syncAlert(source: Source, { id, zone }: Member, now: DateTime): PlannedDelivery {
  const since = toInstantText(source.lastSuccessAt ?? source.connectedAt);
  return {
    dedupeKey: `${SYNC_FAILING}:${source.id}:${since}:${id}`,
    memberId: id,
    kind: SYNC_FAILING,
    payload: { source: source.id },
    dueAt: endOfQuietHours(now, zone ?? 'utc'),
  };
}
