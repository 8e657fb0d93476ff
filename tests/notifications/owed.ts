import { DateTime } from 'luxon';
import { expect } from 'vitest';
import { countOfDay, countOfHour, wantsNotice } from './allowed.js';
import { nextHour, quietOver } from './hours.js';
import {
  type Happening,
  isLeftAlone,
  isNews,
  LATE_HOURS,
  type Life,
  MOST_A_DAY,
  MOST_NEW_AN_HOUR,
  OFFSET_HOURS,
  reminderKey,
  remindersOf,
  standing,
  upAt,
  type Weather,
} from './life.js';

/** No two zones are further apart than that, and an hour for a clock change. */
const MOST_APART_HOURS = 27;
/** Hours so long ago have been seen to by an earlier look. */
const LOOK_BACK_DAYS = 4;

/** What has passed since the last look: nobody chose anything and no event changed meanwhile. */
export interface Passed {
  from: DateTime;
  to: DateTime;
  weather: Weather;
}

/** Whether somebody has got all that they were due by now. */
export function checkOwed(life: Life, events: ReadonlyMap<string, Happening>, passed: Passed): void {
  if (life.chosen.isStopped) return;
  checkDigests(life, events, passed);
  for (const event of events.values()) {
    checkFound(life, event, passed);
    checkReminders(life, event, passed);
    checkChange(life, event, passed);
  }
}

/** Whether all was as usual from a moment on, and the process ran right after it. */
function isCalm(life: Life, from: DateTime, { weather }: Passed): boolean {
  return from > life.since && from >= weather.shakyUntil;
}

/** Whether something happened, and by then. */
function checkBy(at: DateTime, happenedAt: DateTime | undefined, what: string): void {
  const isBy = happenedAt !== undefined && happenedAt <= at;
  expect(isBy, `${what}: due by ${at.toISO()}, was ${happenedAt?.toISO() ?? 'never'}`).toBe(true);
}

const isFull = (life: Life, at: DateTime) => countOfDay(life, at) >= MOST_A_DAY;

/** When a message goes out that is due at a moment; nothing when that is not certain, or not yet. */
function sentAt(life: Life, due: DateTime, passed: Passed): DateTime | undefined {
  const { zone, quiet } = life.chosen;
  const at = quietOver(upAt(due, passed.weather), zone, quiet);
  return at > passed.to || upAt(at, passed.weather) > at || isFull(life, at) ? undefined : at;
}

function checkDigests(life: Life, events: ReadonlyMap<string, Happening>, passed: Passed): void {
  const { frequency, zone } = life.chosen;
  if (frequency === 'none') return;
  const rhythm = frequency === 'weekly' ? 'weekly' : 'daily';
  const first = DateTime.max(life.since, passed.weather.shakyUntil, passed.from.minus({ days: LOOK_BACK_DAYS }));
  for (let hour = nextHour(rhythm, zone, first); hour <= passed.to; hour = nextHour(rhythm, zone, hour)) {
    const up = upAt(hour, passed.weather);
    if (up.diff(hour).as('hours') >= LATE_HOURS[rhythm] || hasTravelled(life, rhythm, hour)) continue;
    const at = sentAt(life, hour, passed);
    if (!at || at >= nextHour(rhythm, zone, hour)) continue;
    for (const event of events.values()) {
      if (life.perhapsTold.has(event.name) || !isNews(life, event) || event.isNewsSince >= hour || event.startsAt <= at)
        continue;
      checkBy(at, life.told.get(event.name), `${event.name} in a digest`);
    }
  }
}

/** Who had the digest of a day, and then went to where that day's hour is still to come, has had it. */
function hasTravelled({ got, since }: Life, rhythm: 'daily' | 'weekly', hour: DateTime): boolean {
  return got.some(({ kind, at }) => kind === rhythm && at <= since && hour.diff(at).as('hours') < MOST_APART_HOURS);
}

/** What was just found is told at once to those who hear of everything. */
function checkFound(life: Life, event: Happening, passed: Passed): void {
  const { foundAt } = event;
  if (life.perhapsTold.has(event.name)) return;
  if (life.chosen.frequency !== 'all' || !foundAt || !isNews(life, event) || !isCalm(life, foundAt, passed)) return;
  const at = sentAt(life, foundAt, passed);
  if (!at || event.startsAt <= at) return;
  // A message of just an hour ago may count or not.
  if (countOfHour(life, at) >= MOST_NEW_AN_HOUR || countOfHour(life, at.minus(1)) >= MOST_NEW_AN_HOUR) return;
  checkBy(at, life.told.get(event.name), `${event.name} as it was found`);
}

function checkReminders(life: Life, event: Happening, passed: Passed): void {
  const answer = life.answers.get(event.name);
  if (!answer || answer.response === 'not_going' || !event.isOn) return;
  const isGoing = answer.response === 'going';
  if (!isGoing && isLeftAlone(life, event.org) && !life.chosen.own.has(event.name)) return;
  const chosen = remindersOf(life, event.name);
  for (const offset of chosen) {
    const due = event.startsAt.minus({ hours: OFFSET_HOURS[offset] });
    if (due <= DateTime.max(event.since, answer.at) || !isCalm(life, due, passed)) continue;
    const at = isGoing ? upAt(due, passed.weather) : sentAt(life, due, passed);
    if (!at || at > passed.to || at >= event.startsAt) continue;
    const isLate = chosen.some(
      (other) =>
        OFFSET_HOURS[other] < OFFSET_HOURS[offset] && at >= event.startsAt.minus({ hours: OFFSET_HOURS[other] }),
    );
    if (isLate) continue;
    const key = reminderKey(event.name, offset, event.startsAt);
    checkBy(at, life.reminded.get(key), `reminder ${key}`);
  }
}

/** Those who go, or think of it, know how things stand as soon as it may be told. */
function checkChange(life: Life, event: Happening, passed: Passed): void {
  const answer = life.answers.get(event.name);
  if (!answer || !wantsNotice(life, event, answer) || !isCalm(life, event.since, passed)) return;
  if (answer.at >= event.since) return;
  const at = sentAt(life, event.since, passed);
  if (!at || DateTime.min(event.startsAt, event.startedAt) <= at) return;
  expect(answer.knows, `what is known of ${event.name}`).toBe(standing(event));
  checkBy(at, answer.knowsSince, `${event.name} is known`);
}
