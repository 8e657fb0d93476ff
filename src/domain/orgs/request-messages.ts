import type { DateTime } from 'luxon';
import { z } from 'zod';
import { type MemberId, RequestId } from '../ids.js';
import type { MemberTarget, PlannedDelivery } from '../notifications/delivery.js';
import type { JoinRequest } from './join-request.js';

/** What the deliveries about a request carry: which one. */
export const AboutRequest = z.object({ request: RequestId });

/** To an admin: somebody asks to join. Sent at once, though unasked, because a person waits for the answer. */
export const REQUEST_ALERT = 'requests.alert';
/** To whoever asked: the answer. */
export const REQUEST_ANSWER = 'requests.answer';

export function requestAlert({ id }: JoinRequest, admin: MemberId, now: DateTime): PlannedDelivery {
  return aboutRequest(REQUEST_ALERT, id, { memberId: admin, dueAt: now });
}

export function requestAnswer({ id, memberId }: JoinRequest, now: DateTime): PlannedDelivery {
  return aboutRequest(REQUEST_ANSWER, id, { memberId, dueAt: now });
}

function aboutRequest(kind: string, request: RequestId, to: MemberTarget & { dueAt: DateTime }) {
  return { dedupeKey: `${kind}:${request}:${to.memberId}`, kind, payload: { request }, ...to };
}
