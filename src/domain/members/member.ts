import type { DateTime } from 'luxon';
import type { IdentityId, MemberId } from '../ids.js';
import type { City } from '../places/city.js';
import type { Account } from './account.js';

export const CAREER_STAGES = ['student', 'early_career', 'mid_career', 'senior', 'transitioning', 'other'] as const;
export type CareerStage = (typeof CAREER_STAGES)[number];

/** What a member says about themselves. Empty texts mean "not told". */
export interface Profile {
  name: string;
  headline: string;
  careerStage: CareerStage | undefined;
  skills: string[];
  lookingFor: string;
}

/** What a member lets others see; product.md section 3, `/profile privacy`. All but the last are off until turned on. */
export interface Privacy {
  isLocationDiscoverable: boolean;
  isAttendanceShared: boolean;
  isProfileShared: boolean;
}

/** A person who has agreed that Rollcall keeps something about them. */
export interface Member {
  id: MemberId;
  profile: Profile;
  privacy: Privacy;
  /** Where they live, to the city; used for nothing while `isLocationDiscoverable` is off. */
  city: City | undefined;
  /** IANA name, or undefined while nobody has told. */
  zone: string | undefined;
  /** BCP 47 tag as the platform gave it, for units and dates. */
  locale: string;
  consentedAt: DateTime;
  /** When the member said `stop`: nothing is sent unasked from then on. */
  stoppedAt: DateTime | undefined;
}

/** Whether unasked-for messages get through to an account; `unknown` until the first was tried. */
export type Reach = 'unknown' | 'open' | 'closed';

/** One account of a member. */
export interface Identity {
  id: IdentityId;
  memberId: MemberId;
  account: Account;
  /** The platform's id of the conversation with the bot, once it is open. */
  directChannelId: string | undefined;
  reach: Reach;
}
