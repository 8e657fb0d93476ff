import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { type MemberId, SourceId } from '../ids.js';
import type { PlannedDelivery } from '../notifications/delivery.js';
import type { Repositories } from '../repositories.js';
import type { Source } from './source.js';

/** To the admins of an org: one of its calendars has failed several times in a row. */
export const SYNC_FAILING = 'sources.failing';
export const AboutFailing = z.object({ source: SourceId });

/** Plans one alert to each admin, once for each time that a calendar begins to fail. */
export async function planSyncAlerts(
  { orgs, deliveries }: Pick<Repositories, 'orgs' | 'deliveries'>,
  source: Source,
  now: DateTime,
): Promise<void> {
  await deliveries.planAll((await orgs.listActiveAdmins(source.orgId)).map((admin) => syncAlert(source, admin, now)));
}

function syncAlert(source: Source, memberId: MemberId, now: DateTime): PlannedDelivery {
  const since = toInstantText(source.lastSuccessAt ?? source.connectedAt);
  return {
    dedupeKey: `${SYNC_FAILING}:${source.id}:${since}:${memberId}`,
    memberId,
    kind: SYNC_FAILING,
    payload: { source: source.id },
    dueAt: now,
  };
}
