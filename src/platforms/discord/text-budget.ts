/**
 * The longest that one of several texts may be, so that all fit into a total: the longest are cut first, and short
 * ones stay whole.
 */
export function fairMost(lengths: readonly number[], total: number): number {
  const rising = [...lengths].sort((one, other) => one - other);
  let left = total;
  for (const [index, length] of rising.entries()) {
    const share = Math.floor(left / (rising.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}
