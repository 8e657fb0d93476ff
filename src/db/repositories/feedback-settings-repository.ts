import { z } from 'zod';
import { FeedbackQuestion, FeedbackVisibility } from '../../domain/attendance/feedback.js';
import type { FeedbackSettingsRepository } from '../../domain/attendance/feedback-settings.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';

const Questions = z.array(FeedbackQuestion);

const settingsOf = prepared((db, orgId: string) =>
  db
    .selectFrom('orgs')
    .select(['feedback_visibility', 'feedback_questions', 'prompt_after_hours', 'sends_recaps'])
    .where('id', '=', orgId),
);

/** What orgs ask of those who came, in the database. */
export function feedbackSettingsRepository(db: Connection): FeedbackSettingsRepository {
  return {
    async get(orgId) {
      const [row] = await settingsOf(db, orgId);
      if (!row) throw new Error('There is no such org.');
      return {
        visibility: FeedbackVisibility.parse(row.feedback_visibility),
        questions: row.feedback_questions === null ? [] : Questions.parse(JSON.parse(row.feedback_questions)),
        promptAfterHours: row.prompt_after_hours,
        sendsRecaps: row.sends_recaps === 1,
      };
    },

    async save(orgId, { visibility, questions, promptAfterHours, sendsRecaps }) {
      await db
        .updateTable('orgs')
        .set({
          feedback_visibility: visibility,
          feedback_questions: questions.length === 0 ? null : JSON.stringify(questions),
          prompt_after_hours: promptAfterHours,
          sends_recaps: sendsRecaps ? 1 : 0,
        })
        .where('id', '=', orgId)
        .execute();
    },
  };
}
