import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './http.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serving(listener: RequestListener): Promise<URL> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return new URL(`http://127.0.0.1:${port}/`);
}

describe('one request', () => {
  it('gives up on who does not answer in time, or stops in the middle', async () => {
    const silent = await serving(() => {});
    await expect(ask({ url: silent, mostBytes: 10, mostMs: 100 })).rejects.toMatchObject({ code: 'unavailable' });
    server?.closeAllConnections();
    server?.close();
    const stuck = await serving((_request, response) => void response.write('a'));
    await expect(ask({ url: stuck, mostBytes: 10, mostMs: 100 })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('reads packed answers, and refuses broken ones', async () => {
    const packed = gzipSync('hello');
    const url = await serving(({ url: path }, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(path === '/broken' ? packed.subarray(0, 12) : packed);
    });
    expect((await ask({ url, mostBytes: 5 })).body.toString()).toBe('hello');
    await expect(ask({ url, mostBytes: 4 })).rejects.toMatchObject({ code: 'too-large' });
    const broken = new URL('/broken', url);
    await expect(ask({ url: broken, mostBytes: 5 })).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it('is unavailable where nobody listens', async () => {
    const url = new URL('http://127.0.0.1:1/');
    await expect(ask({ url, mostBytes: 5 })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
