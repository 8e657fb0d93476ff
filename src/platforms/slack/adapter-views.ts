import { message, type View } from '../../bot/views.js';

/** To people from other workspaces, met in a shared channel. */
export function strangerView(): View {
  return message('I only know the people of this workspace. Ask your own workspace’s admins to add me there.');
}

/** Stands in a modal while the answer is on its way. */
export function waitView(): View {
  return message('One moment…');
}

/** To people of a workspace whose installation is not known any more. */
export function notInstalledView(): View {
  return message('My installation in this workspace is not complete any more. Ask an admin to add me to Slack again.');
}
