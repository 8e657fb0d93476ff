import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';

/** Something that the person at the page can be told, with its status. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly status: 400 | 404 | 415;

  constructor(message: string, status: 400 | 404 | 415) {
    super(message);
    this.status = status;
  }
}

const MOST_BODY_BYTES = 256 * 1024;

/** Refuses bodies that are longer than anything the page sends. */
export const shortBodies: MiddlewareHandler = bodyLimit({
  maxSize: MOST_BODY_BYTES,
  onError: (context) => context.json({ error: 'That is too long to be sent.' }, 413),
});

/**
 * Reads a body by its schema.
 *
 * @throws RequestProblem when it is no JSON, or not of that shape.
 */
export async function readBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new RequestProblem('The playground takes JSON only.', 415);
  const parsed = schema.safeParse(parseJson(await request.text()));
  if (!parsed.success) throw new RequestProblem('That request makes no sense here. Please reload the page.', 400);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
