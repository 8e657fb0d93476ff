import { asNumber, asRecord, asText, type Json } from '../json.js';
import { Problems } from '../problems.js';

/**
 * A scheduled event about to be made or changed; `known` is the event as it stands. Only external ones (type 3), the kind
 * that stands for an event elsewhere, are checked in full. @see developers/resources/guild-scheduled-event
 */
export function checkScheduledEvent(body: Json, known?: Json): Problems {
  const problems = new Problems();
  const event: Json = { ...known, ...body };
  problems.text(['name'], event.name, { min: 1, max: 100 });
  problems.optionalText(['description'], event.description, { max: 1000 });
  if (event.privacy_level !== 2) problems.add(['privacy_level'], 'BASE_TYPE_CHOICES', 'Must be 2.');
  const startsAt = Date.parse(asText(event.scheduled_start_time));
  const endsAt = Date.parse(asText(event.scheduled_end_time));
  if (Number.isNaN(startsAt)) problems.add(['scheduled_start_time'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (!known && startsAt < Date.now()) {
    problems.add(['scheduled_start_time'], 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST', 'Cannot schedule event in the past.');
  }
  if (event.entity_type !== 3) return problems;
  problems.text(['entity_metadata', 'location'], asRecord(event.entity_metadata).location, { min: 1, max: 100 });
  if (Number.isNaN(endsAt)) problems.add(['scheduled_end_time'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (endsAt <= startsAt)
    problems.add(['scheduled_end_time'], 'GUILD_SCHEDULED_EVENT_END_BEFORE_START', 'Ends before it starts.');
  checkStatus(problems, asNumber(body.status), asNumber(known?.status));
  return problems;
}

/** Scheduled (1) becomes active (2) or canceled (4), active becomes completed (3); nothing else. */
function checkStatus(problems: Problems, next: number, current: number): void {
  if (next === 0 || next === current) return;
  const allowed: Record<number, number[]> = { 1: [2, 4], 2: [3] };
  if (!allowed[current]?.includes(next)) {
    problems.add(
      ['status'],
      'TRANSITION_INVALID_GUILD_SCHEDULED_EVENT_STATUS',
      `Status ${current} does not become ${next}.`,
    );
  }
}
