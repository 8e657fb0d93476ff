import type { PlatformName } from '../../domain/members/account.js';

const KINDS: Readonly<Record<PlatformName, string>> = {
  discord: 'Discord server',
  slack: 'Slack workspace',
  playground: 'playground server',
};

/** What a space is called on its platform: "Discord server". */
export function spaceKind(platform: PlatformName): string {
  return KINDS[platform];
}
