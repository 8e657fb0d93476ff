import type { webApi } from '@slack/bolt';
import type { AttachedFile, ImageFile, View } from '../../bot/views.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { callFailure, withRetries } from './slack-errors.js';

/** What became of a view's pictures and files. */
export interface Attachments {
  /** Uploaded pictures, to be shown in the message itself. */
  pictures: Map<ImageFile, string>;
  /** What to say about each file. */
  files: Map<AttachedFile, string>;
}

/** Whether a view has anything that must be uploaded before it is shown. */
export function hasAttachments(view: View): boolean {
  return view.blocks.some(({ kind }) => kind === 'image' || kind === 'file');
}

export interface Uploads {
  /** Puts a view's pictures where a message can show them, and sends its files into the person's conversation. */
  prepare(view: View, to: { teamId: string; accountId: string }): Promise<Attachments>;
  /** Sends the pictures into the conversation instead, where a message could not show them; says so in words. */
  sendPictures(view: View, to: { teamId: string; accountId: string }): Promise<string>;
}

/**
 * Slack's answers that only one person sees carry no uploads. Pictures are uploaded without a channel and shown by their
 * id; files go to the conversation with the bot, and the answer says so.
 *
 * @see https://docs.slack.dev/messaging/working-with-files
 */
export function createUploads(parts: {
  clientFor: (teamId: string) => webApi.WebClient;
  openDirect: (teamId: string, accountId: string) => Promise<string>;
  logger: Logger;
}): Uploads {
  const { clientFor, openDirect, logger } = parts;
  const failed = (error: unknown, what: string) => {
    logger.warn({ what, error: errorFacts(error), code: refusedCode(error) }, 'slack: an upload failed');
  };

  const picture = async ({ name, bytes, alt }: ImageFile, teamId: string): Promise<string | undefined> => {
    try {
      const uploaded = await upload(clientFor(teamId), { name, bytes, title: alt.slice(0, 200) });
      return uploaded;
    } catch (error) {
      failed(error, 'picture');
      return undefined;
    }
  };

  const sendFile = async ({ name, bytes }: AttachedFile | ImageFile, to: { teamId: string; accountId: string }) => {
    const channel = await openDirect(to.teamId, to.accountId);
    await upload(clientFor(to.teamId), { name, bytes, title: name, channel });
  };

  const file = async (one: AttachedFile, to: { teamId: string; accountId: string }): Promise<string> => {
    if (one.bytes.length === 0) return `${one.name} would be empty, so I did not send it.`;
    try {
      await sendFile(one, to);
      return `I’ve sent ${one.name} to your direct messages.`;
    } catch (error) {
      failed(error, 'file');
      return fileProblem(one.name, refusedCode(error));
    }
  };

  return {
    async prepare(view, to) {
      const pictures = new Map<ImageFile, string>();
      const files = new Map<AttachedFile, string>();
      for (const block of view.blocks) {
        if (block.kind === 'image') {
          const id = await picture(block.image, to.teamId);
          if (id) pictures.set(block.image, id);
        }
        if (block.kind === 'file') files.set(block.file, await file(block.file, to));
      }
      return { pictures, files };
    },

    async sendPictures(view, to) {
      try {
        for (const block of view.blocks) if (block.kind === 'image') await sendFile(block.image, to);
        return 'The picture could not be shown here, so I’ve sent it to your direct messages.';
      } catch (error) {
        failed(error, 'picture');
        return 'The picture itself could not be sent; this is what it shows.';
      }
    },
  };
}

/** Uploads in three steps; with a channel the file is shared there as a message of its own. Gives the file's id. */
async function upload(
  client: webApi.WebClient,
  { name, bytes, title, channel }: { name: string; bytes: Uint8Array; title: string; channel?: string },
): Promise<string> {
  const { upload_url: url, file_id: id } = await withRetries(() =>
    client.files.getUploadURLExternal({ filename: name, length: bytes.length }),
  );
  if (!url || !id) throw new Error('Slack gave no place to upload to.');
  const put = await fetch(url, { method: 'POST', body: Buffer.from(bytes), signal: AbortSignal.timeout(30_000) });
  if (!put.ok) throw new Error(`The upload was refused with ${put.status}.`);
  await put.arrayBuffer();
  const files: [{ id: string; title: string }] = [{ id, title }];
  await withRetries(() => client.files.completeUploadExternal(channel ? { files, channel_id: channel } : { files }));
  return id;
}

function refusedCode(error: unknown): string | undefined {
  const failure = callFailure(error);
  return failure.kind === 'refused' ? failure.code : undefined;
}

function fileProblem(name: string, code: string | undefined): string {
  switch (code) {
    case 'file_uploads_disabled':
    case 'file_uploads_except_images_disabled':
    case 'file_type_not_allowed':
      return `This workspace does not let me send files such as ${name}. Its admins can allow it.`;
    case 'storage_limit_reached':
      return `${name} could not be sent, as this workspace has no room for files left.`;
    case 'missing_scope':
      return `${name} could not be sent, as I lack the right to send files here. An admin can reinstall me to mend it.`;
    default:
      return `${name} could not be sent just now. Please try again in a moment.`;
  }
}
