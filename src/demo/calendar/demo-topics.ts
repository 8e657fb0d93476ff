/** What the demo's events are about, by kind; each series walks through its list, so that no two in a row are alike. */
export type DemoKind = 'reading' | 'talk' | 'workshop' | 'social' | 'coworking' | 'online' | 'course';

export interface DemoTopic {
  name: string;
  description: string;
}

/** lu.ma's tags for each kind. */
export const TAGS: Readonly<Record<DemoKind, readonly string[]>> = {
  reading: ['Reading group'],
  talk: ['Talk'],
  workshop: ['Workshop'],
  social: ['Social'],
  coworking: ['Coworking'],
  online: ['Talk', 'Online'],
  course: ['Course'],
};

/** How long each kind lasts, in hours. */
export const HOURS: Readonly<Record<DemoKind, number>> = {
  reading: 2,
  talk: 2,
  workshop: 4,
  social: 3,
  coworking: 6,
  online: 1,
  course: 2,
};

const readings = [
  ['Concrete Problems in AI Safety', 'Read the first three sections. We go round once before anybody speaks twice.'],
  ['The Alignment Problem from a Deep Learning Perspective', 'Bring the paragraph you disagree with most.'],
  ['Toy Models of Superposition', 'We work through the first figure together; no maths beyond vectors.'],
  ['Risks from Learned Optimization', 'Sections 1 and 2 only. Somebody will draw it on the wall.'],
  ['Information Hazards in Biotechnology', 'A short one, and a long discussion of what to publish and what not.'],
  ['Weak-to-Strong Generalization', 'What would convince you that it works? Write it down before you come.'],
  ['Open Problems in Cooperative AI', 'Pick one problem from the list and pitch it in two minutes.'],
  ['Constitutional AI', 'Half the evening on the paper, half on writing a constitution of our own.'],
  ['Preventing the Next Pandemic', 'Chapters 4 and 5. Slides of last time are with the organisers.'],
  ['Forecasting Transformative AI', 'We make forecasts first and read after, so that nobody can peek.'],
] as const;

const talks = [
  ['What evaluations can and cannot tell us', 'Forty minutes, then questions from the floor. Drinks after.'],
  ['Wastewater, sequencing and early warning', 'A field report from somebody who runs one of these stations.'],
  ['Compute governance for people with ten minutes', 'No policy background needed; bring scepticism.'],
  ['From nurse to biosecurity researcher', 'A career talk with all the detours left in.'],
  ['Interpretability: what we learnt this year', 'Three results, one that did not replicate, and why that matters.'],
  ['Far-UVC in ordinary rooms', 'What it costs, what is known, and what our own room would need.'],
  ['How standards are really made', 'The boring meetings that decide which systems may be sold.'],
] as const;

const workshops = [
  ['Your first interpretability experiment', 'Bring a laptop. We train a small model and look inside before dinner.'],
  [
    'Tabletop: an outbreak in the first 72 hours',
    'Eight roles, one facilitator, and envelopes you may not open early.',
  ],
  ['Red-teaming a model, kindly', 'How to report what you find, and to whom.'],
  ['Writing a research proposal in a day', 'You leave with two pages and three reviews.'],
  ['Calibration practice', 'Two hours of being wrong in a structured way.'],
] as const;

const socials = [
  ['Newcomers’ dinner', 'If you have never been, this is the one to come to. Vegetarian, pay what you can.'],
  ['Walk and talk', 'Along the water, at the pace of the slowest. We meet rain or shine.'],
  ['Board games and big questions', 'The questions are optional.'],
  ['Cake and conversation', 'No programme at all.'],
  ['Potluck', 'Bring something to share; the org brings plates.'],
] as const;

const coworkings = [
  ['Coworking day', 'Desks, quiet until lunch, tea at four.'],
  ['Deep work, together', 'Say in the morning what you want to finish; say in the evening whether you did.'],
  ['Application sprint', 'Fellowships and grants: we write side by side and read each other’s drafts.'],
] as const;

const onlines = [
  ['Questions and answers: careers in AI policy', 'Send questions beforehand or ask them live.'],
  ['Lightning talks', 'Five people, five minutes each, whoever signs up first.'],
  ['Organisers’ exchange', 'What filled the room, what emptied it.'],
  ['Paper in an hour', 'One person has read it so that you need not.'],
] as const;

const courses = [
  ['AI safety fundamentals: what could go wrong', 'Week by week; joining late is fine.'],
  ['AI safety fundamentals: reward and its misreadings', 'Do the exercise first, it takes twenty minutes.'],
  ['Biosecurity fundamentals: from detection to response', 'With a guest who has done both.'],
  ['AI safety fundamentals: who governs what', 'Debate in two groups; you do not choose yours.'],
] as const;

const PREFIX: Readonly<Partial<Record<DemoKind, string>>> = {
  reading: 'Reading: ',
  talk: 'Talk: ',
  workshop: 'Workshop: ',
};

const LISTS: Readonly<Record<DemoKind, readonly (readonly [string, string])[]>> = {
  reading: readings,
  talk: talks,
  workshop: workshops,
  social: socials,
  coworking: coworkings,
  online: onlines,
  course: courses,
};

/** The topic of a kind's so-and-so-many-th event. */
export function topicOf(kind: DemoKind, index: number): DemoTopic {
  const list = LISTS[kind];
  const [name, description] = list[((index % list.length) + list.length) % list.length] ?? ['', ''];
  return { name: `${PREFIX[kind] ?? ''}${name}`, description };
}

/** Rooms that any town could have. */
export const VENUES: readonly (readonly [string, string])[] = [
  ['The Reading Room', '12 Library Street'],
  ['Old Printworks, 2nd floor', '48 Foundry Lane'],
  ['Garden Hall', '3 Orchard Road'],
  ['Café Meridian, back room', '77 Station Road'],
  ['Community House', '5 Market Square'],
  ['The Glasshouse', '21 Harbour Walk'],
];
