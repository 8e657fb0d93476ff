import type { DateTime } from 'luxon';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { EventId, MemberId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import { AboutChange, answeredBy, CHANGE_NOTICE } from './change-notices.js';
import { type Goer, wantsReminder } from './goer.js';
import type { Audience } from './mailing.js';
import { AboutReminder, REMINDER, reminderAt } from './reminders.js';

/** Those who are to be reminded of an event as things stand: they answered in time, and chose it. */
const reminded: Audience = async (repositories, { payload }, portion) => {
  const { event, reminder, startsAt: text } = AboutReminder.parse(payload);
  const startsAt = fromInstantText(text);
  const found = await repositories.events.find(event);
  if (found?.state !== 'on' || toInstantText(found.startsAt) !== text) return [];
  const by = reminderAt(reminder, startsAt);
  const isDue = (goer: Goer) => wantsReminder(goer, reminder, startsAt, portion.now);
  return goersOf(repositories, { event, by, isDue }, portion);
};

/** Those who had answered when the event changed. What they want to hear is looked up when it is said. */
const told: Audience = async (repositories, { payload }, portion) => {
  const { event, at } = AboutChange.parse(payload);
  return goersOf(repositories, { event, by: answeredBy(fromInstantText(at)), isDue: () => true }, portion);
};

/** Who gets what is said about events that one goes to; for the mailings. */
export const GOER_AUDIENCES: Readonly<Record<string, Audience>> = { [REMINDER]: reminded, [CHANGE_NOTICE]: told };

/** As many as were asked for, unless there are no more. */
async function goersOf(
  { goers }: Repositories,
  { event, by, isDue }: { event: EventId; by: DateTime; isDue: (goer: Goer) => boolean },
  { after, most }: { after: MemberId | undefined; most: number },
): Promise<MemberId[]> {
  const found: MemberId[] = [];
  for (let behind = after; ; ) {
    const some = await goers.list(event, { by, after: behind, most });
    found.push(...some.filter(isDue).map(({ memberId }) => memberId));
    behind = some.at(-1)?.memberId;
    if (some.length < most || found.length >= most) return found.slice(0, most);
  }
}
