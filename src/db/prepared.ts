import type { Compilable, CompiledQuery } from 'kysely';
import type { Connection } from './database.js';

/** Stands for an argument while a query is compiled. */
class Slot {
  readonly argument: PropertyKey;
  constructor(argument: PropertyKey) {
    this.argument = argument;
  }
}

/**
 * A query that is built and compiled once, and then run with other arguments each time: for look-ups that happen at
 * every command, where building the text takes longer than running it. The arguments may be used as values only; what
 * the query looks like must not depend on them.
 */
export function prepared<Args extends unknown[], Row>(build: (db: Connection, ...args: Args) => Compilable<Row>) {
  const run = preparedBy((db: Connection, slots: Record<number, unknown>) => {
    const positions = Array.from({ length: build.length - 1 }, (_, position) => slots[position]);
    // The slots stand where values will; the one place that looks at them is `preparedBy`.
    return build(db, ...(positions as unknown as Args));
  });
  return (db: Connection, ...args: Args): Promise<Row[]> => run(db, { ...args });
}

/** The same for a query of many arguments, which go by their names. */
export function preparedBy<Args extends object, Row>(build: (db: Connection, args: Args) => Compilable<Row>) {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db: Connection, args: Args): Promise<Row[]> => {
    compiled ??= build(db, slots<Args>()).compile() as CompiledQuery<Row>;
    const parameters = compiled.parameters.map((value) =>
      // A slot is made for what the builder asked of the arguments, so that the argument of that name is what is meant.
      value instanceof Slot ? args[value.argument as keyof Args] : value,
    );
    const query: CompiledQuery<Row> = { ...compiled, parameters };
    const { rows } = await db.executeQuery(query);
    return rows;
  };
}

/** Something that has a slot for every argument asked of it. */
function slots<Args extends object>(): Args {
  return new Proxy({} as Args, { get: (_, argument) => new Slot(argument) });
}
