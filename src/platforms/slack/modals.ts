import type { types, webApi } from '@slack/bolt';
import type { FormInstance } from '../../bot/forms.js';
import type { View } from '../../bot/views.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { ActionIds } from './action-ids.js';
import type { CommandWords } from './command-words.js';
import type { Composer } from './compose.js';
import type { Conversation } from './conversation.js';
import { writeMetadata } from './modal-metadata.js';
import { renderForm } from './render-form.js';
import { withRetries } from './slack-errors.js';

type To = { teamId: string; accountId: string };

/** What a modal is to show. */
export type ModalContent = { form: FormInstance } | { view: View };

export interface Modals {
  /** The modal, ready to be opened, updated or sent in an acknowledgement. */
  draw(content: ModalContent, to: To, conversation: Conversation | undefined): Promise<types.ModalView>;
  /** Opens one in answer to a fresh tap; gives its id, or nothing when Slack no longer takes the trigger. */
  open(modal: types.ModalView, to: To, triggerId: string): Promise<string | undefined>;
  /** Puts something else into one that is open; says whether it still was. */
  update(modal: types.ModalView, to: To, viewId: string): Promise<boolean>;
}

export function createModals(parts: {
  composer: Composer;
  ids: ActionIds;
  words: CommandWords;
  clientFor: (teamId: string) => webApi.WebClient;
  logger: Logger;
}): Modals {
  const { composer, ids, words, clientFor, logger } = parts;
  return {
    async draw(content, to, conversation) {
      const form = 'form' in content ? content.form : undefined;
      const metadata = await writeMetadata(ids, { form, conversation });
      return 'form' in content ? renderForm(content.form, metadata, words) : composer.modal(content.view, to, metadata);
    },

    async open(view, to, triggerId) {
      try {
        // A trigger is good for one use within 3 s, so there is no second try.
        const opened = await clientFor(to.teamId).views.open({ trigger_id: triggerId, view });
        return opened.view?.id;
      } catch (error) {
        logger.warn({ error: errorFacts(error) }, 'slack: a modal could not be opened');
        return undefined;
      }
    },

    async update(view, to, viewId) {
      try {
        await withRetries(() => clientFor(to.teamId).views.update({ view_id: viewId, view }));
        return true;
      } catch (error) {
        logger.warn({ error: errorFacts(error) }, 'slack: a modal could not be updated');
        return false;
      }
    },
  };
}
