import type { Dict } from './json.js';

/** An HTTP answer; `drop` when the connection is cut instead. */
export interface Answer {
  status: number;
  body: Dict | string;
  headers?: Record<string, string>;
  drop?: boolean;
}
