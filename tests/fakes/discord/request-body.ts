import type { IncomingMessage } from 'node:http';
import { refusals } from './discord-errors.js';
import { asList, asRecord, type Json } from './json.js';

/** A file from a multipart request, under the name Discord would give it. */
export interface UploadedFile {
  name: string;
  type: string;
  description?: string | undefined;
  bytes: Buffer;
}

export interface RequestBody {
  json: unknown;
  files: UploadedFile[];
}

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, or a form with `payload_json` and `files[n]`. @see developers/reference, "Uploading Files" */
export async function parseBody(bytes: Buffer, contentType: string): Promise<RequestBody> {
  if (bytes.length === 0) return { json: undefined, files: [] };
  if (!contentType.startsWith('multipart/form-data')) return { json: parseJson(bytes.toString('utf8')), files: [] };
  const body = new Uint8Array(bytes);
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  const json = parseJson(String(form.get('payload_json') ?? '{}'));
  const files: UploadedFile[] = [];
  for (const [key, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index !== undefined && typeof value !== 'string')
      files.push(await describeFile(value, attachmentFor(json, index)));
  }
  return { json, files };
}

function attachmentFor(json: unknown, index: string): Json {
  // The answer to an interaction carries its message under `data`.
  const { attachments, data } = asRecord(json);
  const listed = [...asList(attachments), ...asList(asRecord(data).attachments)].map(asRecord);
  return listed.find(({ id }) => String(id) === index) ?? {};
}

async function describeFile(file: File, { filename, description }: Json): Promise<UploadedFile> {
  const name = typeof filename === 'string' ? filename : file.name;
  return {
    name: name.replaceAll(' ', '_').replace(/[^\w.-]/g, ''),
    type: file.type && file.type !== 'application/octet-stream' ? file.type : typeByName(name),
    description: typeof description === 'string' ? description : undefined,
    bytes: Buffer.from(await file.arrayBuffer()),
  };
}

function typeByName(name: string): string {
  const known: Record<string, string> = {
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    csv: 'text/csv; charset=utf-8',
    txt: 'text/plain; charset=utf-8',
    json: 'application/json; charset=utf-8',
    ics: 'text/calendar; charset=utf-8',
    pdf: 'application/pdf',
  };
  return known[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.notJson();
  }
}
