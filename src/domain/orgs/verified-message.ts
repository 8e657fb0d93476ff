import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { type MemberId, OrgId } from '../ids.js';
import type { PlannedDelivery } from '../notifications/delivery.js';

/** To the admins of an org to which an operator said yes; they waited for it. */
export const ORG_VERIFIED = 'orgs.verified';
export const AboutVerified = z.object({ org: OrgId });

/** Sent at once; `at` tells one yes from the next. */
export function verifiedMessage(orgId: OrgId, memberId: MemberId, at: DateTime): PlannedDelivery {
  const dedupeKey = `${ORG_VERIFIED}:${orgId}:${memberId}:${toInstantText(at)}`;
  return { dedupeKey, memberId, kind: ORG_VERIFIED, payload: { org: orgId }, dueAt: at };
}
