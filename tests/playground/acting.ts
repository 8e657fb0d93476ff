import type { WireButton, WireMessage, WireOutcome } from '../../src/platforms/playground/wire.js';
import { pagePost } from './raw-request.js';

/** What a persona does in their conversation with the bot, as the page sends it; each answer has to be a message. */
export function actingAs(as: string, portOf: () => number) {
  const post = async (path: string, body: object): Promise<WireMessage> => {
    const answer = await pagePost(portOf(), `/playground/${path}`, { as, where: 'dm', ...body });
    const outcome: WireOutcome = JSON.parse(answer.text);
    if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} came instead of a message`);
    return outcome.message;
  };
  return {
    run: (name: string, options = {}): Promise<WireMessage> => post('command', { name, options }),

    async press(message: WireMessage, label: string): Promise<WireMessage> {
      const found = buttonsOf(message).find((one) => one.label === label);
      if (found?.kind !== 'action') throw new Error(`there is no button "${label}"`);
      return post('press', { message: message.id, id: found.id, values: [] });
    },

    async choose(message: WireMessage, placeholder: string, label: string): Promise<WireMessage> {
      const select = blocksOf(message).find((block) => block.kind === 'select' && block.placeholder === placeholder);
      if (select?.kind !== 'select') throw new Error(`there is no select "${placeholder}"`);
      const values = select.options.filter((option) => option.label === label).map(({ value }) => value);
      return post('press', { message: message.id, id: select.id, values });
    },
  };
}

/** Everything to tap in a message, in lists as well. */
export function buttonsOf(message: WireMessage): WireButton[] {
  return blocksOf(message).flatMap((block): readonly WireButton[] => {
    if (block.kind === 'buttons') return block.buttons;
    return block.kind === 'list' ? block.items.flatMap(({ button }) => button ?? []) : [];
  });
}

function blocksOf({ body }: WireMessage) {
  return body.kind === 'view' ? body.view.blocks : [];
}
