const format = new Intl.NumberFormat('en');

/** "1,234". Made once: a formatter takes longer to make than a whole answer. */
export function numberWords(count: number): string {
  // Below a thousand there is nothing to format, and asking takes longer than the rest of a line.
  return Math.abs(count) < 1_000 ? String(count) : format.format(count);
}

/** "1 member", "1,234 members". */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${numberWords(count)} ${many}`;
}
