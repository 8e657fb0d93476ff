import type { Compilable, CompiledQuery } from 'kysely';
import type { Connection } from './database.js';

/** Stands for an argument while a query is compiled. */
class Slot {
  readonly position: number;
  constructor(position: number) {
    this.position = position;
  }
}

/**
 * A query that is built and compiled once, and then run with other arguments each time: for look-ups that happen at
 * every command, where building the text takes longer than running it. The arguments may be used as values only; what
 * the query looks like must not depend on them.
 */
export function prepared<Args extends unknown[], Row>(build: (db: Connection, ...args: Args) => Compilable<Row>) {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db: Connection, ...args: Args): Promise<Row[]> => {
    if (!compiled) {
      const slots = Array.from({ length: build.length - 1 }, (_, position) => new Slot(position));
      // The slots stand where values will; the one place that looks at them is the line below.
      compiled = build(db, ...(slots as unknown as Args)).compile() as CompiledQuery<Row>;
    }
    const parameters = compiled.parameters.map((value) => (value instanceof Slot ? args[value.position] : value));
    const query: CompiledQuery<Row> = { ...compiled, parameters };
    const { rows } = await db.executeQuery(query);
    return rows;
  };
}
