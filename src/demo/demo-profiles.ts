import type { SeededRandom } from './random.js';

export type CareerStage = 'student' | 'early_career' | 'mid_career' | 'senior' | 'transitioning' | 'other';

/** The part of a profile a member writes themselves. */
export interface DemoProfile {
  headline: string;
  careerStage: CareerStage;
  skills: string[];
  lookingFor: string;
}

interface Track {
  /** How one says "moving into …". */
  field: string;
  studies: readonly string[];
  /** With the kind of workplace, as in the middle of a sentence. */
  roles: readonly string[];
  skills: readonly string[];
  lookingFor: readonly string[];
}

const TRACKS: readonly Track[] = [
  {
    field: 'technical AI safety',
    studies: ['computer science', 'machine learning', 'mathematics', 'statistics', 'cognitive science', 'physics'],
    roles: [
      'machine learning engineer at a logistics company',
      'machine learning engineer at a health-tech start-up',
      'research engineer at a university lab',
      'research engineer at an evaluation start-up',
      'software engineer at a bank',
      'software engineer on an open-source project',
      'data scientist at an energy supplier',
      'security engineer at a hosting company',
      'robotics engineer at a car maker',
    ],
    skills: [
      'machine learning',
      'interpretability',
      'model evaluations',
      'Python',
      'reinforcement learning',
      'red teaming',
      'information security',
      'statistics',
      'formal verification',
    ],
    lookingFor: [
      'Two people to replicate an interpretability paper with over a month of evenings.',
      'A mentor for my first evaluations project.',
      'Honest comments on a research agenda before I apply for funding.',
      'A weekly accountability partner for working through a deep-learning course.',
      'Collaborators who know more statistics than I do.',
      'Part-time research engineering work, remote or local.',
      'Someone to pair-program with on weekend hackathons.',
    ],
  },
  {
    field: 'AI governance',
    studies: ['law', 'public policy', 'international relations', 'economics', 'political science', 'philosophy'],
    roles: [
      'policy analyst at a think tank',
      'policy analyst in a ministry',
      'technology lawyer at a law firm',
      'compliance officer at an insurer',
      'parliamentary researcher',
      'standards specialist at an audit firm',
      'researcher at a consumer organisation',
      'economist at a central bank',
      'adviser to a city council',
    ],
    skills: [
      'policy analysis',
      'law',
      'economics',
      'international relations',
      'standards and auditing',
      'compute governance',
      'stakeholder engagement',
      'philosophy',
    ],
    lookingFor: [
      'Co-authors for a short response to the next AI consultation.',
      'People who have moved from law into AI governance and can say how.',
      'A technical friend who will answer my naïve questions.',
      'Introductions to standards bodies in my region.',
      'A reading partner for the governance course.',
      'A first role in policy, ideally where drafts get read.',
    ],
  },
  {
    field: 'biosecurity',
    studies: ['biology', 'epidemiology', 'medicine', 'biochemistry', 'public health', 'bioengineering'],
    roles: [
      'microbiologist at a reference lab',
      'epidemiologist at a public-health institute',
      'biosafety officer at a university',
      'bioinformatician at a diagnostics company',
      'emergency physician at a teaching hospital',
      'nurse on an infectious-disease ward',
      'vaccine researcher at a university',
      'veterinarian in disease surveillance',
      'disease modeller at a public-health institute',
    ],
    skills: [
      'biosecurity',
      'epidemiology',
      'biosafety',
      'bioinformatics',
      'metagenomics',
      'emergency planning',
      'public health',
      'disease modelling',
    ],
    lookingFor: [
      'Others who work in laboratories and would like to compare safety routines.',
      'Advice on moving from the clinic to pandemic preparedness.',
      'A partner for a small wastewater-monitoring pilot.',
      'Someone to run a tabletop exercise with at my hospital.',
      'Good introductory readings to share with colleagues.',
      'A PhD group that takes biosecurity seriously.',
    ],
  },
  {
    field: 'community building',
    studies: ['education', 'sociology', 'psychology', 'communication', 'management', 'anthropology'],
    roles: [
      'programme coordinator at a development NGO',
      'teacher at a secondary school',
      'operations manager at a small charity',
      'event producer at a museum',
      'fundraiser at a foundation',
      'journalist at a local newspaper',
      'librarian at a city library',
      'student adviser at a university',
      'social worker in community outreach',
    ],
    skills: [
      'community building',
      'event planning',
      'facilitation',
      'grant writing',
      'operations',
      'fundraising',
      'science communication',
      'mentoring',
      'translation',
    ],
    lookingFor: [
      'Other organisers to swap event formats with.',
      'A co-host for a beginners’ evening.',
      'Tips on keeping a group alive through the holidays.',
      'A venue for forty people that does not cost the earth.',
      'Speakers who can explain things without slides.',
      'Paid operations work with a kind team.',
    ],
  },
];

