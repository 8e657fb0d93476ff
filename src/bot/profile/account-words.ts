import type { Account, PlatformName } from '../../domain/members/account.js';

const PLATFORM_LABELS: Readonly<Record<PlatformName, string>> = {
  discord: 'Discord',
  slack: 'Slack',
  playground: 'the playground',
};

/** Where an account is, for a reader: "Discord", or "Slack (workspace T024BE7LD)", as there are many of those. */
export function placeOfAccount({ platform, teamId }: Account): string {
  const label = PLATFORM_LABELS[platform];
  return teamId === '' ? label : `${label} (workspace ${teamId})`;
}
