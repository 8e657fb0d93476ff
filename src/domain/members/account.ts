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
