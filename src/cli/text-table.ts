/** Rows in columns as wide as their widest cell, two spaces apart, under their headings. */
export function textTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** In characters as people count them, which is how wide most scripts are on a terminal. */
function widthOf(text: string): number {
  return [...segmenter.segment(text)].length;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
