/** Values that go into one `in (…)`: SQLite takes 32,766 in one statement, PostgreSQL 65,535. */
const MOST_AT_ONCE = 5_000;

/** Asks for many values a few thousand at a time; asks for nothing when there are none. */
export async function inChunks<Value, Row>(
  values: readonly Value[],
  ask: (chunk: readonly Value[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < values.length; start += MOST_AT_ONCE) {
    rows.push(...(await ask(values.slice(start, start + MOST_AT_ONCE))));
  }
  return rows;
}
