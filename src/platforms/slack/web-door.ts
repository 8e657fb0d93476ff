import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebDoor } from '../platform.js';

/**
 * A door for one of Slack's own receivers, which throws at requests it has no use for, such as another method: those
 * get a 404.
 */
export function createDoor(
  paths: readonly string[],
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): WebDoor {
  return {
    paths,
    handle(request, response) {
      try {
        handle(request, response);
      } catch {
        response.writeHead(404).end();
      }
    },
  };
}
