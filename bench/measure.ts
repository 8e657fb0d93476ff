/** What a series of times says, in milliseconds. */
export interface Times {
  p50: number;
  p99: number;
  count: number;
}

/** The middle and the slow end of a series. */
export function summarise(series: readonly number[]): Times {
  const sorted = [...series].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), count: sorted.length };
}

/** Times one piece of work, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/**
 * Measures two things in turn, so that a change of the machine's pace meets both: a round of one, a round of the other.
 */
export async function inTurns<Result>(
  rounds: number,
  one: () => Promise<Result>,
  other: () => Promise<Result>,
): Promise<{ one: Result[]; other: Result[] }> {
  const results: { one: Result[]; other: Result[] } = { one: [], other: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.one.push(await one());
    results.other.push(await other());
  }
  return results;
}

/** The middle of a few figures. */
export function median(figures: readonly number[]): number {
  return summarise(figures).p50;
}

/** A row of the report: what was measured, the figures, and whether they keep to the bound. */
export interface Row {
  what: string;
  ours: string;
  bare: string;
  ratio: number | undefined;
  bound: number | undefined;
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
export const mb = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/** The rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ what, ours, bare, ratio, bound }) => {
    const verdict = ratio === undefined || bound === undefined ? '' : ratio <= bound ? 'yes' : '**no**';
    return `| ${what} | ${ours} | ${bare} | ${ratio?.toFixed(2) ?? ''} | ${bound ?? ''} | ${verdict} |`;
  });
  return [
    '| what | Rollcall | bare | ratio | at most | kept |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
