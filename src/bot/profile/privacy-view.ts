import { z } from 'zod';
import type { Member, Privacy } from '../../domain/members/member.js';
import { defineAction, runs } from '../actions.js';
import { button, buttons, type ListItem, list, note, paragraph, type View } from '../views.js';

/** Turns one choice on or off; says which, so that a second tap changes nothing. */
export const privacySwitch = defineAction(
  'profile.privacy',
  z.object({
    choice: z.enum(['isLocationDiscoverable', 'isAttendanceShared', 'isProfileShared']),
    isOn: z.boolean(),
  }),
);

/** Each choice in a member's words: what it is, and what on and off mean. */
const CHOICES: Readonly<Record<keyof Privacy, { title: string; on: string; off: string }>> = {
  isLocationDiscoverable: {
    title: 'Location',
    on: 'On: your city helps to suggest orgs near you, and admins of your orgs see it. Where in it you live is never known.',
    off: 'Off: your city is used for nothing and shown to nobody.',
  },
  isAttendanceShared: {
    title: 'Attendance elsewhere',
    on: 'On: all your orgs see which events you came to. Hosts always see it for their own.',
    off: 'Off: only the org that hosts an event sees whether you came.',
  },
  isProfileShared: {
    title: 'Profile',
    on: 'On: admins of orgs you join see your profile.',
    off: 'Off: admins of orgs you join see your name alone.',
  },
};

/** What others see, with a switch for each choice. */
export function privacyView({ privacy }: Member): View {
  const choices = Object.keys(CHOICES) as (keyof Privacy)[];
  return {
    title: 'Who sees what',
    blocks: [
      paragraph('Each choice works at once, and can be taken back at any time.'),
      list(choices.map((choice) => choiceItem(choice, privacy[choice]))),
      buttons(
        button('Location', runs('profile location')),
        button('My profile', runs('profile show')),
        button('My orgs', runs('orgs mine')),
      ),
      note('Admins of orgs you are in, or ask to join, always see your name. Other members see your name at most.'),
    ],
  };
}

function choiceItem(choice: keyof Privacy, isOn: boolean): ListItem {
  const { title, on, off } = CHOICES[choice];
  const action = privacySwitch.with({ choice, isOn: !isOn });
  return { title, lines: [isOn ? on : off], button: button(isOn ? 'Turn off' : 'Turn on', action) };
}
