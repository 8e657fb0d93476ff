import type { ActionRef } from './actions.js';

/**
 * The text behind a button: a version, the action's name, the payload as JSON. One format on every platform; an
 * adapter whose platform takes less room keeps long ones by key (`KeptTexts`).
 */
const VERSION = '1';

/** @throws nothing: every payload is plain JSON. */
export function encodeAction({ action, payload }: ActionRef): string {
  return `${VERSION}:${action}:${JSON.stringify(payload)}`;
}

/** Reads it back; nothing for a text of another version or of foreign make. */
export function decodeAction(text: string): ActionRef | undefined {
  const match = /^1:([a-z][a-z0-9.-]*):(.+)$/su.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  try {
    return { action: match[1], payload: JSON.parse(match[2]) };
  } catch {
    return undefined;
  }
}
