import type { Reach } from '../../domain/members/member.js';
import { runs } from '../actions.js';
import { commandName, rich } from '../text.js';
import { type AttachedFile, button, buttons, note, paragraph, type View } from '../views.js';

/** The answer to `/profile export`: the file itself goes to the member's own conversation. */
export function exportOnItsWayView(reach: Reach): View {
  return {
    title: 'Your data is on its way',
    tone: 'good',
    blocks: [
      paragraph('I’m sending a file with everything I hold about you to our direct messages.'),
      ...(reach === 'closed'
        ? [paragraph('The last time I wrote to you there, your messages were closed to me.')]
        : []),
      note(
        rich`Nothing there after a minute? Allow messages from this app in your privacy settings, or write to me first, then run ${commandName('profile export')} again.`,
      ),
      buttons(button('My profile', runs('profile show'))),
    ],
  };
}

/** The message with the file. */
export function exportView(files: readonly AttachedFile[]): View {
  return {
    title: 'Everything I hold about you',
    blocks: [
      paragraph(
        'This is a JSON file: any text editor or browser opens it. It says what each thing is and why it is kept.',
      ),
      ...files.map((file) => ({ kind: 'file', file }) as const),
      buttons(
        button('My profile', runs('profile show')),
        button('Privacy', runs('profile privacy')),
        button('Delete everything…', runs('profile delete')),
      ),
      note('You get this because you asked for it. I keep no copy; who can open this conversation can open the file.'),
    ],
  };
}
