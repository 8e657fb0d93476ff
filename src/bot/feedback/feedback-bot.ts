import { FeedbackVisibility, questionsUnder } from '../../domain/attendance/feedback.js';
import { PROMPT_HOURS } from '../../domain/attendance/feedback-settings.js';
import type { FeedbackSettingsService } from '../../domain/attendance/feedback-settings-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { rightsOf, spaceOf } from '../actor.js';
import { filledPreview, previewForm } from '../attendance/comment-form.js';
import { onForm } from '../forms.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { note } from '../views.js';
import * as actions from './feedback-actions.js';
import { feedbackSettingsView, nothingToPreviewView, previewedView, questionView } from './feedback-settings-views.js';
import { filledQuestion, newQuestionForm, questionForm, writtenQuestion } from './question-form.js';

/** `/manage feedback`: what an org asks of those who came, when, and who sees it. */
export function feedbackBot({
  feedbackSettings: feedback,
  orgs,
}: {
  feedbackSettings: FeedbackSettingsService;
  orgs: OrgsService;
}): BotModule {
  const manage = command({
    name: 'manage feedback',
    description: 'What people are asked after your events, who sees it, and recaps',
    access: 'anyone',
    options: { org: orgOption(orgs, 'The org; this server’s own when left out') },
    run: async (actor, { org }) =>
      show(feedbackSettingsView(await feedback.show({ org, space: spaceOf(actor) }, rightsOf(actor)))),
  });

  return {
    commands: [manage],
    actions: [
      onAction(actions.showFeedbackSettings, async (actor, { org }) =>
        replace(feedbackSettingsView(await feedback.show(org, rightsOf(actor)))),
      ),
      onAction(actions.chooseVisibility, async (actor, { org }, [chosen]) => {
        const visibility = FeedbackVisibility.safeParse(chosen).data;
        const change = visibility === undefined ? {} : { visibility };
        return replace(feedbackSettingsView(await feedback.change(org, change, rightsOf(actor))));
      }),
      onAction(actions.choosePromptHours, async (actor, { org }, [chosen]) => {
        const hours = PROMPT_HOURS.find((one) => String(one) === chosen);
        const change = hours === undefined ? {} : { promptAfterHours: hours };
        return replace(feedbackSettingsView(await feedback.change(org, change, rightsOf(actor))));
      }),
      onAction(actions.switchRecaps, async (actor, { org, isOn }) =>
        replace(feedbackSettingsView(await feedback.change(org, { sendsRecaps: isOn }, rightsOf(actor)))),
      ),
      onAction(actions.previewFeedbackForm, async (actor, { org }) => {
        const shown = await feedback.show(org, rightsOf(actor));
        const { visibility, questions } = shown.settings;
        const asked = questionsUnder(visibility, questions);
        if (asked.length === 0) return show(nothingToPreviewView(shown));
        return { kind: 'form', form: filledPreview({ questions: [...asked], as: visibility }) };
      }),
      onAction(actions.addQuestion, async (actor, { org }) => {
        await feedback.show(org, rightsOf(actor));
        return { kind: 'form', form: newQuestionForm.with({ org }) };
      }),
      onAction(actions.showQuestion, async (actor, { org, question }) =>
        replace(questionView(await feedback.getQuestion(org, question, rightsOf(actor)))),
      ),
      onAction(actions.editQuestion, async (actor, { org, question }) => {
        const found = await feedback.getQuestion(org, question, rightsOf(actor));
        return { kind: 'form', form: filledQuestion(org, found.question) };
      }),
      onAction(actions.moveQuestion, async (actor, { org, question, to }) => {
        await feedback.moveQuestion(org, question, to, rightsOf(actor));
        return replace(questionView(await feedback.getQuestion(org, question, rightsOf(actor))));
      }),
      onAction(actions.removeQuestion, async (actor, { org, question }) =>
        replace(
          feedbackSettingsView(
            await feedback.removeQuestion(org, question, rightsOf(actor)),
            note('Removed. What was answered to it stays readable.'),
          ),
        ),
      ),
    ],
    forms: [
      onForm(newQuestionForm, async (actor, { org }, values) =>
        replace(
          feedbackSettingsView(
            await feedback.addQuestion(org, writtenQuestion(values), rightsOf(actor)),
            note('Added.'),
          ),
        ),
      ),
      onForm(questionForm, async (actor, { org, question }, values) => {
        await feedback.editQuestion(org, question, writtenQuestion(values), rightsOf(actor));
        return replace(questionView(await feedback.getQuestion(org, question, rightsOf(actor)), note('Saved.')));
      }),
      previewForm(async () => show(previewedView())),
    ],
  };
}
