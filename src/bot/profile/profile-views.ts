import { z } from 'zod';
import { CAREER_STAGES, type CareerStage, type Member, type Profile } from '../../domain/members/member.js';
import { PROFILE_LIMITS } from '../../domain/members/profile.js';
import { cityName } from '../../domain/places/city.js';
import { runs } from '../actions.js';
import { choiceField, defineForm, type FormInstance, lineField, paragraphField } from '../forms.js';
import { italic, rich, type TextInput } from '../text.js';
import { button, buttons, fields, note, paragraph, type View } from '../views.js';

/** Career stages as people read them. */
export const CAREER_STAGE_LABELS: Readonly<Record<CareerStage, string>> = {
  student: 'Student',
  early_career: 'Early career',
  mid_career: 'Mid-career',
  senior: 'Senior',
  transitioning: 'Changing careers',
  other: 'Something else',
};

/** The form behind `/profile edit`. */
export const profileForm = defineForm({
  name: 'profile.edit',
  payload: z.object({}),
  title: 'Your profile',
  fields: {
    name: lineField('Name', { most: PROFILE_LIMITS.name, isRequired: true, hint: 'What people call you' }),
    headline: lineField('Headline', {
      most: PROFILE_LIMITS.headline,
      hint: 'One line about you',
      placeholder: 'Biology student, curious about biosecurity',
    }),
    careerStage: choiceField('Career stage', CAREER_STAGE_LABELS),
    skills: lineField('Skills', {
      most: 400,
      hint: `Up to ${PROFILE_LIMITS.skills}, with commas between`,
      placeholder: 'python, event planning, policy analysis',
    }),
    lookingFor: paragraphField('Looking for', {
      most: PROFILE_LIMITS.lookingFor,
      hint: 'What would make this worth your while?',
    }),
  },
  fieldFor: { 'profile.name-missing': 'name', 'profile.too-many-skills': 'skills' },
});

/** The form with what the member has told so far. */
export function filledProfileForm(profile: Profile): FormInstance {
  return profileForm.with(
    {},
    {
      name: profile.name,
      headline: profile.headline,
      careerStage: profile.careerStage,
      skills: profile.skills.join(', '),
      lookingFor: profile.lookingFor,
    },
  );
}

/** The member's own profile, with what others may see of it. */
export function profileView(member: Member): View {
  const { profile, privacy } = member;
  return {
    title: profile.name,
    blocks: [
      ...(profile.headline ? [paragraph(profile.headline)] : []),
      fields(
        { label: 'Career stage', value: profile.careerStage ? CAREER_STAGE_LABELS[profile.careerStage] : notTold() },
        { label: 'Skills', value: profile.skills.length > 0 ? profile.skills.join(', ') : notTold() },
        { label: 'Looking for', value: profile.lookingFor || notTold() },
        { label: 'City', value: cityWords(member) },
        { label: 'Time zone', value: member.zone?.replaceAll('_', ' ') ?? notTold() },
      ),
      ...(isBare(profile) ? [paragraph('A line or two helps organisers introduce you to the right people.')] : []),
      buttons(
        button('Edit profile', runs('profile edit'), 'primary'),
        button('Location', runs('profile location')),
        button('Privacy', runs('profile privacy')),
        button('My orgs', runs('orgs mine')),
      ),
      note(
        privacy.isProfileShared
          ? 'Admins of orgs you join see this. Nobody else does.'
          : 'Only you see this; admins of orgs you join see your name.',
      ),
    ],
  };
}

/** After a change was saved. */
export function profileSavedView(member: Member): View {
  const shown = profileView(member);
  return { ...shown, tone: 'good', blocks: [note('Saved.'), ...shown.blocks] };
}

const notTold = (): TextInput => rich`${italic('not told yet')}`;

/** The member's own city, as they alone read it; orgs' admins never do. */
function cityWords({ city, privacy }: Member): TextInput {
  if (!city) return notTold();
  return privacy.isLocationDiscoverable
    ? rich`${cityName(city)} ${italic('(admins of your orgs see it)')}`
    : rich`${cityName(city)} ${italic('(not used: location is off)')}`;
}

function isBare({ headline, careerStage, skills, lookingFor }: Profile): boolean {
  return !headline && !careerStage && skills.length === 0 && !lookingFor;
}

// The labels above cover the stages exactly; this keeps a new stage from going unnamed.
CAREER_STAGES satisfies readonly (keyof typeof CAREER_STAGE_LABELS)[];
