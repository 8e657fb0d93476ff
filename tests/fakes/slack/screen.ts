import type { Hands } from './hands.js';
import { asDicts, asString, textOf } from './json.js';
import type { Surface } from './sights.js';

/** The modal on top, as its frame reads. */
export interface SeenModal {
  id: string;
  title: string;
  submit: string;
  close: string;
  callbackId: string;
  privateMetadata: string;
  /** Labels of its inputs. */
  inputs: string[];
  /** How many modals are open, this one on top. */
  depth: number;
}

/** An open modal covers everything; what was deleted or closed is not there. */
export function onScreen(hands: Hands, surfaces: Surface[]): Surface[] {
  const there = surfaces.filter((one) => {
    if (one.kind === 'message') return !one.message.isDeleted;
    return one.kind !== 'modal' || one.view.isOpen;
  });
  if (!there.some(({ kind }) => kind === 'modal')) return there.map(frozen);
  const top = hands.stage.world.stackOf(hands.actor.user.id).at(-1);
  const errors = there.filter(({ kind }) => kind === 'error');
  return top ? [...errors, { kind: 'modal', view: top }] : there.map(frozen);
}

/** A message as it is at this moment: a later edit does not change what was seen. */
function frozen(surface: Surface): Surface {
  return surface.kind === 'message' ? { kind: 'message', message: { ...surface.message } } : surface;
}

/** The frame of the open modal, if there is one. */
export function toModal(hands: Hands, surfaces: readonly Surface[]): SeenModal | undefined {
  const top = surfaces.find(({ kind }) => kind === 'modal');
  if (top?.kind !== 'modal') return undefined;
  const { id, content, userId } = top.view;
  return {
    id,
    title: textOf(content.title),
    submit: textOf(content.submit),
    close: textOf(content.close),
    callbackId: asString(content.callback_id),
    privateMetadata: asString(content.private_metadata),
    inputs: asDicts(content.blocks)
      .filter(({ type }) => type === 'input')
      .map(({ label }) => textOf(label)),
    depth: hands.stage.world.stackOf(userId).length,
  };
}
