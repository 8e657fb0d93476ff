import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartProblem, type WebDoor } from '../platforms/platform.js';

/** An open web server. */
export interface WebServer {
  /** The port it listens on, also when it was asked to pick one. */
  port: number;
  close(): Promise<void>;
}

/** Where to listen, and which paths are not the app's own. */
export interface WebOptions {
  host: string;
  port: number;
  doors?: readonly WebDoor[];
}

/** @throws StartProblem when the address cannot be had, with what to change. */
export async function serveWeb(app: Hono, { doors = [], ...at }: WebOptions): Promise<WebServer> {
  const byPath = new Map(doors.flatMap((door) => door.paths.map((path) => [path, door] as const)));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const door = byPath.get((request.url ?? '').split('?', 1)[0] ?? '');
    if (door) door.handle(request, response);
    else void listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(error, at)));
    server.listen(at.port, at.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Streams that stay open, such as the playground's, would keep the process alive.
        server.closeAllConnections();
      }),
  };
}

function listenProblem(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): StartProblem {
  const shown = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return new StartProblem(
      `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartProblem(`Port ${port} needs special rights. Choose one above 1023: PORT=3000 npm start`);
  }
  return new StartProblem(`Cannot listen on ${shown} (${error.code ?? 'unknown reason'}). Check HOST and PORT.`);
}
