import { asDicts, asString, type Dict } from '../json.js';
import { type Content, checkMessage } from '../limits/message-limits.js';
import { post } from '../posting.js';
import { SlackError } from '../slack-error.js';
import { fileLookup, type Stage } from '../stage.js';
import type { FileRecord } from '../world.js';
import { type Call, getChannel, type Method, requireArg } from './method.js';

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  ics: 'text/calendar',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

const getUploadUrl: Method = (call) => {
  const { stage, team } = call;
  const name = requireArg(call, 'filename');
  const size = Number(requireArg(call, 'length'));
  if (!(size > 0)) throw new SlackError('missing_argument', { argument: 'length' });
  const id = stage.world.nextId('F');
  const mimetype = TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  const url = `${stage.origin}/files-pri/${id}/${encodeURIComponent(name)}`;
  stage.world.files.set(id, { id, teamId: team.id, name, title: name, mimetype, size, url });
  return { upload_url: `${stage.origin}/upload/v1/${id}`, file_id: id };
};

/** The bytes of an upload, multipart or as they are. @throws SlackError `file_not_found`, `file_upload_size_mismatch`. */
export async function receiveUpload(stage: Stage, path: string, body: Buffer, contentType: string): Promise<void> {
  const file = stage.world.files.get(path.split('/').at(-1) ?? '');
  if (!file) throw new SlackError('file_not_found');
  file.bytes = await uploadedBytes(body, contentType);
  if (file.bytes.length !== file.size) {
    stage.violations.push(`upload of ${file.name}: ${file.bytes.length} bytes instead of the announced ${file.size}`);
  }
}

async function uploadedBytes(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const [, part] of form)
    return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
  return Buffer.alloc(0);
}

const completeUpload: Method = (call) => {
  const { args, stage, team } = call;
  const wanted = asDicts(args.files);
  if (wanted.length === 0) throw new SlackError('missing_argument', { argument: 'files' });
  if (args.initial_comment !== undefined && args.blocks !== undefined) throw new SlackError('invalid_arguments');
  const files = wanted.map((one) => uploadedFile(call, one));
  for (const channelId of targets(call)) {
    const channel = getChannel(call, channelId);
    if (!channel.botIsMember) throw new SlackError('not_in_channel');
    const content = sharedContent(call);
    const threadTs = asString(args.thread_ts);
    post(stage, channel, { ...content, from: team.botUserId, byApp: true, files, ...(threadTs ? { threadTs } : {}) });
  }
  return { files: files.map(({ id, title }) => ({ id, title })) };
};

/** A comment or blocks, or nothing beside the files; there is no text for blocks to stand beside. */
function sharedContent({ args, stage, team }: Call): Content {
  const text = asString(args.initial_comment);
  if (text === '' && args.blocks === undefined) return { text: '', blocks: [], attachments: [] };
  return checkMessage({ text, blocks: args.blocks }, { files: fileLookup(stage, team.id), remark: () => {} });
}

function uploadedFile({ stage, team }: Call, { id, title }: Dict): FileRecord {
  const file = stage.world.files.get(asString(id));
  if (!file?.bytes || file.teamId !== team.id) throw new SlackError('file_not_found', { file: id });
  if (typeof title === 'string') file.title = title;
  return file;
}

/** `channel_id` takes a conversation's id; only the raw `channels` list takes people too. */
function targets({ args, stage }: Call): string[] {
  if (typeof args.channel_id === 'string') return [args.channel_id];
  const listed = asString(args.channels).split(',').filter(Boolean);
  return listed.map((id) => {
    const user = stage.world.users.get(id);
    return user ? stage.world.dmWith(user).id : id;
  });
}

export const FILE_METHODS: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
};
