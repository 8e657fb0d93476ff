import { message, type View } from '../../bot/views.js';

/** To people from other workspaces, met in a shared channel. */
export function strangerView(): View {
  return message('I only know the people of this workspace. Ask your own workspace’s admins to add me there.');
}

/** Stands in a modal while the answer is on its way. */
export function waitView(): View {
  return message('One moment…');
}
