import type { OrgId } from '../ids.js';
import type { FeedbackQuestion, FeedbackVisibility } from './feedback.js';

/** How long after an event an org may let its people be, in hours (product.md section 7). */
export const PROMPT_HOURS = [1, 2, 3, 4] as const;

/** What an org asks of those who came, when, and who sees the answers. */
export interface FeedbackSettings {
  /** Of feedback that is given from now on. */
  visibility: FeedbackVisibility;
  /** Its own questions in order; none while the usual one is asked. */
  questions: FeedbackQuestion[];
  promptAfterHours: number;
  /** Whether admins get a recap the morning after. */
  sendsRecaps: boolean;
}

/** Storage of what orgs ask. */
export interface FeedbackSettingsRepository {
  get(orgId: OrgId): Promise<FeedbackSettings>;
  save(orgId: OrgId, settings: FeedbackSettings): Promise<void>;
}
