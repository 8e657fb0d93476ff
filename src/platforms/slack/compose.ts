import type { types } from '@slack/bolt';
import { note, type View } from '../../bot/views.js';
import type { ActionIds } from './action-ids.js';
import { type CommandWords, withPrefix } from './command-words.js';
import { type Attachments, hasAttachments, type Uploads } from './files.js';
import { LIMITS } from './limits.js';
import { MODAL_ID } from './render-form.js';
import { plainObject, plainWords } from './render-text.js';
import { fallbackText, renderBlocks } from './render-view.js';

/** A message as every way of sending takes it. */
export interface SlackMessage {
  text: string;
  blocks: types.KnownBlock[];
  unfurl_links: false;
  unfurl_media: false;
}

type To = { teamId: string; accountId: string };

/** Nobody in particular, in a channel: pictures and files, which go to one person, are left to their words there. */
type ToSomebody = { teamId: string; accountId?: string };

/** Views as Slack's messages, modals and Home tabs, with their pictures and files dealt with. */
export interface Composer {
  message(view: View, to: ToSomebody): Promise<SlackMessage>;
  /** The same without its pictures, which go to the conversation with the bot instead. */
  withoutPictures(view: View, to: To): Promise<SlackMessage>;
  modal(view: View, to: To, metadata: string): Promise<types.ModalView>;
  home(view: View, to: To): Promise<types.HomeView>;
}

const NOTHING: Attachments = { pictures: new Map(), files: new Map() };

export function createComposer(parts: { words: CommandWords; ids: ActionIds; uploads: Uploads }): Composer {
  const { words, ids, uploads } = parts;

  /** Views that are shown again and again, such as `/help`. Whatever is the same for everybody is drawn once. */
  const messages = new WeakMap<View, SlackMessage>();

  /** The blocks, and whether they stay right for everybody: nothing was uploaded for them, or kept for a month. */
  const draw = async (view: View, { teamId, accountId }: ToSomebody, most: number) => {
    const isUploaded = hasAttachments(view) && accountId !== undefined;
    const attachments = isUploaded ? await uploads.prepare(view, { teamId, accountId }) : NOTHING;
    const idsOfView = await ids.of(view);
    const blocks = renderBlocks(view, { words, ids: idsOfView, ...attachments }, most);
    return { blocks, isLasting: attachments === NOTHING && !idsOfView.hasKept };
  };
  const toMessage = (view: View, drawn: types.KnownBlock[]): SlackMessage => ({
    text: fallbackText(view, words),
    blocks: drawn,
    unfurl_links: false,
    unfurl_media: false,
  });

  return {
    async message(view, to) {
      const known = messages.get(view);
      if (known) return known;
      const { blocks, isLasting } = await draw(view, to, LIMITS.blocksInMessage);
      const message = toMessage(view, blocks);
      if (isLasting) messages.set(view, message);
      return message;
    },

    async withoutPictures(view, to) {
      const said = await uploads.sendPictures(view, to);
      const files = view.blocks.filter(({ kind }) => kind !== 'file');
      const told: View = { ...view, blocks: [...files, note(said)] };
      const drawn = renderBlocks(told, { words, ids: await ids.of(told), ...NOTHING }, LIMITS.blocksInMessage);
      return toMessage(told, drawn);
    },

    async modal(view, to, metadata) {
      const title = view.title === undefined ? '' : withPrefix(plainWords(view.title, words), words);
      // A title that fits stands in the frame, and not a second time below it.
      const fits = title.trim() !== '' && [...title].length <= LIMITS.modalTitle;
      const { title: _framed, ...untitled } = view;
      return {
        type: 'modal',
        callback_id: MODAL_ID,
        private_metadata: metadata,
        title: plainObject(fits ? title : 'Rollcall', LIMITS.modalTitle),
        close: plainObject('Close', LIMITS.modalButton),
        blocks: (await draw(fits ? untitled : view, to, LIMITS.blocksInView)).blocks,
      };
    },

    async home(view, to) {
      return { type: 'home', callback_id: MODAL_ID, blocks: (await draw(view, to, LIMITS.blocksInView)).blocks };
    },
  };
}
