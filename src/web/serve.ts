import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartProblem } from '../platforms/platform.js';

/** An open web server. */
export interface WebServer {
  /** The port it listens on, also when it was asked to pick one. */
  port: number;
  close(): Promise<void>;
}

/** @throws StartProblem when the address cannot be had, with what to change. */
export async function serveWeb(app: Hono, at: { host: string; port: number }): Promise<WebServer> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
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
        if ('closeAllConnections' in server) server.closeAllConnections();
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
