/** One timer for several wishes: it goes off at the earliest, once. It keeps no process alive. */
export function createAlarm(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let atMs = Number.POSITIVE_INFINITY;
  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
    atMs = Number.POSITIVE_INFINITY;
  };
  return {
    /** Goes off in so many milliseconds, or earlier if that was wished before. */
    setFor(afterMs: number): void {
      const wishedMs = performance.now() + afterMs;
      if (wishedMs >= atMs) return;
      clear();
      atMs = wishedMs;
      timer = setTimeout(() => {
        clear();
        ring();
      }, afterMs).unref();
    },
    clear,
  };
}
