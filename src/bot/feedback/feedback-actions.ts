import { z } from 'zod';
import { defineAction } from '../actions.js';
import { AnOrg } from '../manage/manage-actions.js';

/** One question of an org's form. */
export const AQuestion = AnOrg.extend({ question: z.string().max(16) });

export const showFeedbackSettings = defineAction('feedback.settings', AnOrg, 'anyone');
/** Selects that act as soon as something is chosen. */
export const chooseVisibility = defineAction('feedback.visibility', AnOrg, 'anyone');
export const choosePromptHours = defineAction('feedback.prompt-hours', AnOrg, 'anyone');
/** Says which, so that a second tap changes nothing. */
export const switchRecaps = defineAction('feedback.recaps', AnOrg.extend({ isOn: z.boolean() }), 'anyone');
/** The same from the recap itself, which turns into what was done. */
export const switchRecapsThere = defineAction('feedback.recaps-there', AnOrg.extend({ isOn: z.boolean() }), 'anyone');
export const previewFeedbackForm = defineAction('feedback.preview', AnOrg, 'anyone');
export const addQuestion = defineAction('feedback.add', AnOrg, 'anyone');
export const showQuestion = defineAction('feedback.question', AQuestion, 'anyone');
export const editQuestion = defineAction('feedback.edit', AQuestion, 'anyone');
export const removeQuestion = defineAction('feedback.remove', AQuestion, 'anyone');
export const moveQuestion = defineAction(
  'feedback.move',
  AQuestion.extend({ to: z.number().int().min(0).max(10) }),
  'anyone',
);
