/** What a test wants to go wrong with a request. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** The body ends in the middle, and so does the connection. */
  | { kind: 'cut-off' }
  /** A whole answer, whose JSON ends in the middle. */
  | { kind: 'broken-json' }
  | { kind: 'html' }
  | { kind: 'slow'; ms: number }
  | { kind: 'drop' }
  /** The page names its own cursor as the next. */
  | { kind: 'repeat-cursor' }
  | { kind: 'redirect'; to: string }
  /** So many bytes of nothing. */
  | { kind: 'huge'; bytes: number }
  /** The calendar changes as soon as this page was made. */
  | { kind: 'then'; act: () => void };

/** Which requests: by the last words of their path (`events/list`, `ics/get`). */
interface Planned {
  path: string;
  fault: Fault;
  skip: number;
  times: number;
}

/** Faults waiting for their request. */
export class Faults {
  #planned: Planned[] = [];

  /** After `skip` good answers, the next `times` ones go wrong; without a number, one does. */
  plan(path: string, fault: Fault, { skip = 0, times = 1 }: { skip?: number; times?: number } = {}): void {
    this.#planned.push({ path, fault, skip, times });
  }

  next(path: string): Fault | undefined {
    for (const planned of this.#planned.filter(({ path: end, times }) => times > 0 && path.endsWith(end))) {
      if (planned.skip === 0) {
        planned.times -= 1;
        return planned.fault;
      }
      planned.skip -= 1;
    }
    return undefined;
  }

  clear(): void {
    this.#planned = [];
  }
}
