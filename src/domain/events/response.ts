import type { DateTime } from 'luxon';
import type { EventId, MemberId } from '../ids.js';

export const RESPONSES = ['going', 'interested', 'not_going'] as const;
export type ResponseValue = (typeof RESPONSES)[number];

/** What a member said before an event, or what lu.ma's guest list says for them; the latest word counts. */
export interface EventResponse {
  eventId: EventId;
  memberId: MemberId;
  response: ResponseValue;
  source: 'member' | 'luma';
  respondedAt: DateTime;
}
