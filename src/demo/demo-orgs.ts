import type { DemoOrg } from './demo-org.js';
import { ORGS_AFRICA_ASIA_OCEANIA } from './orgs-africa-asia-oceania.js';
import { ORGS_AMERICAS } from './orgs-americas.js';
import { ORGS_EUROPE } from './orgs-europe.js';

export type { DemoCity } from './demo-cities.js';
export type { DemoOrg } from './demo-org.js';

const ORGS_ONLINE: readonly DemoOrg[] = [
  {
    key: 'fieldbuilders-online',
    name: 'Field-Builders’ Exchange',
    type: 'network',
    description:
      'The people who run local groups, talking to each other: what filled the room, what emptied it, which form nobody filled in. Two calls a month so that every time zone can make one.',
    website: 'https://fieldbuilders.example',
    isGlobal: true,
    isListed: true,
    joinPolicy: 'open',
    languages: ['en', 'es'],
  },
  {
    key: 'biosecurity-book-club',
    name: 'Online Biosecurity Book Club',
    type: 'reading_group',
    description:
      'One book every two months, discussed on the first Sunday at 15:00 UTC and again twelve hours later. Authors sometimes come; spoilers about the next pandemic do not.',
    isGlobal: true,
    isListed: true,
    joinPolicy: 'open',
    languages: ['en'],
  },
  {
    key: 'career-changers-circle',
    name: "Career Changers' Circle",
    type: 'other',
    description:
      'For nurses, teachers, soldiers and accountants on their way into high-impact work. Groups of five meet weekly for three months and hold each other to one brave step a week.',
    website: 'https://careerchangers.example',
    isGlobal: true,
    isListed: true,
    joinPolicy: 'open',
    languages: ['en', 'fr', 'pt'],
  },
  {
    key: 'interp-paper-relay',
    name: 'Interpretability Paper Relay',
    type: 'research_hub',
    description:
      'A paper travels round the globe in 24 hours: Auckland starts, Berkeley closes, each region adds an experiment. By introduction only while we find out whether it scales.',
    isGlobal: true,
    isListed: false,
    joinPolicy: 'approval',
    languages: ['en'],
  },
];

/** The invented orgs of the playground: local ones on every inhabited continent, then those that meet online. */
export const DEMO_ORGS: readonly DemoOrg[] = [
  ...ORGS_AMERICAS,
  ...ORGS_EUROPE,
  ...ORGS_AFRICA_ASIA_OCEANIA,
  ...ORGS_ONLINE,
];
