import { request } from 'node:http';

/** A request over a real connection, with any headers at all: `fetch` would not let us lie about the host. */
export function rawRequest(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { host: `localhost:${port}`, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A request as the page itself would send it. */
export function pagePost(port: number, path: string, body: unknown, headers: Record<string, string> = {}) {
  return rawRequest(port, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://localhost:${port}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
