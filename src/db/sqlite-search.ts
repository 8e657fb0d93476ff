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
  return terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(` ${operator.toUpperCase()} `);
}
