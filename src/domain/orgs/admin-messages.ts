import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { type MemberId, OrgId } from '../ids.js';
import type { PlannedDelivery } from '../notifications/delivery.js';

/** What a message to an admin carries: which org. */
export const AboutOrg = z.object({ org: OrgId });

/** To a member whom somebody else made an admin. */
export const ADMIN_ADDED = 'admins.added';
/** To the admins of an org to which an operator said yes. */
export const ORG_VERIFIED = 'orgs.verified';

/** Sent at once: it is about what the member may do, or waited for. `at` tells one occasion from the next. */
export function adminMessage(
  kind: typeof ADMIN_ADDED | typeof ORG_VERIFIED,
  { orgId, memberId, at }: { orgId: OrgId; memberId: MemberId; at: DateTime },
): PlannedDelivery {
  const dedupeKey = `${kind}:${orgId}:${memberId}:${toInstantText(at)}`;
  return { dedupeKey, memberId, kind, payload: { org: orgId }, dueAt: at };
}
