import { z } from 'zod';

/** The two members of a link. */
export interface Linked {
  keptId: string;
  absorbedId: string;
}

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const Cell = z.union([z.string(), z.number(), z.null()]);

/** One thing that linking two members changed. Rows are named by their primary key as it is afterwards. */
export const JournalEntry = z.discriminatedUnion('kind', [
  /** A row of the absorbed member's belongs to the kept one now. */
  z.object({ kind: z.literal('moved'), table: z.string(), key: Row, column: z.string() }),
  /**
   * A row of the absorbed member's is gone, because the kept one has a row in its place: these cells of that one took
   * something over, and were something else before.
   */
  z.object({
    kind: z.literal('folded'),
    table: z.string(),
    row: Row,
    into: Row,
    cells: z.record(z.string(), z.object({ before: Cell, after: Cell })),
  }),
  /** A text named the absorbed member and names the kept one now, who was not in it before. */
  z.object({ kind: z.literal('renamed'), table: z.string(), key: Row, column: z.string() }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;

/** All that one link changed, in the order in which it was done. */
export const Journal = z.array(JournalEntry);
export type Journal = z.infer<typeof Journal>;

/** Reads a stored journal. */
export function readJournal(text: string): Journal {
  return Journal.parse(JSON.parse(text));
}
