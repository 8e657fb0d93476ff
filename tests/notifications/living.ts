import fc from 'fast-check';
import { DateTime } from 'luxon';
import { startHearing } from '../builders/hearing.js';
import { takeIn } from './allowed.js';
import { change, changeCalendar, find, readCalendars } from './calendars.js';
import { answer, choose } from './choosing.js';
import {
  anyStep,
  type Change,
  type Choice,
  type EventToBe,
  event,
  MEMBERS,
  ORGS,
  type PersonToBe,
  person,
  type Step,
  type Weights,
} from './histories.js';
import type { Life } from './life.js';
import { checkOwed } from './owed.js';
import { orgOf, some, type World } from './world.js';

/** Runs of a sync are minutes apart, and people answer what they see. */
const BETWEEN_MINUTES = 6;
/** After the last fault of a platform all that waits for another try has had it. */
const CALM_AFTER_HOURS = 2;
/** In the end everything has had time to be told: every weekly hour, and most of a day after it. */
const LAST_DAYS = 8;

const LONGEST_DOWN_MINUTES = 11 * 1440;

/** Lives through a whole history, and looks after each step at everybody's messages. */
export async function liveThrough(
  from: string,
  told: { people: readonly PersonToBe[]; events: readonly EventToBe[]; steps: readonly Step[] },
): Promise<void> {
  const on = await startHearing({ now: from, orgs: ORGS });
  const now = on.clock.now();
  const world: World = {
    on,
    lives: [],
    events: new Map(),
    weather: { downs: [], shakyUntil: now.minus({ days: 9 }) },
    seen: 0,
  };
  try {
    await find(world, told.events, true);
    for (const one of told.people) world.lives.push(await born(world, one));
    await pass(world, BETWEEN_MINUTES);
    for (const step of told.steps) await take(world, step);
    on.faults.length = 0;
    await pass(world, LAST_DAYS * 1440);
  } finally {
    await on.stop();
  }
}

const minutesOn = ({ on }: World, minutes: number) => on.clock.now().plus({ minutes });

/** A platform's fault or a crash: what was due before may be late for a while. */
function shake({ weather }: World, at: DateTime): void {
  weather.shakyUntil = DateTime.max(weather.shakyUntil, at.plus({ hours: CALM_AFTER_HOURS }));
}

/** Time passes while the process runs, and everybody's messages are looked at. */
async function pass(world: World, minutes: number): Promise<void> {
  const { on } = world;
  const from = on.clock.now();
  await on.until(from.plus({ minutes }));
  look(world, from);
}

/** Looks at what came, and whether all came that should have. */
function look(world: World, from: DateTime): void {
  hear(world);
  const { on, lives, events, weather } = world;
  for (const life of lives) {
    try {
      checkOwed(life, events, { from, to: on.clock.now(), weather });
    } catch (error) {
      throw new Error(`By ${on.clock.now().toISO()} not as owed. ${about(life)}`, { cause: error });
    }
  }
}

function hear(world: World): void {
  const { on, lives, events, weather } = world;
  const faultAt = on.lastFaultAt();
  if (faultAt) shake(world, faultAt);
  for (const one of on.heard.slice(world.seen)) {
    const life = lives.find(({ identity }) => identity.account.accountId === one.accountId);
    if (!life) throw new Error('Nobody has this account.');
    try {
      takeIn(life, one, events, weather);
    } catch (error) {
      throw new Error(`At ${one.at.toISO()} came: ${one.text}\n${about(life)}`, { cause: error });
    }
  }
  world.seen = on.heard.length;
}

const about = ({ chosen, since, answers }: Life) =>
  `Chosen since ${since.toISO()}: ${JSON.stringify({ ...chosen, muted: [...chosen.muted], own: [...chosen.own] })}, answers ${JSON.stringify([...answers])}`;

