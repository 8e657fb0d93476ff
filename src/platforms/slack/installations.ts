import type { DateTime } from 'luxon';

/** The app in one workspace, or in all workspaces of an enterprise. Who installed it is not kept. */
export interface Installation {
  /** The workspace's id, `T…`, or the enterprise's, `E…`. */
  id: string;
  isEnterprise: boolean;
  /** What the workspace or enterprise calls itself, for operators. */
  name: string;
  bot: BotCredentials;
  installedAt: DateTime;
}

export interface BotCredentials {
  token: string;
  id: string;
  userId: string;
}

/** A workspace that an org-wide installation reaches, learnt from what came from there. */
export interface EnterpriseTeam {
  teamId: string;
  installationId: string;
}

/** Why a stored installation cannot be used: its token does not open. */
export interface ClosedInstallation {
  id: string;
  code: 'unknown-key' | 'not-sound';
}

/** Where installations are stored, their tokens sealed. */
export interface Installations {
  /** Keeps it, in the place of an earlier one. */
  save(installation: Installation): Promise<void>;
  /** Every one that was not taken back, in the order of their names. */
  list(): Promise<{ installations: Installation[]; closed: ClosedInstallation[] }>;
  /** How many were taken back and not given again. */
  countRevoked(): Promise<number>;
  /** Drops the token, and notes since when. Revoking again changes nothing. */
  revoke(id: string, at: DateTime): Promise<void>;
  noteTeam(team: EnterpriseTeam): Promise<void>;
  listTeams(): Promise<EnterpriseTeam[]>;
}
