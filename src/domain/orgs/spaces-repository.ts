import type { DateTime } from 'luxon';
import type { OrgId } from '../ids.js';
import type { SpaceRef } from './rights.js';

/** A server or workspace of an org. */
export interface ConnectedSpace extends SpaceRef {
  connectedAt: DateTime;
}

/** A one-time code by which a further space joins an org. */
export interface ConnectCode {
  hash: string;
  orgId: OrgId;
  expiresAt: DateTime;
  usedAt: DateTime | undefined;
}

/** Storage of what joins spaces to orgs; finding the org of a space is in `OrgsRepository`. */
export interface SpacesRepository {
  /** The org's spaces, the longest connected first. */
  list(orgId: OrgId): Promise<ConnectedSpace[]>;
  /** False, and nothing written, if the space is not the org's. */
  remove(space: SpaceRef, orgId: OrgId): Promise<boolean>;
  addCode(code: ConnectCode): Promise<void>;
  findCode(hash: string): Promise<ConnectCode | undefined>;
  /** Uses a code up; false if somebody else has used it before. */
  useCode(hash: string, at: DateTime): Promise<boolean>;
  /** Drops codes that ended before then. */
  dropCodesBefore(instant: DateTime): Promise<void>;
}
