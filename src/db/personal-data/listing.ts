import type { Schema } from '../schema.js';

/**
 * How a stored value is shown in an export: codes such as `early_career` become "Early career", answers stand by their
 * questions, and a link's journal shows the rows in it, each as its own table does.
 */
export type Reads =
  | 'text'
  | 'number'
  | 'moment'
  | 'yes-no'
  | 'code'
  | 'lines'
  | 'list'
  | 'org'
  | 'json'
  | 'answers'
  | 'journal';

/** What a column means for the people in it. */
export type ColumnListing =
  /** Says nothing about anybody. */
  | { holds: 'nobody' }
  /** A member's id; an entry in `owners` says what the row is to them. */
  | { holds: 'owner' }
  /** A number of people without names; it stays when somebody is erased. */
  | { holds: 'count' }
  /** Says something about the member of the row; exported under `label`. */
  | { holds: 'person'; label: string; reads: Reads; mark?: Mark; naming?: Naming }
  /** Belongs to the member of the row, and is erased with it, but is kept out of the export for this reason. */
  | { holds: 'secret'; why: string; mark?: Mark }
  /**
   * Text in which anybody may be named, by id or by name. When that person is erased, the row goes, or the words do.
   */
  | { holds: 'texts'; naming: Naming };

/** What becomes of a text that names somebody who is erased. */
export type Naming = 'row goes' | 'words go';

/** What a person can be found by in texts elsewhere. */
export type Mark = 'id' | 'name';

type ColumnOf<Table extends keyof Schema> = keyof Schema[Table] & string;

/** One way in which rows of a table belong to a member. */
export interface OwnerListing<Column extends string = string> {
  /** The column with the member's id. */
  column: Column;
  /** The heading in the export. */
  title: string;
  /** What it is and why it is kept, for the member to read. */
  why: string;
  /** What erasing the member does to the row. */
  erasing: 'row goes' | 'set null';
  /** The columns shown to this member; all with a label unless given, as when the row is mostly about somebody else. */
  shows?: readonly Column[];
  /** Columns that make a row unique together with this one, if any: of two linked members' rows the kept one's stays. */
  uniqueWith?: readonly Column[];
  /** That there can be only one holds while these columns have these values. */
  uniqueWhile?: Readonly<Partial<Record<Column, string>>>;
  /**
   * Columns that are one word together, from which all others follow: when a link of two members is undone, the row has
   * changed since as a whole or not at all.
   */
  toldBy?: readonly Column[];
}

/** How one table holds people. */
export interface TableListing<Table extends keyof Schema = keyof Schema> {
  /** The primary key. */
  key: readonly ColumnOf<Table>[];
  /** How a row is found to be somebody's; none for tables that hold nobody. */
  owners: readonly OwnerListing<ColumnOf<Table>>[];
  columns: { readonly [Column in ColumnOf<Table>]: ColumnListing };
}

/** Every table of the schema: one that is missing does not compile. */
export type PersonalData = { readonly [Table in keyof Schema]: TableListing<Table> };

/** A listing with its table's name, for code that treats all tables alike. */
export interface ListedTable {
  name: keyof Schema;
  key: readonly string[];
  owners: readonly OwnerListing[];
  columns: Readonly<Record<string, ColumnListing>>;
}

export const nobody: ColumnListing = { holds: 'nobody' };
export const owner: ColumnListing = { holds: 'owner' };
export const count: ColumnListing = { holds: 'count' };
export const person = (label: string, reads: Reads = 'text', mark?: Mark) =>
  ({ holds: 'person', label, reads, ...(mark ? { mark } : {}) }) satisfies ColumnListing;
export const secret = (why: string): ColumnListing => ({ holds: 'secret', why });
export const texts = (naming: Naming): ColumnListing => ({ holds: 'texts', naming });
