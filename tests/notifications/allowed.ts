import type { DateTime } from 'luxon';
import { expect } from 'vitest';
import type { Heard } from '../builders/hearing.js';
import { dayOf, isQuiet, nextHour, quietOver } from './hours.js';
import {
  type Answer,
  type Got,
  type Happening,
  isLeftAlone,
  isNews,
  LATE_HOURS,
  type Life,
  MOST_A_DAY,
  MOST_NEW_AN_HOUR,
  OFFSET_HOURS,
  type Offset,
  reminderKey,
  remindersOf,
  shown,
  standing,
  upAt,
  type Weather,
} from './life.js';

const MOST_SHOWN = 8;
const WORDS: Readonly<Record<string, Offset>> = { '1 week': '1w', '1 day': '1d', '1 hour': '1h' };
const NAME = /\be\d+\b/;

const WHY = { new: 'every new event', daily: 'daily digest', weekly: 'weekly digest' } as const;

type Events = ReadonlyMap<string, Happening>;
interface Around {
  events: Events;
  weather: Weather;
}

/** Whether a message may be sent to somebody at that moment; takes into their life that it was. */
export function takeIn(life: Life, { at, text }: Heard, events: Events, weather: Weather): void {
  expect(life.chosen.isStopped, 'after stop').toBe(false);
  const got = read(life, at, text, { events, weather });
  if (!got.isFree) {
    const { zone, quiet } = life.chosen;
    // What a platform may have taken a moment ago is seen to at once.
    const isMeant =
      isQuiet(at, zone, quiet) && !(at < weather.shakyUntil && !isQuiet(at.minus({ minutes: 3 }), zone, quiet));
    expect(isMeant, `in quiet hours of ${zone}`).toBe(false);
    expect(countOfDay(life, at), 'messages on one day').toBeLessThan(MOST_A_DAY);
  }
  if (got.kind === 'new') expect(countOfHour(life, at), 'messages in one hour').toBeLessThan(MOST_NEW_AN_HOUR);
  if (got.kind === 'daily' || got.kind === 'weekly') checkHour(life, got, weather);
  life.got.push(got);
}

/** How many messages somebody got on the day that it is for them at a moment, those of what they go to not counted. */
export function countOfDay({ got, chosen: { zone } }: Life, at: DateTime): number {
  return got.filter((one) => !one.isFree && one.at <= at && dayOf(one.at, zone) === dayOf(at, zone)).length;
}

/** How many messages about new events somebody got in the hour before. */
export function countOfHour({ got }: Life, at: DateTime): number {
  return got.filter((one) => one.kind === 'new' && one.at <= at && one.at > at.minus({ hours: 1 })).length;
}

function read(life: Life, at: DateTime, text: string, around: Around): Got {
  const digest = /^Your (daily|weekly) digest: (\d+) new events?\n/.exec(text);
  const found = /^(\d+) new events?( at .+)?\n/.exec(text);
  if (digest) return readNews(life, { at, text, ...around, kind: digest[1] as 'daily', total: Number(digest[2]) });
  if (found) return readNews(life, { at, text, ...around, kind: 'new', total: Number(found[1]) });
  return readEvent(life, at, text, around.events);
}

/** A message about what is new. */
interface NewsRead extends Around {
  at: DateTime;
  text: string;
  kind: 'new' | 'daily' | 'weekly';
  total: number;
}

function readNews(life: Life, read: NewsRead): Got {
  const { at, text, events, kind, total } = read;
  const { frequency } = life.chosen;
  expect(kind === 'weekly' ? ['weekly'] : kind === 'daily' ? ['daily', 'all'] : ['all']).toContain(frequency);
  const news = [...events.values()].filter(
    (event) => isNews(life, event) && event.startsAt > at && !life.told.has(event.name),
  );
  const names = readShown(text, events, news);
  expect(names).toHaveLength(Math.min(total, MOST_SHOWN));
  expect(total).toBeGreaterThan(0);
  noteTold(life, read, { news: news.map(({ name }) => name), shown: names });
  expect(text).toMatch(new RegExp(`\\nYou follow (${[...life.orgs].join('|')})( and 1 other)?; ${WHY[kind]}\\.$`));
  return { kind, at, isFree: false };
}

/** It told all that is new and nothing else; tried again after a fault, what was new when it was tried first. */
function noteTold(
  life: Life,
  { at, total, weather }: NewsRead,
  { news, shown: names }: { news: string[]; shown: string[] },
): void {
  const certain = news.filter((name) => !life.perhapsTold.has(name));
  const isTriedAgain = total < certain.length && at < weather.shakyUntil.plus({ days: 1 });
  if (!isTriedAgain) {
    expect(total, 'events in all').toBeGreaterThanOrEqual(certain.length);
    expect(total, 'events in all').toBeLessThanOrEqual(news.length);
  }
  for (const name of isTriedAgain ? names : news) life.told.set(name, at);
  if (total > names.length && isTriedAgain) for (const name of certain) life.perhapsTold.add(name);
}

