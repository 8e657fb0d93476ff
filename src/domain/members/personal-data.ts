import type { DateTime } from 'luxon';
import type { MemberId } from '../ids.js';
import type { Account } from './account.js';

/** One value of an export; moments are instants, nothing told is undefined. */
export type HeldValue = string | number | boolean | string[] | DateTime | Record<string, unknown> | undefined;

/** One kind of thing that is held about a member, in words that they understand. */
export interface HeldPart {
  title: string;
  /** What it is and why it is kept. */
  why: string;
  /** Values by what they are called, such as "Career stage". */
  records: Record<string, HeldValue>[];
}

/** Everything held about a person, driven by the one list of tables and columns that hold people. */
export interface PersonalDataRepository {
  /** All that is held about the member; parts without records are left out. */
  list(memberId: MemberId): Promise<HeldPart[]>;
  /**
   * Erases all of it: rows, references from other people's rows, and texts elsewhere that name the member. Counts
   * without names stay. Gives the accounts that the member had, so that caches can forget them as well.
   */
  erase(memberId: MemberId): Promise<Account[]>;
}
