/** What the work gives, or nothing when it takes longer. It goes on by itself; its failure after that is dropped. */
export async function within<Result>(work: Promise<Result>, mostMs: number): Promise<Result | undefined> {
  work.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), mostMs);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
