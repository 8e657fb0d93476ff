/** Everything that a process does to the world outside, so that it can die before or after any of it. */
export type Mortal = ReturnType<typeof createMortal>;

/** A process that can be made to die: from then on nothing of it has any effect, whatever its code still does. */
export function createMortal() {
  let left = Number.POSITIVE_INFINITY;
  let isDead = false;

  /** Passes one of the moments at which it may die. */
  const pass = (): void => {
    left -= 1;
    if (left <= 0) isDead = true;
    if (isDead) throw new Error('The process is dead.');
  };

  return {
    isDead: () => isDead,

    /** Lets it die after so many moments: there is one before each act, and one after it. */
    dieIn(moments: number): void {
      left = moments;
    },

    /** It lives on. */
    spare(): void {
      left = Number.POSITIVE_INFINITY;
    },

    /** A function through which it acts. */
    act:
      <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
      async (...given: Given): Promise<Result> => {
        pass();
        const result = await act(...given);
        pass();
        return result;
      },
  };
}
