import { inTurns, ms, type Row, summarise } from './measure.js';

/** How many commands are on their way at once. */
const LEVELS = [1, 10, 100] as const;

/**
 * Commands of one round. Both sides are long-running processes, so what counts is their speed once the engine has
 * compiled what is used: a round to warm up takes as long as one that counts.
 */
const ROUND = 3_000;
const ROUNDS = 3;

/** Sends the `index`-th command and gives its time from sent to answered, in milliseconds. */
export type SendOne = (index: number) => Promise<number>;

/** Ours against the bare one, at each level: a round each to warm up, then rounds in turn. */
export async function compareInFlight(what: string, { ours, bare }: { ours: SendOne; bare: SendOne }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const level of LEVELS) {
    const round = (send: SendOne) => () => keepInFlight(level, ROUND, send);
    await round(ours)();
    await round(bare)();
    const times = await inTurns(ROUNDS, round(ours), round(bare));
    const [mine, theirs] = [summarise(times.one.flat()), summarise(times.other.flat())];
    rows.push({
      what: `${what}, ${level} in flight`,
      ours: `${ms(mine.p50)}; ${ms(mine.p99)}`,
      bare: `${ms(theirs.p50)}; ${ms(theirs.p99)}`,
      ratio: mine.p50 / theirs.p50,
      bound: 2,
    });
  }
  return rows;
}

/** Keeps so many commands on their way until the round is done. */
async function keepInFlight(level: number, total: number, send: SendOne): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < total) {
      const index = next;
      next += 1;
      times.push(await send(index));
    }
  };
  await Promise.all(Array.from({ length: level }, lane));
  return times;
}
