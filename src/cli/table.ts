/** Rows as text for a terminal: a line of headings, then each row, in columns as wide as what is in them. */
export function table<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<NoInfer<Column>, string | number>>[],
): string {
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