/** The events shown, each under its org and with the hour at which it begins. */
function readShown(text: string, events: Events, news: readonly Happening[]): string[] {
  const names: string[] = [];
  let org = '';
  for (const [index, line] of text.split('\n').entries()) {
    const heading = line.split(' · next ')[0];
    if (news.some((event) => event.org === heading)) org = heading ?? '';
    const name = NAME.exec(line)?.[0];
    const event = name === undefined ? undefined : events.get(name);
    if (!event || !name) continue;
    expect(news, `${name} is no news`).toContain(event);
    expect(org).toBe(event.org);
    expect(text.split('\n')[index + 1]).toContain(shown(event.startsAt));
    names.push(name);
  }
  return names;
}

/** A message about one event: a reminder, or that it changed. */
function readEvent(life: Life, at: DateTime, text: string, events: Events): Got {
  const name = NAME.exec(text.split('\n')[0] ?? '')?.[0] ?? '';
  const event = events.get(name);
  const answer = life.answers.get(name);
  if (!event || !answer) throw new Error('Nobody expected this message.');
  expect(answer.response).not.toBe('not_going');
  expect(text).toContain(event.isOn ? shown(event.startsAt) : 'Cancelled.');
  if (event.isOn) expect(text).toContain(event.place);
  const offset = WORDS[/reminder (1 \w+) before/.exec(text)?.[1] ?? ''];
  const isGoing = answer.response === 'going';
  if (offset) checkReminder(life, event, { answer, at, offset });
  else checkNotice(life, event, answer, text);
  if (answer.knows !== standing(event)) Object.assign(answer, { knows: standing(event), knowsSince: at });
  if (!offset) answer.wasTold = standing(event);
  return { kind: offset ? 'reminder' : 'change', at, isFree: offset !== undefined && isGoing };
}

function checkReminder(
  life: Life,
  event: Happening,
  { answer, at, offset }: { answer: Answer; at: DateTime; offset: Offset },
): void {
  const chosen = remindersOf(life, event.name);
  const due = event.startsAt.minus({ hours: OFFSET_HOURS[offset] });
  expect(chosen).toContain(offset);
  if (answer.response === 'interested' && !life.chosen.own.has(event.name)) {
    expect(isLeftAlone(life, event.org), 'of what they only think of').toBe(false);
  }
  expect(event.isOn && at < event.startsAt && at >= due && answer.at <= due, 'at its time').toBe(true);
  const isLate = chosen.some(
    (other) => OFFSET_HOURS[other] < OFFSET_HOURS[offset] && at >= event.startsAt.minus({ hours: OFFSET_HOURS[other] }),
  );
  expect(isLate, 'a later one is due').toBe(false);
  const key = reminderKey(event.name, offset, event.startsAt);
  expect(life.reminded.has(key), 'twice').toBe(false);
  life.reminded.set(key, at);
}

/** Whether somebody is to hear that an event changed which they said they go to, or think of. */
export function wantsNotice(life: Life, event: Happening, { response }: Answer): boolean {
  if (response === 'not_going' || life.chosen.isStopped) return false;
  if (!isLeftAlone(life, event.org)) return true;
  return response === 'going' && remindersOf(life, event.name).length > 0;
}

function checkNotice(life: Life, event: Happening, answer: Answer, text: string): void {
  expect(text).toContain('so you are told when it changes.');
  expect(wantsNotice(life, event, answer)).toBe(true);
  const isRepeat = answer.wasTold === standing(event) && answer.knows === standing(event);
  expect(isRepeat, 'told again').toBe(false);
}

/** A digest comes at its hour, once the process runs and quiet hours are over; later only on a day that is full. */
function checkHour(life: Life, { kind, at }: Got, weather: Weather): void {
  const rhythm = kind === 'weekly' ? 'weekly' : 'daily';
  const { zone, quiet } = life.chosen;
  const before = life.got.filter((one) => one.kind === kind).at(-1);
  let hour = nextHour(rhythm, zone, at.minus({ days: rhythm === 'weekly' ? 8 : 2 }));
  for (let next = hour; next <= at; next = nextHour(rhythm, zone, next)) hour = next;
  if (before && before.at > life.since) expect(before.at < hour, 'two digests of one hour').toBe(true);
  if (life.since >= hour || weather.shakyUntil > hour) return;
  const up = upAt(hour, weather);
  expect(up.diff(hour).as('hours'), 'hours late').toBeLessThan(LATE_HOURS[rhythm]);
  let due = quietOver(up, zone, quiet);
  while (upAt(due, weather) > due) due = quietOver(upAt(due, weather), zone, quiet);
  if (countOfDay(life, due) < MOST_A_DAY) expect(at.toISO(), 'at its hour').toBe(due.toISO());
}
