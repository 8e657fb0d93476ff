import type { MembersService } from '../../domain/members/members-service.js';
import { madeOnce } from '../../shared/made-once.js';
import { onAction } from '../actions.js';
import { onForm } from '../forms.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { privacySwitch, privacyView } from './privacy-view.js';
import { filledProfileForm, profileForm, profileSavedView, profileView } from './profile-views.js';

const ownProfile = madeOnce(profileView);

/** `/profile`: what a member says about themselves. */
export function profileBot({ members }: { members: MembersService }): BotModule {
  const showProfile = command({
    name: 'profile show',
    description: 'See your profile as others may see it',
    run: async (actor) => show(ownProfile(actor.member)),
  });

  const editProfile = command({
    name: 'profile edit',
    description: 'Change your name, headline, career stage, skills and what you look for',
    run: async (actor) => ({ kind: 'form', form: filledProfileForm(actor.member.profile) }),
  });

  const privacy = command({
    name: 'profile privacy',
    description: 'Choose who sees your location, attendance and profile',
    run: async (actor) => show(privacyView(actor.member)),
  });

  const switchPrivacy = onAction(privacySwitch, async (actor, { choice, isOn }) =>
    replace(privacyView(await members.setPrivacy(actor.memberId, choice, isOn))),
  );

  const saveProfile = onForm(profileForm, async (actor, _payload, { skills, ...told }) => {
    const profile = await members.editProfile(actor.memberId, { ...told, skills: skills.split(/[,;\n]/u) });
    return replace(profileSavedView({ ...actor.member, profile }));
  });

  return {
    groups: { profile: 'Your profile and your data' },
    commands: [showProfile, editProfile, privacy],
    actions: [switchPrivacy],
    forms: [saveProfile],
  };
}
