import {
  FEEDBACK_VISIBILITIES,
  type FeedbackQuestion,
  MOST_QUESTIONS,
  USUAL_QUESTION,
} from '../../domain/attendance/feedback.js';
import { PROMPT_HOURS } from '../../domain/attendance/feedback-settings.js';
import type { ShownFeedbackSettings } from '../../domain/attendance/feedback-settings-service.js';
import { runs } from '../actions.js';
import { countWords } from '../numbers.js';
import { bold, type RichText, rich } from '../text.js';
import { type Block, button, buttons, list, message, note, paragraph, type Select, type View } from '../views.js';
import * as actions from './feedback-actions.js';
import { QUESTION_KIND_LABELS, VISIBILITY_LABELS, VISIBILITY_MEANINGS } from './feedback-words.js';

/** What an org asks of those who came, with everything that can be changed of it. */
export function feedbackSettingsView({ org, settings }: ShownFeedbackSettings, ...before: Block[]): View {
  const { visibility, questions, promptAfterHours, sendsRecaps } = settings;
  const asked = { org: org.id };
  return {
    title: rich`Feedback of ${org.name}`,
    blocks: [
      ...before,
      paragraph(
        rich`${bold('Who sees it:')} ${VISIBILITY_LABELS[visibility].toLowerCase()}. ${VISIBILITY_MEANINGS[visibility]} What was said before stays as it was promised then.`,
      ),
      visibilitySelect({ org, settings }),
      paragraph(rich`${bold('When:')} people are asked ${countWords(promptAfterHours, 'hour')} after the end.`),
      hoursSelect({ org, settings }),
      paragraph(questionsWords(settings)),
      ...(questions.length > 0 ? [list(questions.map((question) => questionItem(org.id, question)))] : []),
      buttons(
        ...(questions.length < MOST_QUESTIONS
          ? [button('Add a question', actions.addQuestion.with(asked), 'primary')]
          : []),
        button('Preview', actions.previewFeedbackForm.with(asked)),
        button(
          sendsRecaps ? 'Switch recaps off' : 'Switch recaps on',
          actions.switchRecaps.with({ ...asked, isOn: !sendsRecaps }),
        ),
        button('Settings', runs('manage show', { org: org.slug })),
      ),
      note(
        `${sendsRecaps ? 'Admins get a recap the morning after each event.' : 'Admins get no recaps.'} Seen by admins only; changes are in the audit log.`,
      ),
    ],
  };
}

function questionsWords({ questions, visibility }: ShownFeedbackSettings['settings']): RichText {
  const what =
    questions.length === 0
      ? rich`stars, and the usual question: “${USUAL_QUESTION}”`
      : rich`stars, and ${countWords(questions.length, 'question')} of your own, up to ${MOST_QUESTIONS}`;
  const isUnasked =
    visibility === 'aggregated' &&
    (questions.length === 0 || questions.some(({ kind }) => kind === 'text' || kind === 'line'));
  return rich`${bold('What is asked:')} ${what}.${isUnasked ? ' Texts are not asked for while figures alone are shown.' : ''}`;
}

function questionItem(org: ShownFeedbackSettings['org']['id'], question: FeedbackQuestion) {
  return {
    title: question.text,
    lines: [kindWords(question)],
    button: button('Change', actions.showQuestion.with({ org, question: question.id })),
  };
}

function kindWords({ kind, choices }: FeedbackQuestion): string {
  const label = QUESTION_KIND_LABELS[kind];
  return kind === 'choice' ? `${label}: ${choices.join(', ')}` : label;
}

function visibilitySelect({ org, settings }: ShownFeedbackSettings): Select {
  return {
    kind: 'select',
    placeholder: 'Who sees what people say',
    action: actions.chooseVisibility.with({ org: org.id }),
    options: FEEDBACK_VISIBILITIES.map((value) => ({
      value,
      label: VISIBILITY_LABELS[value],
      description: VISIBILITY_MEANINGS[value],
      isChosen: value === settings.visibility,
    })),
  };
}

function hoursSelect({ org, settings }: ShownFeedbackSettings): Select {
  return {
    kind: 'select',
    placeholder: 'When people are asked',
    action: actions.choosePromptHours.with({ org: org.id }),
    options: PROMPT_HOURS.map((hours) => ({
      value: String(hours),
      label: `${countWords(hours, 'hour')} after the end`,
      isChosen: hours === settings.promptAfterHours,
    })),
  };
}

/** One question, with what can be done to it. */
export function questionView(
  { org, settings, question, place }: ShownFeedbackSettings & { question: FeedbackQuestion; place: number },
  ...before: Block[]
): View {
  const it = { org: org.id, question: question.id };
  const last = settings.questions.length - 1;
  return {
    title: question.text,
    blocks: [
      ...before,
      paragraph(`${kindWords(question)}. Question ${place + 1} of ${settings.questions.length}.`),
      buttons(
        button('Edit', actions.editQuestion.with(it), 'primary'),
        ...(place > 0 ? [button('Move up', actions.moveQuestion.with({ ...it, to: place - 1 }))] : []),
        ...(place < last ? [button('Move down', actions.moveQuestion.with({ ...it, to: place + 1 }))] : []),
        button('Remove', actions.removeQuestion.with(it), 'danger'),
        button('All of it', actions.showFeedbackSettings.with({ org: org.id })),
      ),
      note('What was answered already stays readable, with the question as it was put then.'),
    ],
  };
}

/** After the preview was sent like the real form. */
export const previewedView = (): View => message('That is what members see. Nothing was stored.');

/** Where there is nothing to ask beside the stars. */
export function nothingToPreviewView({ org }: ShownFeedbackSettings): View {
  return message(
    'While figures alone are shown, no texts are asked for, so members get the stars and no form. Add a choice or a question with stars to have one.',
    buttons(button('Back', actions.showFeedbackSettings.with({ org: org.id }))),
  );
}