async function take(world: World, step: Step): Promise<void> {
  const { on, lives } = world;
  switch (step.kind) {
    case 'wait':
      return pass(world, step.minutes);
    case 'find':
      await pass(world, BETWEEN_MINUTES);
      await find(world, step.events, false);
      return;
    case 'burst':
      for (const one of step.events) {
        await pass(world, step.minutes);
        await find(world, [one], false);
      }
      return;
    case 'change':
      await pass(world, BETWEEN_MINUTES);
      return change(world, step.change);
    case 'answer': {
      const [life, one] = [lives[step.who], some(world, step.which)];
      if (life && one) await answer(world, life, one, step.response);
      return;
    }
    case 'choose': {
      const life = lives[step.who];
      if (life) await choose(world, life, step.choice);
      return;
    }
    case 'down':
      return beDown(world, downMinutes(world, step), step.meanwhile);
    case 'faults':
      if (on.faults.length === 0) on.faults.push(...step.faults);
      return;
    case 'crash':
      return crash(world, step);
  }
}

/** Somebody who follows some orgs agrees, chooses, and answers what there is. */
async function born(world: World, told: PersonToBe): Promise<Life> {
  const { on, events } = world;
  const orgs = told.orgs.map((name) => orgOf(world, name));
  const { member, identity } = await on.person({ zone: told.zone }, orgs);
  const now = on.clock.now();
  const { zone, frequency, quiet, reminders, types } = told;
  const life: Life = {
    ...{ member, identity, orgs: new Set(told.orgs), since: now, answers: new Map(), told: new Map() },
    perhapsTold: new Set(),
    ...{ reminded: new Map(), got: [] },
    chosen: { zone, frequency, quiet, reminders, types, muted: new Set(), own: new Map(), isStopped: false },
  };
  for (const what of ['frequency', 'quiet', 'reminders', 'types'] as const) {
    await choose(world, life, { what, frequency, quiet, reminders, types } as Choice);
  }
  if (told.muted) await choose(world, life, { what: 'mute', org: told.muted });
  for (const [index, one] of [...events.values()].entries()) {
    const response = told.answers[index];
    if (response) await answer(world, life, one, response);
  }
  return life;
}

/** For how long the process is down: until shortly before an event, where that is soon. */
function downMinutes(world: World, { minutes, before, endsMinutes }: Extract<Step, { kind: 'down' }>): number {
  const one = before === undefined ? undefined : some(world, before);
  const until = one?.startsAt.minus({ minutes: endsMinutes }).diff(world.on.clock.now()).as('minutes') ?? 0;
  return until > 0 && until < LONGEST_DOWN_MINUTES ? until : minutes;
}

/** The process ends in good order, and another begins later, which reads the calendars at once. */
async function beDown(world: World, minutes: number, meanwhile: Change | undefined): Promise<void> {
  await pass(world, 0);
  await rest(world, minutes, meanwhile);
}

async function rest(world: World, minutes: number, meanwhile: Change | undefined): Promise<void> {
  const { on, weather } = world;
  const from = on.clock.now();
  await on.downUntil(minutesOn(world, minutes));
  weather.downs.push({ from, to: on.clock.now() });
  hear(world);
  if (meanwhile) changeCalendar(world, meanwhile);
  await readCalendars(world);
  await pass(world, 0);
}

/** The process dies at some moment of its work, perhaps between a message and the note of it. */
async function crash(world: World, told: Extract<Step, { kind: 'crash' }>): Promise<void> {
  const { on } = world;
  const from = on.clock.now();
  if (await on.until(minutesOn(world, told.afterMinutes), told.diesIn)) return look(world, from);
  shake(world, on.clock.now());
  // Nothing was owed while it was dying.
  const { downs } = world.weather;
  downs.push({ from, to: on.clock.now() });
  await rest(world, told.downMinutes, told.meanwhile);
  shake(world, on.clock.now());
}

/** Worlds of random members, calendars and weather: every life in each of them is a history of its own. */
export function anyHistories(
  starts: readonly string[],
  weights: Weights,
): fc.IAsyncProperty<[string, PersonToBe[], EventToBe[], Step[]]> {
  return fc.asyncProperty(
    fc.constantFrom(...starts),
    fc.array(person, { minLength: MEMBERS, maxLength: MEMBERS, size: 'max' }),
    fc.array(event, { minLength: 4, maxLength: 4 }),
    fc.array(anyStep(weights), { minLength: 6, maxLength: 14, size: 'max' }),
    (from, people, events, steps) => liveThrough(from, { people, events, steps }),
  );
}
