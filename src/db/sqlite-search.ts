import { type SqlBool, sql } from 'kysely';

/**
 * Full-text search as SQLite has it: FTS5 with the trigram tokenizer (https://www.sqlite.org/fts5.html). Three letters
 * in a row are a term there, so a misspelt word still shares most of its terms with the right one.
 */

/** Shortest text that has a term at all. */
export const TRIGRAM = 3;

/** The terms of a folded text, each once; those across two words are left out, as word order may differ. */
export function trigramsOf(folded: string): string[] {
  const terms = folded.split(' ').flatMap((word) => {
    const letters = [...word];
    return letters.slice(0, Math.max(0, letters.length - 2)).map((_, at) => letters.slice(at, at + TRIGRAM).join(''));
  });
  return [...new Set(terms)];
}

/** An FTS5 query of terms joined by one operator; quoted, so that nothing typed is taken for syntax. */
export function termsQuery(terms: readonly string[], operator: 'and' | 'or'): string {
  return terms.map(quoted).join(` ${operator.toUpperCase()} `);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Orgs in whose texts all of the words occur, in any order; a word shorter than a term finds nothing. */
export function orgsHolding(words: readonly string[]) {
  const query = words.map(quoted).join(' AND ');
  return sql<SqlBool>`orgs.id in (
    select org_id from org_numbers
    where number in (select rowid from org_search where org_search match ${query}))`;
}

/** The orgs whose name and place share most with the terms, the best first; `org_search` knows them by number. */
export function orgNumbersAlike(terms: readonly string[], most: number) {
  const query = `{name place} : (${termsQuery(terms, 'or')})`;
  return sql<{ number: number; rank: number }>`
    (select rowid as number, rank from org_search where org_search match ${query} order by rank limit ${most})`;
}

/** Orgs that hold a word of one or two characters: a whole word in our letters ("AI", not "main"), anything in others ("読書"). */
export function orgsHoldingShort(word: string) {
  const text = sql`' ' || ${sql.ref('orgs.search_text')} || ' '`;
  return /^[a-z0-9]+$/u.test(word)
    ? sql<SqlBool>`${text} glob ${`*[^a-z0-9]${word}[^a-z0-9]*`}`
    : sql<SqlBool>`instr(${text}, ${word}) > 0`;
}

/** How well an org’s name fits what was asked for, 0 the best: it is that, begins so, has all the words, or else. */
export function orgsNameFit(words: readonly string[]) {
  const asked = words.join(' ');
  const name = sql.ref('orgs.folded_name');
  const inName = words.map((word) => sql<SqlBool>`instr(' ' || ${name}, ${` ${word}`}) > 0`);
  return sql<number>`case
    when ${name} = ${asked} or ${sql.ref('orgs.slug')} = ${asked} then 0
    when substr(${name}, 1, ${asked.length}) = ${asked} then 1
    when ${sql.join(inName, sql` and `)} then 2
    else 3 end`;
}
