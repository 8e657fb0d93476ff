import type { WireCommand, WirePersona, WireServer } from '../wire.js';

/** Something to try, offered where nothing has been said yet. */
export type FirstStep =
  | { kind: 'command'; name: string; title: string }
  | { kind: 'text'; text: string; title: string };

const TITLES: Readonly<Record<string, string>> = {
  'orgs browse': 'Browse the orgs',
  'orgs nearby': 'Find orgs near me',
  'orgs mine': 'See my orgs',
  'events upcoming': 'See what’s coming up',
  'profile show': 'See my profile',
  'profile edit': 'Say who I am',
  'notify show': 'Choose my reminders',
  'attendance history': 'See where I’ve been',
  'programs mine': 'See my programs',
  'manage show': 'See the org’s settings',
  'manage requests': 'Answer join requests',
  'manage luma status': 'Check the lu.ma sync',
  'crm members': 'See my members',
  'crm stats': 'See how we’re doing',
  help: 'What can Rollcall do?',
};

const FOR_NEWCOMERS = ['orgs browse', 'events upcoming', 'profile edit', 'help'];
const FOR_MEMBERS = ['orgs mine', 'events upcoming', 'orgs nearby', 'notify show', 'profile edit', 'help'];
const FOR_ORGANISERS = ['manage show', 'crm members', 'crm stats', 'manage requests', 'events upcoming', 'help'];
const MOST = 4;

/** What this person may want to try here first; only what the product has, and what runs as it stands. */
export function firstSteps(
  me: WirePersona,
  server: WireServer | undefined,
  commands: readonly WireCommand[],
): FirstStep[] {
  const canRun = (name: string) =>
    commands.some((command) => command.name === name && !command.options.some(({ isRequired }) => isRequired));
  const steps = namesFor(me, server)
    .filter(canRun)
    .slice(0, MOST)
    .map((name): FirstStep => ({ kind: 'command', name, title: TITLES[name] ?? `/${name}` }));
  if (server) return steps;
  return [
    ...steps.slice(0, MOST - 1),
    { kind: 'text', text: 'How do I find a reading group?', title: 'Ask in your own words' },
  ];
}

function namesFor(me: WirePersona, server: WireServer | undefined): readonly string[] {
  if (!me.isMember) return FOR_NEWCOMERS;
  return me.role.startsWith('organiser') && server ? FOR_ORGANISERS : FOR_MEMBERS;
}