const GENERAL_SKILLS = [
  'writing',
  'project management',
  'public speaking',
  'forecasting',
  'data visualisation',
  'web development',
  'graphic design',
  'teaching',
  'survey design',
];

const GENERAL_WISHES = [
  'Friends who like to think about the long term.',
  'A calm place to work one day a week.',
  'Mostly listening for now; happy to be invited for coffee.',
  'Career advice from somebody two steps ahead of me.',
  'Volunteering, about three hours a week.',
  'People to attend the next conference with.',
  'A reason to leave the house on Tuesdays.',
  'Study partners in my time zone.',
  'Ways to use my savings and my evenings well.',
  'To give something back: happy to mentor students.',
];

const FORMER_ROLES = ['consultant', 'teacher', 'nurse', 'accountant', 'army engineer', 'product manager', 'chemist'];
const DEGREES = ['Undergraduate in', 'Master’s student in', 'PhD student in', 'Final-year student of', 'Studying'];
const OTHER_HEADLINES = [
  'Retired and reading more than ever',
  'On parental leave, back to research in spring',
  'On sabbatical, exploring',
  'Volunteer and full-time carer',
  'Freelance translator with too many interests',
  'Between jobs, curious about',
];

const STAGES: readonly CareerStage[] = [
  ...Array<CareerStage>(9).fill('student'),
  ...Array<CareerStage>(9).fill('early_career'),
  ...Array<CareerStage>(6).fill('mid_career'),
  ...Array<CareerStage>(2).fill('senior'),
  ...Array<CareerStage>(4).fill('transitioning'),
  'other',
];

/** What a member who skipped the form has: nothing. */
export const EMPTY_PROFILE: Readonly<DemoProfile> = { headline: '', careerStage: 'other', skills: [], lookingFor: '' };

/** A profile whose headline, skills and wishes fit each other; some fields left blank, as people do. */
export function drawProfile(cityName: string | undefined, random: SeededRandom): DemoProfile {
  const track = random.pick(TRACKS);
  const careerStage = random.pick(STAGES);
  const headline = headlineOf(careerStage, track, random);
  const isPlaced = cityName !== undefined && random.chance(0.35);
  const skills = [
    ...random.sample(track.skills, random.between(1, 4)),
    ...random.sample(GENERAL_SKILLS, random.between(0, 2)),
  ];
  const lookingFor = random.pick(random.chance(0.65) ? track.lookingFor : GENERAL_WISHES);
  return {
    careerStage,
    headline: random.chance(0.07) ? '' : isPlaced ? `${headline}, ${cityName}` : headline,
    skills: random.chance(0.08) ? [] : skills,
    lookingFor: random.chance(0.22) ? '' : lookingFor,
  };
}

function headlineOf(stage: CareerStage, track: Track, random: SeededRandom): string {
  const role = random.pick(track.roles);
  switch (stage) {
    case 'student':
      return `${random.pick(DEGREES)} ${random.pick(track.studies)}`;
    case 'early_career':
      return random.chance(0.5) ? `Junior ${role}` : capitalised(role);
    case 'mid_career':
      return capitalised(role);
    case 'senior':
      return `${random.pick(['Lead', 'Senior'])} ${role}`;
    case 'transitioning':
      return `Former ${random.pick(FORMER_ROLES)} moving into ${track.field}`;
    case 'other': {
      const headline = random.pick(OTHER_HEADLINES);
      return headline.endsWith('about') ? `${headline} ${track.field}` : headline;
    }
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
