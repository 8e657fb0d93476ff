/** What a test wants to go wrong with a call. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'error'; error: string }
  | { kind: 'rate-limit'; retryAfterSeconds: number }
  | { kind: 'drop-after-handling' }
  | { kind: 'delay'; ms: number };

interface Planned {
  fault: Fault;
  method?: string | undefined;
}

/**
 * Opening a connection is named explicitly or left alone: it comes whenever the client wants. So are posts to response
 * URLs, which are no calls of the Web API.
 */
const ONLY_BY_NAME = new Set(['apps.connections.open', 'response_url']);

/** Faults waiting for the call they were planned for, first planned first. */
export class Faults {
  readonly #planned: Planned[] = [];

  plan(fault: Fault, times: number, method?: string): void {
    for (let count = 0; count < times; count += 1) this.#planned.push({ fault, method });
  }

  /** The fault for this call, if one waits. */
  next(method: string): Fault | undefined {
    const index = this.#planned.findIndex((planned) =>
      planned.method === undefined ? !ONLY_BY_NAME.has(method) : planned.method === method,
    );
    return index < 0 ? undefined : this.#planned.splice(index, 1)[0]?.fault;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}
