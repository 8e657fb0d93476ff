/** Runs work one after another, in the order in which it came; one that fails does not hold up the next. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take<Result>(work: () => Promise<Result>): Promise<Result> {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    },
    /** Resolves when all that was waiting has run. */
    settled: async (): Promise<void> => void (await last),
  };
}
