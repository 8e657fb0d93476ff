/** The chat platforms an identity can live on. */
export const PLATFORMS = ['discord', 'slack', 'playground'] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/**
 * One account on one platform, as the platform names it. `teamId` is the Slack workspace, and empty elsewhere:
 * a Slack user id means something only within its workspace.
 */
export interface Account {
  platform: PlatformName;
  teamId: string;
  accountId: string;
}

/** An account as operators write it: `discord:123456789012345678`, `slack:T012AB/U345CD`, `playground:ana-ferreira`. */
export function readAccount(text: string): Account | undefined {
  const match = /^(?:(discord):(\d{17,20})|(slack):([A-Z0-9]+)\/([A-Z0-9]+)|(playground):([a-z0-9-]+))$/.exec(
    text.trim(),
  );
  const [, discord, snowflake, slack, teamId, user, playground, key] = match ?? [];
  if (discord && snowflake) return { platform: 'discord', teamId: '', accountId: snowflake };
  if (slack && teamId && user) return { platform: 'slack', teamId, accountId: user };
  if (playground && key) return { platform: 'playground', teamId: '', accountId: key };
  return undefined;
}
