/** Gives everything else a turn before long work goes on: taps wait for no batch. */
export function takeBreath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
