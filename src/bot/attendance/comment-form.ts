import { z } from 'zod';
import type { ShownAttendance } from '../../domain/attendance/attendance-service.js';
import { MOST_ANSWER, USUAL_QUESTION } from '../../domain/attendance/feedback.js';
import { EventId } from '../../domain/ids.js';
import { defineForm, paragraphField } from '../forms.js';

/** A comment on an event that one came to; an empty one takes it back. */
export const commentForm = defineForm({
  name: 'attendance.comment',
  payload: z.object({ event: EventId }),
  title: 'Your comment',
  fields: { comment: paragraphField(USUAL_QUESTION, { most: MOST_ANSWER, hint: 'The organisers read it.' }) },
});

/** The form with what was written before. */
export function filledCommentForm({ event, feedback }: ShownAttendance) {
  return commentForm.with({ event: event.id }, { comment: feedback?.answers[0]?.answer });
}
